#pragma once

#include <string>
#include <vector>

#include "ketensim/layers.hpp"
#include "tools/report/figures.hpp"
#include "tools/report/numbers.hpp"

namespace ketensim::report {

/// How one reader sees figures: on the command line steps by their ids, in a report by their names.
struct View {
  Language language = Language::en;
  NumberStyle style;
  bool names = false;
  bool all_members = false;
};

/// A table as text, ready to be set out on a terminal or a page. The first column is to the left.
struct Table {
  struct Header {
    std::string name, unit;
    std::string figure = {};  // the indicator, for who reads a page by machine
    bool words = false;       // not figures: set out to the left on a page
  };
  std::string title;
  std::vector<Header> headers;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes;  // in place of rows where there are none
  /// The figures behind the cells, by which a reader may sort (NaN: none, the text counts). Empty: as it stands.
  std::vector<std::vector<double>> values = {};
  std::vector<std::vector<int>> tints = {};  // of cells, 0 to 3: how much it asks for attention; or empty
  std::vector<std::string> keys = {};        // of rows, for who reads a page by machine; or empty
};

/// `VTT.research`, or `Veilig Thuis Twente – research`.
std::string place_text(const Study& study, const Place& place, const View& view);

/// What a study tells of the warm-up that was chosen; empty where it was given.
std::string warm_up_note(const Conditions& conditions, const View& view);

/// Where and when trouble is ahead. Without rows and notes where nothing is warned of.
Table early_warning_table(const Study& study, const Results& results, const Warn& warn, const View& view);

/// What brings how much of the spread of queues at the end of the report.
Table layer_table(const Study& study, const LayeredResults& layered, const View& view);

Table step_table(const Study& study, const Results& results, const View& view);
Table chain_table(const Results& results, const View& view);

/// Alternative - baseline, for what differs clearly.
Table difference_table(const Study& study, const Results& baseline, const Results& alternative, const View& view);
Table chain_difference_table(const Results& baseline, const Results& alternative, const View& view);
Table burst_table(const Study& study, const Results& baseline, const Results& alternative, const View& view);
/// One row for each alternative: what it changes in the chain as a whole.
Table overview_table(const Study& study, const View& view);
Table rise_table(const Study& study, const Results& baseline, const Results& alternative, const View& view);

}  // namespace ketensim::report

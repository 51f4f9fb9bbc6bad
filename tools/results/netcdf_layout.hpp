#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "tools/results/study.hpp"

/// What the writer and the reader of results.nc agree on.
namespace ketensim::netcdf {

inline constexpr std::string_view kFormat = "ketensim-results/1";
inline constexpr const char* kStartedFrom = "started_from";  // the snapshot's date, or kEmpty
inline constexpr const char* kEmpty = "empty";
inline constexpr const char* kDraws = "parameter_draws";
inline constexpr const char* kHistory = "delivered_history";  // the text of history.csv
inline constexpr const char* kQuality = "delivered_quality";  // the text of quality.csv
inline constexpr const char* kGaps = "delivered_gaps";        // the text of gaps.csv
inline constexpr const char* kSkill = "backtest_skill";       // the text of skill.csv
inline constexpr int kBaseline = 0;                           // index of the baseline where scenarios are compared

/// The axes of a file: everything that any of its scenarios reports, each in its own order.
struct Layout {
  std::vector<std::pair<std::string, std::string>> places;  // organisation and bare step
  std::vector<ReportedPeriod> periods, longer;
  std::vector<std::size_t> indicators;  // rows of indicator_kinds()
  int replications = 0;
  Date origin;  // dates are days since
};

Layout layout_of(const Study& study);

/// Where a scenario's own figures and periods lie on the axes.
struct Indices {
  std::vector<std::size_t> place_of_figure, index_of_period;
};
Indices indices_of(const Layout& layout, const Results& results);

}  // namespace ketensim::netcdf

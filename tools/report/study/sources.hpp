#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ketensim::report {

/// A file of a scenario, as its stored text holds it. Files that are only known by a fingerprint have no text.
struct SourceFile {
  std::string name, text, fingerprint;
};

/// The files of a scenario's text (Scenario::text), each once, in its order.
std::vector<SourceFile> files_of(std::string_view scenario_text);

/// What a figure rests on, the weakest first.
enum class Mark { assumed, general, derived, open_source, measured };

/// A remark beside figures in a scenario file: `V tubantia.nl`, `mean 54 days (se 0.3; about 12185 cases)`.
struct MarkedFigure {
  Mark mark;
  std::string figure, remark;
};

/// The figures of a file whose remark says where they came from. A remark on lines of its own belongs to the line
/// below; those above the first key speak of the file and not of figures.
std::vector<MarkedFigure> marked_figures(std::string_view text);

}  // namespace ketensim::report

#pragma once

#include <string>
#include <vector>

#include "scenarios/loader/diagnostics.hpp"

namespace ketensim::loader {

struct CsvCell {
  std::string text;
  int column = 0;  // in its line, in characters from 1
};

struct CsvRow {
  int line = 0;
  std::vector<CsvCell> cells;
};

/// The rows of a CSV text (RFC 4180, comma; rows end in LF or CRLF, empty lines are passed over), its header first. A
/// row with another number of values than the header is reported and left out; a quote that is never closed ends it.
std::vector<CsvRow> read_csv(const std::string& text, int file, Diagnostics& diagnostics);

}  // namespace ketensim::loader

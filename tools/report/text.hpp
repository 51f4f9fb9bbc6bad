#pragma once

#include <cstddef>
#include <string>

#include "tools/report/tables.hpp"

namespace ketensim::report {

struct TextOptions {
  bool all_members = false;
  std::size_t scenarios = static_cast<std::size_t>(-1);  // no tables of those after the first so many
};

/// The tables for a terminal of 100 columns.
std::string text_tables(const Study& study, const TextOptions& options);

/// A table in columns as wide as their cells need; names of columns break into lines.
std::string set_out(const Table& table);

}  // namespace ketensim::report

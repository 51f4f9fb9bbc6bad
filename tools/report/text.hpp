#pragma once

#include <cstddef>
#include <string>

#include "tools/report/tables.hpp"

namespace ketensim::report {

/// Where text is read.
struct Screen {
  std::size_t columns = 100;
  bool colours = false;  // it understands the sequences of ANSI: titles stand out, notes stand back
};

inline constexpr std::size_t kAllScenarios = static_cast<std::size_t>(-1);

struct TextOptions {
  bool all_members = false;
  std::size_t scenarios = kAllScenarios;  // no tables of those after the first so many
  Screen screen = {};
};

/// The tables for a terminal.
std::string text_tables(const Study& study, const TextOptions& options);

/// A table in columns as wide as their cells need; names of columns break into lines. Columns that do not fit beside
/// the others follow below, with the first column again.
std::string set_out(const Table& table, const Screen& screen = {});

}  // namespace ketensim::report

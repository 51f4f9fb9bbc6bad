#include "tools/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "tools/results/dates.hpp"

namespace ketensim::report {
namespace {

constexpr std::size_t kColumns = 100;

/// Characters on the screen: bytes of UTF-8 that continue a character take no place.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width, bool left) {
  const std::string space(width - std::min(width, width_of(text)), ' ');
  return left ? text + space : space + text;
}

std::string trimmed_line(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string row_text(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += "  " + padded(cells[i], widths[i], i == 0);
  return trimmed_line(line);
}

/// A note in lines that fit the terminal, indented like a table.
std::string wrapped(const std::string& note) {
  std::istringstream words(note);
  std::string text, line = " ";
  for (std::string word; words >> word;) {
    if (width_of(line) + 1 + width_of(word) > kColumns) text += std::exchange(line, " ") + "\n";
    line += " " + word;
  }
  return text + line + "\n";
}

std::string heading(const Results& results) {
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  return fmt::format("{}: {}\n{} to {}, {} replications, seed {}\n", results.scenario, results.name,
                     iso_date(whole.from), iso_date(whole.until), results.replications, results.seed);
}

}  // namespace

std::string set_out(const Table& table) {
  std::string text = "\n" + table.title + "\n";
  if (!table.rows.empty()) {
    std::vector<std::string> names, units;
    for (const Table::Header& header : table.headers) {
      names.push_back(header.name);
      units.push_back(header.unit);
    }
    std::vector<std::size_t> widths(names.size(), 0);
    const auto widen = [&](const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
    };
    widen(names);
    widen(units);
    for (const std::vector<std::string>& row : table.rows) widen(row);
    const bool has_units = std::any_of(units.begin(), units.end(), [](const auto& unit) { return !unit.empty(); });
    text += row_text(names, widths);
    if (has_units) text += row_text(units, widths);
    for (const std::vector<std::string>& row : table.rows) text += row_text(row, widths);
  }
  for (const std::string& note : table.notes) text += wrapped(note);
  return text;
}

std::string text_tables(const Study& study, const TextOptions& options) {
  const View view{Language::en, plain_style(), false, options.all_members};
  std::string text;
  for (std::size_t i = 0; i < study.results.size(); ++i) {
    const Results& results = study.results[i];
    const bool alternative = study.compared && i > 0;
    if (i > 0) text += "\n";
    text += heading(results);
    if (!alternative) {
      text += set_out(step_table(study, results, view)) + set_out(chain_table(results, view));
      continue;
    }
    const Results& baseline = study.results.front();
    text += set_out(difference_table(study, baseline, results, view)) +
            set_out(chain_difference_table(baseline, results, view)) +
            set_out(burst_table(study, baseline, results, view));
    const Table rising = rise_table(study, baseline, results, view);
    if (!rising.rows.empty()) text += set_out(rising);
  }
  return text;
}

}  // namespace ketensim::report

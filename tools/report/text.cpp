#include "tools/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "tools/report/earlier.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/past.hpp"

namespace ketensim::report {
namespace {

constexpr std::string_view kBold = "\033[1m", kFaint = "\033[2m", kPlain = "\033[0m";

std::string styled(const std::string& text, std::string_view style, const Screen& screen) {
  return screen.colours ? fmt::format("{}{}{}", style, text, kPlain) : text;
}

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

/// The words of a text in lines of at most `width` columns; a longer word has a line of its own.
std::vector<std::string> broken(const std::string& text, std::size_t width) {
  std::istringstream words(text);
  std::vector<std::string> lines;
  for (std::string word; words >> word;) {
    if (lines.empty() || width_of(lines.back()) + 1 + width_of(word) > width)
      lines.push_back(word);
    else
      lines.back() += " " + word;
  }
  return lines;
}

/// A note in lines that fit the terminal, indented like a table.
std::string note_text(const std::string& note, const Screen& screen) {
  std::string text;
  for (const std::string& line : broken(note, screen.columns - std::min<std::size_t>(2, screen.columns)))
    text += styled("  " + line, kFaint, screen) + "\n";
  return text;
}

/// The names of columns over one or more lines, none wider than its column, with their units below.
std::string header_text(const std::vector<Table::Header>& headers, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> names;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    names.push_back(broken(headers[i].name, widths[i]));
    lines = std::max(lines, names.back().size());
  }
  std::string text;
  for (std::size_t line = 0; line < lines; ++line) {
    std::vector<std::string> cells;
    for (const std::vector<std::string>& name : names) {
      const std::size_t empty = lines - name.size();
      cells.push_back(line < empty ? "" : name[line - empty]);
    }
    text += row_text(cells, widths);
  }
  std::vector<std::string> units;
  for (const Table::Header& header : headers) units.push_back(header.unit);
  const bool any = std::any_of(units.begin(), units.end(), [](const std::string& unit) { return !unit.empty(); });
  return any ? text + row_text(units, widths) : text;
}

/// As wide as the widest cell, unit, or word of a name.
std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < table.headers.size(); ++i) {
    std::size_t width = width_of(table.headers[i].unit);
    for (const std::string& word : broken(table.headers[i].name, 0)) width = std::max(width, width_of(word));
    for (const std::vector<std::string>& row : table.rows) width = std::max(width, width_of(row[i]));
    widths.push_back(width);
  }
  return widths;
}

/// The columns of a table in groups that fit the screen, the first column in each.
std::vector<std::vector<std::size_t>> blocks_of(const std::vector<std::size_t>& widths, const Screen& screen) {
  std::vector<std::vector<std::size_t>> blocks{{0}};
  std::size_t used = widths.front() + 2;
  for (std::size_t i = 1; i < widths.size(); ++i) {
    if (used + widths[i] + 2 > screen.columns && blocks.back().size() > 1) {
      blocks.push_back({0});
      used = widths.front() + 2;
    }
    blocks.back().push_back(i);
    used += widths[i] + 2;
  }
  return blocks;
}

template <class Value>
std::vector<Value> chosen(const std::vector<Value>& all, const std::vector<std::size_t>& columns) {
  std::vector<Value> some;
  for (const std::size_t column : columns) some.push_back(all[column]);
  return some;
}

std::string heading(const Results& results) {
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  return fmt::format("{}: {}\n{} to {}, {} replications, seed {}\n", results.scenario, results.name,
                     iso_date(whole.from), iso_date(whole.until), results.replications, results.seed);
}

/// What of the figures that are told was forecast before no better than naively.
std::string doubts_text(const Study& study, const Screen& screen) {
  if (study.skill.empty()) return "";
  const std::vector<Skill> skills = read_skill(study.skill);
  std::string names;
  for (const Place& place : shown_places(study, study.results.front(), false))
    for (const PlaceFigure& doubt : no_better_than_naive(skills, study, study.results.front(), place))
      if (doubt.place.organisation == place.organisation)
        names += fmt::format("{}{}.{} {}", names.empty() ? "" : ", ", place.organisation, place.step, doubt.indicator);
  return names.empty() ? "" : "\n" + note_text("Earlier forecasts of these were no better than naive: " + names + ".", screen);
}

}  // namespace

std::string set_out(const Table& table, const Screen& screen) {
  std::string text = "\n" + styled(table.title, kBold, screen) + "\n";
  if (!table.rows.empty()) {
    const std::vector<std::size_t> widths = widths_of(table);
    const auto blocks = blocks_of(widths, screen);
    for (const std::vector<std::size_t>& block : blocks) {
      if (&block != &blocks.front()) text += "\n";
      const std::vector<std::size_t> these = chosen(widths, block);
      text += header_text(chosen(table.headers, block), these);
      for (const std::vector<std::string>& row : table.rows) text += row_text(chosen(row, block), these);
    }
  }
  for (const std::string& note : table.notes) text += note_text(note, screen);
  return text;
}

std::string text_tables(const Study& study, const TextOptions& options) {
  const View view{Language::en, plain_style(), false, options.all_members};
  std::string text;
  for (std::size_t i = 0; i < std::min(study.results.size(), options.scenarios); ++i) {
    const Results& results = study.results[i];
    const bool alternative = study.compared && i > 0;
    if (i > 0) text += "\n";
    text += heading(results);
    const std::string warm_up = warm_up_note(study.conditions[i], view);
    if (!warm_up.empty()) text += warm_up + "\n";
    const Table ahead =
        study.conditions[i].warn ? early_warning_table(study, results, *study.conditions[i].warn, view) : Table();
    const std::string warnings = ahead.title.empty() ? "" : set_out(ahead, options.screen);
    if (!alternative) {
      text += set_out(step_table(study, results, view), options.screen) +
              set_out(chain_table(results, view), options.screen) + warnings;
      continue;
    }
    const Results& baseline = study.results.front();
    text += set_out(difference_table(study, baseline, results, view), options.screen) +
            set_out(chain_difference_table(baseline, results, view), options.screen) +
            set_out(burst_table(study, baseline, results, view), options.screen);
    const Table rising = rise_table(study, baseline, results, view);
    if (!rising.rows.empty()) text += set_out(rising, options.screen);
    text += warnings;
  }
  text += doubts_text(study, options.screen);
  if (study.compared && study.results.size() > 2) text += "\n" + set_out(overview_table(study, view), options.screen);
  return text;
}

}  // namespace ketensim::report

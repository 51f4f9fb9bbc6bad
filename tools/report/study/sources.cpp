#include "tools/report/study/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <sstream>

#include "scenarios/loader/source.hpp"

namespace ketensim::report {
namespace {

constexpr std::string_view kFileLine = "# ---- ", kInShort = ": FNV-1a ";
constexpr std::size_t kLongFigure = 120;  // bytes of a figure shown

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r-"), last = text.find_last_not_of(" \t\r");
  return first == std::string_view::npos || last < first ? "" : std::string(text.substr(first, last - first + 1));
}

/// Where a comment begins: a `#` at the start or after a space, not within quotes.
std::size_t comment_at(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '{' || line[i - 1] == '[')) {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::optional<Mark> mark_of(const std::string& remark) {
  // A letter by itself, as marks are set: at the end, before punctuation or what stands in brackets; V also names.
  static const std::regex kAssumed("(^|[ (])A($|[:;,.)]| \\()"), kGeneral("(^|[ (])G($|[:;,.)]| \\()"),
      kDerived("(^|[ (])D($|[:;,.)]| \\(| [a-z])"), kPublic("(^|[ (])V($|[:;,.)]| )"), kMeasured("(^|[ (])se [0-9]");
  if (std::regex_search(remark, kMeasured)) return Mark::measured;
  if (std::regex_search(remark, kAssumed)) return Mark::assumed;
  if (std::regex_search(remark, kGeneral)) return Mark::general;
  if (std::regex_search(remark, kDerived)) return Mark::derived;
  if (std::regex_search(remark, kPublic)) return Mark::open_source;
  return std::nullopt;
}

std::string shortened(std::string text) {
  if (text.size() <= kLongFigure) return text;
  std::size_t end = kLongFigure;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return text.substr(0, end) + " …";
}

}  // namespace

std::vector<SourceFile> files_of(std::string_view scenario_text) {
  std::vector<SourceFile> files;
  std::istringstream lines{std::string(scenario_text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kFileLine)) {
      const std::string name = line.substr(kFileLine.size());
      const std::size_t hash = name.find(kInShort);
      files.push_back({name.substr(0, hash), "", hash == std::string::npos ? "" : name.substr(hash + kInShort.size())});
    } else {
      if (files.empty()) files.push_back({"", "", ""});
      files.back().text += line + "\n";
    }
  }
  for (SourceFile& file : files) {
    if (!file.fingerprint.empty()) {
      file.text.clear();
      continue;
    }
    if (&file != &files.back() && file.text.ends_with("\n\n")) file.text.pop_back();  // that sets off the next file
    file.fingerprint = loader::hash_of(file.text);
  }
  return files;
}

std::vector<MarkedFigure> marked_figures(std::string_view text) {
  std::vector<MarkedFigure> figures;
  std::string above;  // lines of remarks before a figure
  bool in_body = false;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = comment_at(line);
    const std::string figure = trimmed(std::string_view(line).substr(0, at));
    const std::string remark = at == std::string::npos ? "" : trimmed(std::string_view(line).substr(at + 1));
    if (figure.empty()) {
      if (in_body && !remark.empty()) above += (above.empty() ? "" : " ") + remark;
      if (remark.empty() && at == std::string::npos) above.clear();  // an empty line ends a remark
      continue;
    }
    in_body = true;
    for (const std::string& beside : {above, remark})
      if (const auto mark = beside.empty() ? std::nullopt : mark_of(beside))
        figures.push_back({*mark, shortened(figure), beside});
    above.clear();
  }
  return figures;
}

}  // namespace ketensim::report

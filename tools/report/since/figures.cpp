#include "tools/report/since/figures.hpp"

#include <algorithm>
#include <cmath>
#include <regex>
#include <sstream>

#include "scenarios/loader/document.hpp"

namespace ketensim::report {
namespace {

using loader::Entry;
using loader::Node;

/// What an item of a list is called: by a value that names it, or by its number.
std::string item_name(const Node& item, std::size_t number) {
  for (const char* key : {"id", "name", "to"})
    if (const Node* named = item.is_map() ? item.find(key) : nullptr; named && named->is_scalar()) return named->text;
  return std::to_string(number);
}

/// Calls `visit(path, line, node)` for everything in a file, what contains before what is contained.
template <class Visit>
void walk(const Node& node, const std::string& path, int line, const Visit& visit) {
  visit(path, line, node);
  const std::string within = path.empty() ? "" : path + "/";
  for (const Entry& entry : node.entries) walk(entry.value, within + entry.key, entry.place.line, visit);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    walk(node.items[i], within + item_name(node.items[i], i + 1), node.items[i].place.line, visit);
}

std::optional<Node> parsed(const std::string& yaml) {
  loader::Diagnostics diagnostics;
  return loader::parse_document(yaml, 0, loader::kScenarioFile, diagnostics);
}

std::optional<EstimatedFigure> estimate_in(const std::string& remark) {
  static const std::regex kEstimate(R"((-?[0-9][-+0-9.e]*)[^(;]*\(se [^;]*; 95% ([-+0-9.e]+) to ([-+0-9.e]+)\))");
  std::smatch found;
  if (!std::regex_search(remark, found, kEstimate)) return std::nullopt;
  EstimatedFigure figure;
  const auto number = [&](std::size_t group) { return std::stod(found[group].str()); };
  figure.estimate = number(1);
  figure.low = number(2);
  figure.high = number(3);
  return figure;
}

}  // namespace

bool EstimatedFigure::excludes(double later) const {
  if (later >= low && later <= high) return false;
  const double largest = std::max(std::abs(later), std::abs(estimate));
  const double last_digit = std::pow(10.0, std::floor(std::log10(largest)) - 2.0);
  return later > high + last_digit || later < low - last_digit;
}

std::vector<EstimatedFigure> estimated_figures(const std::string& yaml) {
  const std::optional<Node> root = parsed(yaml);
  if (!root) return {};
  std::map<int, std::string> path_at;  // of the outermost thing that begins on a line
  walk(*root, "", 0, [&](const std::string& path, int line, const Node&) { path_at.emplace(line, path); });
  std::vector<EstimatedFigure> figures;
  std::optional<EstimatedFigure> above;  // in remarks on lines of their own, for what follows them
  std::istringstream lines(yaml);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::size_t at = line.find('#');
    std::optional<EstimatedFigure> figure = at == std::string::npos ? std::nullopt : estimate_in(line.substr(at));
    const bool alone = line.find_first_not_of(" \t") == at;
    if (alone) {
      if (figure && !above) above = figure;
      continue;
    }
    if (!figure) figure = above;
    above.reset();
    const auto place = path_at.find(number);
    if (!figure || place == path_at.end()) continue;
    figure->path = place->second;
    figures.push_back(*figure);
  }
  return figures;
}

std::map<std::string, std::string> values_of(const std::string& yaml) {
  std::map<std::string, std::string> values;
  const std::optional<Node> root = parsed(yaml);
  if (!root) return values;
  walk(*root, "", 0, [&](const std::string& path, int, const Node& node) {
    if (!node.is_scalar()) return;
    std::string unique = path;
    for (int again = 2; !values.emplace(unique, node.text).second; ++again) unique = path + " " + std::to_string(again);
  });
  return values;
}

}  // namespace ketensim::report

#include "scenarios/loader/diagnostics.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace ketensim {

std::string Diagnostic::text() const {
  std::string text = file;
  if (line > 0) text += fmt::format(":{}", line);
  if (line > 0 && column > 0) text += fmt::format(":{}", column);
  text += severity == Problem::Severity::error ? ": error: " : ": warning: ";
  text += message;
  if (!suggestion.empty()) text += fmt::format(" (did you mean `{}`?)", suggestion);
  return text;
}

bool Loaded::ok() const {
  return !unreadable && std::none_of(diagnostics.begin(), diagnostics.end(),
                                     [](const Diagnostic& d) { return d.severity == Problem::Severity::error; });
}

namespace loader {
namespace {

constexpr std::size_t kMostShown = 200;

}  // namespace

void Diagnostics::error(const Place& at, std::string message, std::string suggestion) {
  add(Problem::Severity::error, at, std::move(message), std::move(suggestion));
}

void Diagnostics::add(Problem::Severity severity, const Place& at, std::string message, std::string suggestion) {
  if (severity == Problem::Severity::error) ++errors_;
  items_.push_back({severity, at, std::move(message), std::move(suggestion)});
}

std::vector<Diagnostic> Diagnostics::sorted(const std::vector<Source>& sources) const {
  std::vector<const Item*> order;
  for (const Item& item : items_) order.push_back(&item);
  std::stable_sort(order.begin(), order.end(), [](const Item* a, const Item* b) {
    return std::tie(a->at.file, a->at.line, a->at.column) < std::tie(b->at.file, b->at.line, b->at.column);
  });
  std::vector<Diagnostic> sorted;
  for (const Item* item : order) {
    if (sorted.size() == kMostShown) break;
    sorted.push_back({item->severity, sources[static_cast<std::size_t>(item->at.file)].name, item->at.line,
                      item->at.column, item->message, item->suggestion});
  }
  if (order.size() > kMostShown)
    sorted.push_back({errors_ > 0 ? Problem::Severity::error : Problem::Severity::warning, sources.front().name, 0, 0,
                      fmt::format("and {} problems more", order.size() - kMostShown), ""});
  return sorted;
}

}  // namespace loader
}  // namespace ketensim

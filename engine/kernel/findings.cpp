#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

/// Looking for the nearest name takes time, and after so many problems nobody reads on.
constexpr std::size_t kMostSuggestions = 200;
/// Shares as people write them: 0.333333 three times is 1.
constexpr double kShareError = 1e-6 + 1e-12;

}  // namespace

const std::array<const char*, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
const std::array<const char*, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

bool is_identifier(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), inner);
}

void Findings::error(const Keys& at, std::string message, std::string suggestion) {
  add({Problem::Severity::error, at.path(), std::move(message), std::move(suggestion)});
}

void Findings::warning(const Keys& at, std::string message) {
  add({Problem::Severity::warning, at.path(), std::move(message), {}});
}

void Findings::add(Problem problem) {
  errors_ += problem.severity == Problem::Severity::error;
  problems_.push_back(std::move(problem));
}

void Findings::unknown(const Keys& at, std::string_view what, const std::string& name,
                       const std::vector<std::string>& known) {
  if (name.empty())
    error(at, fmt::format("a {} is missing", what));
  else
    error(at, fmt::format("unknown {} `{}`", what, name),
          errors_ < kMostSuggestions ? nearest_name(name, known) : std::string());
}

bool Findings::within(const Keys& at, std::string_view what, double value, double least, double most) {
  if (value >= least && value <= most) return true;
  error(at, fmt::format("{} must be from {} to {}, not {}", what, least, most, value));
  return false;
}

void Findings::adds_to_one(const Keys& at, std::string_view what, double total) {
  if (!(std::abs(total - 1.0) <= kShareError)) error(at, fmt::format("{} add up to {:.6g}, not to 1", what, total));
}

void Findings::distribution(const Keys& at, const Distribution& distribution) {
  std::vector<std::string> kinds;
  for (const DistributionKind& kind : distribution_kinds()) kinds.emplace_back(kind.name);
  if (std::find(kinds.begin(), kinds.end(), distribution.kind) == kinds.end()) {
    unknown(at, "distribution", distribution.kind, kinds);
    return;
  }
  for (std::string& problem : problems_of(distribution)) error(at, std::move(problem));
}

std::vector<Problem> Findings::take() && {
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
    return a.severity == Problem::Severity::error && b.severity == Problem::Severity::warning;
  });
  return std::move(problems_);
}

}  // namespace ketensim

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/report/phrases.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// A forecast among others of the same chain, told by its baseline.
struct PastForecast {
  Study study;                                                    // of the baseline alone
  std::vector<std::pair<std::string, std::string>> alternatives;  // their ids and texts
};
PastForecast baseline_alone(Study study);

/// What changed between two forecasts or more, why, and what came of the earlier ones: one page that needs nothing
/// beside it, in Dutch and English. They are taken in the order of their first days. Nothing where the last two have no
/// step with a queue or a norm in common.
std::optional<std::string> changes_report(std::vector<PastForecast> forecasts, Language first);

}  // namespace ketensim::report

#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "ketensim/backtest.hpp"
#include "tools/report/figures.hpp"

namespace ketensim::report {

// How good earlier forecasts were of what a report shows now: rows of a skill.csv.

/// The figures of a step that reports draw and backtests score.
inline constexpr std::array<std::string_view, 2> kScoredFigures{"queue_end", "wait_mean"};

/// The score of a figure so many quarters ahead (`1-4`), or nothing where nothing was observed.
const Skill* find_skill(const std::vector<Skill>& skills, const Place& place, std::string_view indicator,
                        std::string_view horizon);

/// By which results of such a length are judged: one to four quarters ahead, or all that were scored.
std::string_view judged_horizon(const Results& results);

/// A figure of a step.
struct PlaceFigure {
  Place place;
  std::string_view indicator;
};

/// The scored figures of a step that were forecast no better than naively; of a group (`GEM`) those of its members.
std::vector<PlaceFigure> no_better_than_naive(const std::vector<Skill>& skills, const Study& study,
                                              const Results& results, const Place& place);

/// Whether children wait at a place at any time of the report.
bool has_queue(const Results& results, const Place& place);

}  // namespace ketensim::report

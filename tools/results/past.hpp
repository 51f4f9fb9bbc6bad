#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ketensim/backtest.hpp"
#include "ketensim/replay.hpp"

namespace ketensim {

// What was observed is history of children: a number of cases below `min_cell` is not told, nor what rests on so few,
// and others are rounded to 5; with `min_cell` 1 all is told as it is.

/// Whether an indicator is itself a number of cases.
bool counts_cases(std::string_view indicator);

/// NaN where it is not told. `counts`: it is itself a number of cases.
double told(double observed, double cases, bool counts, int min_cell);

/// replay.csv: every figure of the replay beside what was observed.
std::string replay_csv(const Replay& replay, int min_cell);

/// backtest.csv: every forecast of one figure of one month with its scores.
std::string backtest_csv(const Backtest& backtest, int min_cell);

/// skill.csv: how well each figure was forecast, by horizon.
std::string skill_csv(const Backtest& backtest);

/// The rows of a skill.csv. Throws InputError where it is none.
std::vector<Skill> read_skill(const std::string& text);

/// What `note` says of a forecast: that it is no better than a naive one, or nothing.
std::string skill_note(const Skill& skill);

}  // namespace ketensim

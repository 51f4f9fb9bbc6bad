#pragma once

#include <map>
#include <span>
#include <string>

#include "ketensim/scenario.hpp"

namespace ketensim {

/// Comments on the figures of a scenario file, by path: keys joined by `/`, items of a list by their number from 0.
using Remarks = std::map<std::string, std::string>;

/// A scenario as a file that load_scenario() reads back as it was. Where it has a state or drawn chains, the file names
/// `state.csv` and `draws.csv` beside it. Interventions are not written: throws std::invalid_argument if there are any.
std::string scenario_yaml(const Scenario& scenario, const Remarks& remarks = {});

/// A file that stands on another (`base:`, as it is to be written) and has these interventions beside those of it.
/// Throws std::invalid_argument where one has a setting of another kind than a word, number, date, duration, change or
/// list of names.
std::string scenario_yaml(const std::string& base, const std::string& name,
                          std::span<const Intervention> interventions);

/// The drawn chains of a scenario as its file draws.csv: a row for each figure that differs between them.
std::string draws_csv(const Scenario& scenario);

/// A state as a file, with a column for each attribute that any case tells.
std::string state_csv(const ChainState& state);

}  // namespace ketensim

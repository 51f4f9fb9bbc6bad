#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/settings.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

/// A distribution of durations as plain data. `kind` names a row of distribution_kinds(); durations are in days,
/// on the working clock where `working_days`.
struct Distribution {
  std::string kind;
  std::map<std::string, double, std::less<>> parameters;  // e.g. mean (days), cv
  std::vector<double> points;                             // uniform: its two bounds; empirical: its values (days)
  std::vector<double> weights;                            // mixture, empirical: relative weights (empty: equal)
  std::vector<Distribution> parts;                        // mixture: its components
  bool working_days = false;
};

/// How a kind may be written in YAML after its name.
enum class DistributionForm {
  scalar,      // exponential: 1 day
  parameters,  // gamma: {mean: 3 days, cv: 0.8}
  bounds,      // uniform: [1 day, 5 days]
  points,      // empirical: [1 day, 2 days] or {values: [...], weights: [...]}
  parts,       // mixture: [{weight: 0.5, lognormal: {...}}, ...]
};

/// One row of the table of distributions.
struct DistributionKind {
  std::string_view name;
  DistributionForm form;
  std::span<const Key> keys;  // parameters; for `scalar` the one parameter that the scalar stands for
  std::string_view meaning;
  std::string_view example;
};

/// The table on which loader, schema, FORMAT.md and engine draw.
std::span<const DistributionKind> distribution_kinds();

/// What is wrong with the distribution's figures (negative mean, cv of 0, weights that add to 0, ...): empty if
/// nothing.
std::vector<std::string> problems_of(const Distribution& distribution);

/// Mean in days on the distribution's own clock.
double mean_of(const Distribution& distribution);

/// The quantile at 0 < p < 1, in days (exact, for tests and estimation; the engine draws from a faster form).
/// Not defined for a mixture: throws std::invalid_argument.
double quantile_of(const Distribution& distribution, double p);

}  // namespace ketensim

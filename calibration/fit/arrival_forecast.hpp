#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calibration/fit/arrival_changes.hpp"

namespace ketensim::fit {

/// How the past goes on.
struct ForecastRule {
  bool trend = false;      // a trend is fitted
  double kept = 0.0;       // the part of it that goes on: 1, one half, 0
  double half_life = 0.0;  // years in which the weight of the data in the level halves; 0: all weigh alike
  std::string name;
};
std::vector<ForecastRule> forecast_rules();

/// The level when recent months weigh more, the other coefficients being as fitted. Its information is that of the
/// weighted data, which is how well a level that wanders is known for which such weights are right (discounting: West
/// and Harrison 1997, ch. 6), not that of a level which stood still.
struct WeightedLevel {
  double level = 0.0, information = 0.0;
  Eigen::VectorXd information_with;  // of the level with each coefficient of the design
};
WeightedLevel weighted_level(const ChangeSearch& search, const ArrivalRegression& regression, double half_life);

/// How well a rule foretold: mean log scores of the counts of the next quarters, one for each origin in the past.
struct RuleScore {
  ForecastRule rule;
  std::vector<double> by_origin;
  /// How far the level went off beyond its error within the year (standard deviation of its logarithm), where that
  /// foretells better beyond chance: a level does not stand still. The scores are those with it.
  double drift = 0.0;
  double mean() const;
};

/// From quarterly origins in the past, with a year to come and two behind, forecasts the next four quarters by every
/// rule. Levels, trends and changes are fitted anew at each origin on what came before; seasons, holidays (`shape`, per
/// day, logarithms) and dispersion are those of the whole, so that rules differ in what they are compared for.
std::vector<RuleScore> rolling_scores(const std::vector<ArrivalDay>& days, const Eigen::VectorXd& shape,
                                      const DispersionFit& dispersion, int origins);

/// Whether `other` foretold better than `present` beyond chance: the test of Diebold and Mariano (1995), with overlap
/// of four quarters and the correction of Harvey, Leybourne and Newbold (1997) for few origins.
bool foretells_better(const RuleScore& other, const RuleScore& present);

}  // namespace ketensim::fit

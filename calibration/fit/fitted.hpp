#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calibration/fit/likelihood.hpp"
#include "calibration/fit/maximise.hpp"
#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

/// A model at the parameters that make the data likeliest.
struct Fitted {
  Model model;
  Maximum maximum;
  double bic = 0.0;
  std::string trouble;  // why it cannot be used; empty: it can

  bool usable() const { return trouble.empty(); }
};

/// How many durations are over.
double count_over(const std::vector<Datum>& data);

/// Fits a model; from `start` where given, else from moments. BIC counts the durations that are over (Volinsky and
/// Raftery 2000).
Fitted fit_model(const Likelihood& likelihood, const Model& model,
                 const std::optional<Eigen::VectorXd>& start = std::nullopt);

/// The same without errors and without judging, for the many fits of a bootstrap or a fold.
Maximum refit(const Likelihood& likelihood, const Model& model, const Eigen::VectorXd& start);

Estimate figure_of(Link link, double place, double variance, std::size_t cases);

/// The distribution of one part with its figures.
FittedDuration part_of(const Fitted& fitted, int part, bool working_days, std::size_t cases, std::size_t over);

/// What is wrong with the observations, for people; empty: nothing.
std::vector<std::string> problems_of(std::span<const Observation> observations);

}  // namespace ketensim::fit

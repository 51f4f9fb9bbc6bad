#include "calibration/fit/fitted.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr double kNormal95 = 1.959963984540054;
constexpr double kLongestLog = 14.0;  // of a mean: 3000 years, or a second

double middle(const Observation& o) {
  return std::max((o.lower + (o.over() ? o.upper : o.lower) - o.blur) / 2.0, 1e-6);
}

/// Means from the time lived through for each end that was seen, and the spread of those ends.
Eigen::VectorXd start_of(const Likelihood& likelihood, const Model& model) {
  Eigen::VectorXd exposure = Eigen::VectorXd::Zero(model.parts), over = Eigen::VectorXd::Zero(model.parts);
  double count = 0.0, sum = 0.0, squares = 0.0;
  for (const Datum& d : likelihood.data()) {
    const double days = middle(d.observation);
    // Who never comes has lived through nothing.
    if (!model.share || d.observation.over()) exposure[d.part] += d.count * std::max(days - d.observation.entry, 1e-3);
    if (!d.observation.over()) continue;
    over[d.part] += d.count;
    count += d.count;
    sum += d.count * days;
    squares += d.count * days * days;
  }
  const double mean = sum / count;
  const double cv = std::sqrt(std::max(squares / count - mean * mean, 0.0)) / mean;
  Eigen::VectorXd start = Eigen::VectorXd::Zero(model.parameters());
  for (int part = 0; part < model.parts; ++part) {
    start[part] = std::log(std::max((exposure[part] + mean) / (over[part] + 1.0), 1e-4));
    if (part == 0 || model.own_shapes) model.family->start(cv, start.data() + model.shape_at(part));
  }
  if (model.share) {
    const double share = std::clamp(count / likelihood.cases(), 0.02, 0.98);
    start[model.share_at()] = std::log(share / (1.0 - share));
  }
  return start;
}

Bounds bounds_of(const Model& model) {
  Bounds bounds{Eigen::VectorXd::Constant(model.parameters(), -kLongestLog),
                Eigen::VectorXd::Constant(model.parameters(), kLongestLog)};
  for (int part = 0; part < (model.own_shapes ? model.parts : 1); ++part)
    for (int s = 0; s < model.shapes(); ++s) {
      const Shape& shape = model.family->shapes[static_cast<std::size_t>(s)];
      bounds.least[model.shape_at(part) + s] = shape.least;
      bounds.most[model.shape_at(part) + s] = shape.most;
    }
  if (model.share) {
    bounds.least[model.share_at()] = -9.0;
    bounds.most[model.share_at()] = 9.0;
  }
  return bounds;
}

Objective objective_of(const Likelihood& likelihood, const Model& model) {
  return [&likelihood, model](const Eigen::VectorXd& at, double& value, Eigen::VectorXd& gradient) {
    return likelihood.evaluate(model, at, value, gradient);
  };
}

std::vector<bool> whole_parameters(const Model& model) {
  std::vector<bool> whole(static_cast<std::size_t>(model.parameters()));
  for (int part = 0; part < (model.own_shapes ? model.parts : 1); ++part)
    for (int s = 0; s < model.shapes(); ++s)
      whole[static_cast<std::size_t>(model.shape_at(part) + s)] =
          model.family->shapes[static_cast<std::size_t>(s)].whole;
  return whole;
}

/// Whole numbers next to the maximum: the best of rounding each down or up.
Maximum rounded(const Objective& objective, const Maximum& smooth, const Bounds& bounds, double cases,
                const std::vector<bool>& whole) {
  std::vector<Eigen::Index> at;
  for (std::size_t i = 0; i < whole.size(); ++i)
    if (whole[i]) at.push_back(static_cast<Eigen::Index>(i));
  Maximum best;
  for (unsigned up = 0; up < (1U << at.size()); ++up) {
    Eigen::VectorXd start = smooth.at;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double value = std::exp(smooth.at[at[i]]);
      start[at[i]] = std::log(std::max(1.0, (up >> i) & 1U ? std::ceil(value) : std::floor(value)));
    }
    const Maximum tried = maximise(objective, start, bounds, cases, whole);
    if (best.at.size() == 0 || tried.value > best.value) best = tried;
  }
  return best;
}

std::string trouble_of(const Fitted& fitted, bool working_days) {
  if (!fitted.maximum.converged) return "the search for the likeliest figures did not settle";
  if (fitted.maximum.covariance.size() == 0) return "the cases do not determine all of its figures";
  for (int part = 0; part < fitted.model.parts; ++part) {
    const Distribution d = part_of(fitted, part, working_days, 0, 0).distribution;
    if (const auto problems = ketensim::problems_of(d); !problems.empty()) return problems.front();
  }
  return {};
}

}  // namespace

double count_over(const std::vector<Datum>& data) {
  double over = 0.0;
  for (const Datum& d : data)
    if (d.observation.over()) over += d.count;
  return over;
}

Fitted fit_model(const Likelihood& likelihood, const Model& model, const std::optional<Eigen::VectorXd>& start) {
  const Objective objective = objective_of(likelihood, model);
  const Bounds bounds = bounds_of(model);
  Fitted fitted{model, {}, 0.0, {}};
  std::vector<Eigen::VectorXd> starts{start ? *start : start_of(likelihood, model)};
  if (!start && model.family->row.rich && model.shapes() > 1) {
    // Mixtures have several tops: parts that lie apart more, and a first part that is rare.
    starts.push_back(starts[0]);
    starts[1][model.shape_at(0)] -= 1.5;
    starts[1][model.shape_at(0) + 1] -= 2.5;
  }
  for (const Eigen::VectorXd& from : starts) {
    const Maximum tried = maximise(objective, from, bounds, likelihood.cases());
    if (fitted.maximum.at.size() == 0 || tried.value > fitted.maximum.value) fitted.maximum = tried;
  }
  const std::vector<bool> whole = whole_parameters(model);
  if (std::find(whole.begin(), whole.end(), true) != whole.end() && fitted.maximum.value > -1e300)
    fitted.maximum = rounded(objective, fitted.maximum, bounds, likelihood.cases(), whole);
  if (fitted.maximum.converged) add_covariance(objective, fitted.maximum, whole);
  fitted.bic = model.parameters() * std::log(std::max(count_over(likelihood.data()), 2.0)) - 2.0 * fitted.maximum.value;
  fitted.trouble = trouble_of(fitted, false);
  return fitted;
}

Maximum refit(const Likelihood& likelihood, const Model& model, const Eigen::VectorXd& start) {
  return maximise(objective_of(likelihood, model), start, bounds_of(model), likelihood.cases(),
                  whole_parameters(model));
}

Estimate figure_of(Link link, double place, double variance, std::size_t cases) {
  const double error = std::sqrt(variance);
  return {natural(link, place), std::abs(natural_slope(link, place)) * error, natural(link, place - kNormal95 * error),
          natural(link, place + kNormal95 * error), cases};
}

FittedDuration part_of(const Fitted& fitted, int part, bool working_days, std::size_t cases, std::size_t over) {
  const Model& model = fitted.model;
  const Eigen::MatrixXd& covariance = fitted.maximum.covariance;
  std::vector<Eigen::Index> at{part};
  for (int s = 0; s < model.shapes(); ++s) at.push_back(model.shape_at(part) + s);
  FittedDuration result;
  for (const Eigen::Index i : at) {
    result.parameters.push_back(fitted.maximum.at[i]);
    if (covariance.size() == 0) continue;
    for (const Eigen::Index j : at) result.covariance.push_back(covariance(i, j));
  }
  const auto variance = [&](Eigen::Index i) { return covariance.size() == 0 ? std::nan("") : covariance(i, i); };
  result.distribution = distribution_at(model.family->row.name, result.parameters, working_days);
  result.mean = figure_of(Link::log, result.parameters[0], variance(at[0]), over);
  for (std::size_t s = 0; s < model.family->shapes.size(); ++s)
    result.shapes.emplace_back(
        model.family->shapes[s].name,
        figure_of(model.family->shapes[s].link, result.parameters[s + 1], variance(at[s + 1]), over));
  result.cases = cases;
  return result;
}

std::vector<std::string> problems_of(std::span<const Observation> observations) {
  struct Check {
    const char* message;
    bool (*fails)(const Observation&);
  };
  static constexpr double kInfinity = Observation::kInfinity;
  const std::array checks{
      Check{"bounds that are no numbers",
            [](const Observation& o) {
              return std::isnan(o.lower) || std::isnan(o.upper) || std::isnan(o.entry) || std::isnan(o.blur) ||
                     std::isnan(o.limit);
            }},
      Check{"a lower bound, an entry or a blur that is negative or infinite",
            [](const Observation& o) {
              return !(o.lower >= 0.0 && o.entry >= 0.0 && o.blur >= 0.0 && o.lower < kInfinity &&
                       o.entry < kInfinity && o.blur < kInfinity);
            }},
      Check{"an interval without length", [](const Observation& o) { return o.upper == o.lower; }},
      Check{"an upper bound below the lower one", [](const Observation& o) { return o.upper < o.lower; }},
      Check{"an end before the time from which they could be seen",
            [](const Observation& o) { return o.entry > o.lower; }},
  };
  std::vector<std::string> problems;
  for (const Check& check : checks) {
    const auto count = std::count_if(observations.begin(), observations.end(), check.fails);
    if (count > 0) problems.push_back(fmt::format("{} of {} cases have {}", count, observations.size(), check.message));
    if (&check == checks.data() && count > 0) break;
  }
  return problems;
}

}  // namespace ketensim::fit

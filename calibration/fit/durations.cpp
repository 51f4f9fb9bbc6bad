// The public fits of durations and of what comes for a share of the cases.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "calibration/fit/choice.hpp"
#include "calibration/fit/goodness.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim {
namespace {

using fit::Chosen;

struct Counts {
  std::size_t cases = 0, over = 0;
};

std::vector<Counts> counts_of(std::span<const DurationCase> cases, const fit::Design& design) {
  std::vector<Counts> counts(static_cast<std::size_t>(design.parts()));
  for (const DurationCase& c : cases) {
    Counts& of = counts[static_cast<std::size_t>(design.part_of(c))];
    ++of.cases;
    if (c.duration.days.over()) ++of.over;
  }
  return counts;
}

/// The data's own curve as a distribution: masses in the middle of the intervals that hold them; what lies beyond the
/// follow-up is put where that ends.
Distribution empirical_of(const fit::Masses& masses, bool working_days) {
  Distribution d;
  d.kind = "empirical";
  d.working_days = working_days;
  for (std::size_t i = 0; i < masses.mass.size(); ++i) {
    d.points.push_back(std::isfinite(masses.to[i]) ? (masses.from[i] + masses.to[i]) / 2.0 : masses.from[i]);
    d.weights.push_back(masses.mass[i]);
  }
  return d;
}

/// The mean of the empirical curve up to its end, with the error that its spread over so many cases gives.
Estimate mean_of_empirical(const Distribution& d, std::size_t over) {
  const double mean = mean_of(d);
  double total = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < d.points.size(); ++i) {
    total += d.weights[i];
    squares += d.weights[i] * (d.points[i] - mean) * (d.points[i] - mean);
  }
  const double error = std::sqrt(squares / total / static_cast<double>(over));
  return fit::figure_of(fit::Link::log, std::log(mean), error * error / (mean * mean), over);
}

void become_empirical(std::span<const DurationCase> cases, const fit::Design& design, DurationFit& result) {
  result.family = "empirical";
  result.parts.clear();
  const std::vector<Counts> counts = counts_of(cases, design);
  for (int part = 0; part < design.parts(); ++part) {
    std::vector<DurationCase> own;
    for (const DurationCase& c : cases)
      if (design.part_of(c) == part) own.push_back(c);
    const Counts& of = counts[static_cast<std::size_t>(part)];
    FittedDuration fitted;
    fitted.distribution = empirical_of(fit::reference_masses(own, design.working_days), design.working_days);
    fitted.mean = mean_of_empirical(fitted.distribution, of.over);
    fitted.cases = of.cases;
    for (const std::string& problem : problems_of(fitted.distribution)) result.problems.push_back(problem);
    result.parts.push_back(std::move(fitted));
  }
}

void report_dependence(const Chosen& chosen, std::size_t over, DurationFit& result) {
  const fit::Model& model = chosen.fitted.model;
  const fit::Maximum& maximum = chosen.fitted.maximum;
  const auto variance = [&](int at) { return maximum.covariance(at, at); };
  result.attribute = chosen.design.attribute;
  if (model.worsening) {
    const int at = model.worsening_at();
    result.worsens_after = chosen.design.worsens_after;
    result.worsening = fit::figure_of(fit::Link::log, maximum.at[at], variance(at), over);
  }
  if (!model.trend) return;
  const int at = model.trend_at();
  Estimate growth = fit::figure_of(fit::Link::log, maximum.at[at], variance(at), over);
  for (double* value : {&growth.estimate, &growth.low, &growth.high}) *value -= 1.0;
  result.trend = growth;
  result.trend_origin = chosen.design.trend_origin;
  result.trend_weight = chosen.trend_weight;
}

}  // namespace

DurationFit fit_durations(std::span<const DurationCase> cases, const FitOptions& options) {
  DurationFit result;
  result.problems = fit::problems_of(cases, options.clocks);
  if (!result.ok()) return result;
  Chosen chosen = fit::choose_family(cases, options, false, result.candidates);
  const bool usable = chosen.fitted.usable();
  if (usable) chosen = fit::add_dependence(cases, std::move(chosen), options, result.notes);
  if (usable && options.load) result.load = fit::effect_of_load(cases, chosen, options, result.notes);
  if (usable) chosen = fit::choose_richer(cases, std::move(chosen), options, result.candidates);
  const fit::Design& design = chosen.design;
  result.working_days = usable ? design.working_days : options.clocks == Clocks::working_days;
  result.curve = fit::curve_of(fit::reference_masses(cases, result.working_days));
  const std::vector<Counts> counts = counts_of(cases, design);
  std::size_t over = 0;
  for (const Counts& of : counts) over += of.over;
  if (usable) {
    result.family = chosen.fitted.model.family->row.name;
    result.log_likelihood = chosen.fitted.maximum.value;
    result.bic = chosen.fitted.bic;
    report_dependence(chosen, over, result);
    for (int part = 0; part < design.parts(); ++part) {
      const Counts& of = counts[static_cast<std::size_t>(part)];
      result.parts.push_back(fit::part_of(chosen.fitted, part, design.working_days, of.cases, of.over));
    }
    const fit::Goodness goodness = fit::goodness_of_fit(fit::data_of(cases, design), chosen.fitted, options.bootstraps,
                                                        options.tolerance, options.seed);
    result.p_value = goodness.p_value;
    result.distance = goodness.distance;
  }
  if (!usable) result.notes.push_back("no family can be used: " + chosen.fitted.trouble);
  if (!usable || (result.p_value <= options.level && result.distance > options.tolerance)) {
    if (usable) result.notes.push_back(fmt::format("{}, the best family, is rejected", result.family));
    become_empirical(cases, design, result);
  }
  for (std::size_t part = 0; part < design.values.size(); ++part) result.parts[part].values = design.values[part];
  return result;
}

DurationFit fit_patience(std::span<const DurationCase> cases, const FitOptions& options) {
  FitOptions of_patience = options;
  of_patience.worsening = false;  // the wait is what is fitted
  of_patience.rich_families = false;
  DurationFit result = fit_durations(cases, of_patience);
  const double seen = result.curve.share.empty() ? 0.0 : result.curve.share.back();
  if (result.ok() && seen < 0.5)
    result.notes.push_back(
        fmt::format("no wait was long enough for more than {:.0f}% to withdraw: the mean is an "
                    "extrapolation, the share that withdraws within the waits seen is not",
                    100.0 * seen));
  return result;
}

namespace {

/// The share of the delays that the longest follow-up covers.
double follow_up_of(std::span<const DurationCase> cases, const Chosen& chosen) {
  double longest = 0.0;
  for (const DurationCase& c : cases) {
    const Observation& o = chosen.design.working_days ? c.duration.working : c.duration.days;
    longest = std::max(longest, o.over() ? o.upper : o.lower);
  }
  const fit::Model& model = chosen.fitted.model;
  const Eigen::VectorXd& at = chosen.fitted.maximum.at;
  fit::UnitShares shares;
  model.family->shares(longest / std::exp(at[0]), at.data() + model.shape_at(0), shares);
  return std::exp(shares.log_below);
}

/// Where the data do not ask for any who stay away, the share has no likelihood of its own: Jeffreys' interval on as
/// many as came, or down to the share that was seen to come.
Estimate share_of_everyone(const Counts& counts, const Curve& curve) {
  const auto came = static_cast<double>(counts.over);
  const double share = (came + 0.5) / (came + 1.0);
  Estimate figure{share, std::sqrt(share * (1.0 - share) / (came + 2.0)), fit::beta_quantile(came + 0.5, 0.5, 0.025),
                  fit::beta_quantile(came + 0.5, 0.5, 0.975), counts.over};
  if (!curve.share.empty()) figure.low = std::min(figure.low, curve.share.back());
  return figure;
}

}  // namespace

ShareFit fit_share_and_delay(std::span<const DurationCase> cases, const FitOptions& options) {
  ShareFit result;
  result.problems = fit::problems_of(cases, options.clocks);
  if (!result.ok()) return result;
  Chosen chosen = fit::choose_family(cases, options, true, result.candidates);
  const bool some_stay_away = chosen.fitted.usable();
  if (!some_stay_away) {
    result.candidates.clear();
    chosen = fit::choose_family(cases, options, false, result.candidates);
  }
  if (!chosen.fitted.usable()) {
    result.problems.push_back("no family can be used: " + chosen.fitted.trouble);
    return result;
  }
  const fit::Model& model = chosen.fitted.model;
  const fit::Maximum& maximum = chosen.fitted.maximum;
  const Counts counts = counts_of(cases, chosen.design)[0];
  result.family = model.family->row.name;
  result.working_days = chosen.design.working_days;
  result.curve = fit::curve_of(fit::reference_masses(cases, result.working_days));
  result.delay = fit::part_of(chosen.fitted, 0, result.working_days, counts.cases, counts.over);
  result.log_likelihood = maximum.value;
  result.bic = chosen.fitted.bic;
  result.follow_up = follow_up_of(cases, chosen);
  if (some_stay_away) {
    const int at = model.share_at();
    result.share = fit::figure_of(fit::Link::logit, maximum.at[at], maximum.covariance(at, at), counts.over);
    result.parameters.assign(maximum.at.begin(), maximum.at.end());
    for (Eigen::Index i = 0; i < maximum.at.size(); ++i)
      for (Eigen::Index j = 0; j < maximum.at.size(); ++j) result.covariance.push_back(maximum.covariance(i, j));
  } else {
    result.share = share_of_everyone(counts, result.curve);
    result.notes.push_back("nothing suggests that it stays away for anyone");
  }
  if (result.follow_up < 0.8)
    result.notes.push_back(
        fmt::format("the follow-up covers {:.0f}% of the delays: another share with other delays "
                    "would fit nearly as well",
                    100.0 * result.follow_up));
  return result;
}

}  // namespace ketensim

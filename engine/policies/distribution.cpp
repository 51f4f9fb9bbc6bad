#include "ketensim/distribution.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace ketensim {
namespace {

using Form = DistributionForm;

constexpr double kLongestDays = 1000.0 * kDaysPerYear;
constexpr Key kMean{"mean", ValueType::duration, true, "", "mean, above 0"};

constexpr std::array kDeterministicKeys{Key{"mean", ValueType::duration, true, "", "the duration itself, 0 or more"}};
constexpr std::array kExponentialKeys{kMean};
constexpr std::array kGammaKeys{
    kMean,
    Key{"cv", ValueType::number, false, "", "coefficient of variation, 0.001 to 4; either this or `shape`"},
    Key{"shape", ValueType::number, false, "", "shape, 0.0625 to 1000000; cv = 1 / sqrt(shape)"},
};
constexpr std::array kErlangKeys{
    kMean,
    Key{"phases", ValueType::integer, true, "", "number of exponential phases, 1 to 1000000; cv = 1 / sqrt(phases)"},
};
constexpr std::array kLognormalKeys{
    kMean,
    Key{"cv", ValueType::number, true, "", "coefficient of variation, 0.001 to 20"},
};
constexpr std::array kWeibullKeys{
    kMean,
    Key{"shape", ValueType::number, true, "",
        "shape, 0.1 to 100; below 1 the hazard falls with time, above 1 it rises"},
};

/// The table of distributions: a new one is a row here, its figures below, its quantile, and a form of the sampler.
constexpr std::array kKinds{
    DistributionKind{"deterministic", Form::scalar, kDeterministicKeys, "always the same", "deterministic: 14 days"},
    DistributionKind{"exponential", Form::scalar, kExponentialKeys, "memoryless, by its mean", "exponential: 1 day"},
    DistributionKind{"uniform", Form::bounds, {}, "between two bounds, each moment alike", "uniform: [1 day, 5 days]"},
    DistributionKind{"gamma", Form::parameters, kGammaKeys, "gamma", "gamma: {mean: 50 days, cv: 0.5}"},
    DistributionKind{"erlang", Form::parameters, kErlangKeys, "a sum of equal exponential phases",
                     "erlang: {mean: 6 days, phases: 3}"},
    DistributionKind{"lognormal", Form::parameters, kLognormalKeys, "lognormal: a long tail",
                     "lognormal: {mean: 3 days, cv: 0.8}"},
    DistributionKind{"weibull", Form::parameters, kWeibullKeys, "Weibull", "weibull: {mean: 30 days, shape: 1.5}"},
    DistributionKind{"mixture",
                     Form::parts,
                     {},
                     "one of its parts, drawn by weight; a part is no mixture itself",
                     "mixture: [{weight: 0.7, exponential: 5 days}, {weight: 0.3, gamma: {mean: 40 days, cv: 0.5}}]"},
    DistributionKind{"empirical",
                     Form::points,
                     {},
                     "one of the values, drawn by weight (equal if none are given)",
                     "empirical: {values: [10 days, 20 days, 45 days], weights: [5, 3, 1]}"},
};

const DistributionKind* kind_of(const Distribution& d) {
  const auto at =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const DistributionKind& k) { return k.name == d.kind; });
  return at == kKinds.end() ? nullptr : &*at;
}

double parameter(const Distribution& d, std::string_view name) { return d.parameters.find(name)->second; }

/// Collects what is wrong with the figures of one distribution.
class Figures {
 public:
  explicit Figures(const Distribution& d) : d_(d) {}
  std::vector<std::string> problems() && { return std::move(problems_); }

  void within(std::string_view name, double least, double most) {
    const auto at = d_.parameters.find(name);
    if (at != d_.parameters.end() && !(at->second >= least && at->second <= most))
      problems_.push_back(fmt::format("{} of {} must be {} to {}, not {}", name, d_.kind, least, most, at->second));
  }

  void duration(std::string_view what, double days, bool may_be_zero) {
    if (!std::isfinite(days) || days < 0.0 || (days == 0.0 && !may_be_zero))
      problems_.push_back(
          fmt::format("{} of {} must be {}, not {} days", what, d_.kind, may_be_zero ? "0 or more" : "above 0", days));
    else if (days > kLongestDays)
      problems_.push_back(fmt::format("{} of {} is longer than 1000 years ({} days)", what, d_.kind, days));
  }

  void parameter_names(const DistributionKind& kind) {
    for (const Key& key : kind.keys)
      if (key.required && d_.parameters.find(key.name) == d_.parameters.end())
        problems_.push_back(fmt::format("{} needs `{}`", d_.kind, key.name));
    for (const auto& [name, value] : d_.parameters)
      if (std::none_of(kind.keys.begin(), kind.keys.end(), [&, &n = name](const Key& k) { return k.name == n; }))
        problems_.push_back(fmt::format("{} has no parameter `{}`", d_.kind, name));
    if (const auto mean = d_.parameters.find("mean"); mean != d_.parameters.end())
      duration("mean", mean->second, d_.kind == "deterministic");
  }

  void bounds() {
    if (d_.points.size() != 2) {
      problems_.push_back("uniform needs two bounds: [least, most]");
      return;
    }
    for (const double bound : d_.points) duration("bound", bound, true);
    if (d_.points[0] > d_.points[1]) problems_.push_back("the bounds of uniform are in the wrong order");
  }

  void points() {
    if (d_.points.empty()) problems_.push_back("empirical needs at least one value");
    for (const double value : d_.points) duration("value", value, true);
  }

  void weights(std::size_t count) {
    if (d_.weights.empty() || count == 0) return;
    if (d_.weights.size() != count)
      problems_.push_back(fmt::format("{} has {} weights for {} {}", d_.kind, d_.weights.size(), count,
                                      d_.kind == "mixture" ? "parts" : "values"));
    const auto usable = [](double w) { return std::isfinite(w) && w >= 0.0; };
    if (!std::all_of(d_.weights.begin(), d_.weights.end(), usable))
      problems_.push_back(fmt::format("the weights of {} must be 0 or more", d_.kind));
    else if (const double total = std::accumulate(d_.weights.begin(), d_.weights.end(), 0.0);
             !(total > 0.0) || !std::isfinite(total))
      problems_.push_back(fmt::format("the weights of {} add up to {}", d_.kind, total));
  }

  void parts() {
    if (d_.parts.empty()) problems_.push_back("mixture needs at least one part");
    for (std::size_t i = 0; i < d_.parts.size(); ++i) {
      const Distribution& part = d_.parts[i];
      if (part.kind == "mixture") {
        problems_.push_back(fmt::format("part {}: a part of a mixture is no mixture itself", i + 1));
        continue;
      }
      for (const std::string& problem : problems_of(part))
        problems_.push_back(fmt::format("part {}: {}", i + 1, problem));
      if (part.working_days != d_.working_days)
        problems_.push_back(fmt::format("part {}: a mixture keeps to one clock, days or working days", i + 1));
    }
  }

  void say(std::string problem) { problems_.push_back(std::move(problem)); }

 private:
  const Distribution& d_;
  std::vector<std::string> problems_;
};

double weighted_mean(const Distribution& d, std::size_t count, const std::function<double(std::size_t)>& value) {
  double sum = 0.0, total = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = d.weights.empty() ? 1.0 : d.weights[i];
    sum += weight * value(i);
    total += weight;
  }
  return sum / total;
}

}  // namespace

std::span<const DistributionKind> distribution_kinds() { return kKinds; }

std::vector<std::string> problems_of(const Distribution& d) {
  const DistributionKind* kind = kind_of(d);
  if (!kind) return {d.kind.empty() ? "a distribution is missing" : fmt::format("unknown distribution `{}`", d.kind)};
  Figures figures(d);
  figures.parameter_names(*kind);
  if (d.kind == "gamma") {
    figures.within("cv", 0.001, 4.0);
    figures.within("shape", 0.0625, 1e6);
    if (d.parameters.count("cv") + d.parameters.count("shape") != 1)
      figures.say("gamma needs either `cv` or `shape`, and not both");
  } else if (d.kind == "erlang") {
    figures.within("phases", 1.0, 1e6);
    const auto phases = d.parameters.find("phases");
    if (phases != d.parameters.end() && phases->second != std::floor(phases->second))
      figures.say("phases of erlang must be a whole number");
  } else if (d.kind == "lognormal") {
    figures.within("cv", 0.001, 20.0);
  } else if (d.kind == "weibull") {
    figures.within("shape", 0.1, 100.0);
  } else if (d.kind == "uniform") {
    figures.bounds();
  } else if (d.kind == "empirical") {
    figures.points();
    figures.weights(d.points.size());
  } else if (d.kind == "mixture") {
    figures.parts();
    figures.weights(d.parts.size());
  }
  return std::move(figures).problems();
}

double mean_of(const Distribution& d) {
  if (d.kind == "uniform") return (d.points[0] + d.points[1]) / 2.0;
  if (d.kind == "empirical") return weighted_mean(d, d.points.size(), [&](std::size_t i) { return d.points[i]; });
  if (d.kind == "mixture") return weighted_mean(d, d.parts.size(), [&](std::size_t i) { return mean_of(d.parts[i]); });
  return parameter(d, "mean");
}

}  // namespace ketensim

#include "calibration/fit/families.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Shares = void (*)(double, const double*, UnitShares&);

void exponential(double z, const double*, UnitShares& out) {
  out.log_above = -z;
  out.log_below = log1m_exp(-z);
  out.log_density = std::log(z) - z;
}

/// Shape k: above = exp(-y) with y = (z Gamma(1 + 1/k))^k.
void weibull(double z, const double* shapes, UnitShares& out) {
  const double k = std::exp(shapes[0]), inverse = 1.0 / k;
  const double log_root = std::log(z) + log_gamma(1.0 + inverse);
  const double y = std::exp(k * log_root);
  out.log_above = -y;
  out.log_below = log1m_exp(-y);
  out.log_density = shapes[0] + k * log_root - y;
  const double by_shape = y * k * (log_root - digamma(1.0 + inverse) * inverse);
  out.above[0] = -by_shape;
  out.below[0] = by_shape * std::exp(out.log_above - out.log_below);
}

/// Shape: the coefficient of variation; sigma^2 = log(1 + cv^2) and below = Phi((log z + sigma^2 / 2) / sigma).
void lognormal(double z, const double* shapes, UnitShares& out) {
  const double cv2 = std::exp(2.0 * shapes[0]), sigma = std::sqrt(std::log1p(cv2)), log_z = std::log(z);
  const double w = log_z / sigma + sigma / 2.0;
  const LogShares shares = log_normal_shares(w);
  const double log_phi = -w * w / 2.0 - std::log(2.0 * std::numbers::pi) / 2.0;
  out.log_below = shares.below;
  out.log_above = shares.above;
  out.log_density = log_phi - std::log(sigma);
  const double by_shape = (0.5 - log_z / (sigma * sigma)) * cv2 / (sigma * (1.0 + cv2));
  out.below[0] = by_shape * std::exp(log_phi - out.log_below);
  out.above[0] = -by_shape * std::exp(log_phi - out.log_above);
}

/// Incomplete gamma functions have no plain derivative by the shape: central differences of their logarithms, exact
/// to 1e-9.
constexpr double kStep = 1e-5;

/// Shape: the coefficient of variation, of which the gamma shape is the inverse square.
void gamma(double z, const double* shapes, UnitShares& out) {
  const auto shares = [z](double log_cv) {
    const double a = std::exp(-2.0 * log_cv);
    return log_gamma_shares(a, a * z);
  };
  const double a = std::exp(-2.0 * shapes[0]);
  const LogShares here = shares(shapes[0]), up = shares(shapes[0] + kStep), down = shares(shapes[0] - kStep);
  out.log_below = here.below;
  out.log_above = here.above;
  out.log_density = a * std::log(a * z) - a * z - log_gamma(a);
  out.below[0] = (up.below - down.below) / (2.0 * kStep);
  out.above[0] = (up.above - down.above) / (2.0 * kStep);
}

/// The power of Stacy's distribution, by spread (log) and shape (log) as below.
double stacy_power(const double* shapes) { return std::exp(-shapes[0] - shapes[1] / 2.0); }

/// Stacy (1962): y = (z Gamma(a + 1/p) / Gamma(a))^p has a gamma distribution with shape a. The spread 1 / (p sqrt(a)),
/// about that of log z, takes the place of p (Prentice 1974): p and a lie along a ridge, spread and a hardly do.
void generalised_gamma(double z, const double* shapes, UnitShares& out) {
  const double a = std::exp(shapes[1]), p = stacy_power(shapes), inverse = 1.0 / p;
  const double log_root = std::log(z) + log_gamma(a + inverse) - log_gamma(a);
  const double log_y = p * log_root, y = std::exp(log_y);
  const LogShares here = log_gamma_shares(a, y);
  const LogShares up = log_gamma_shares(a * std::exp(kStep), y), down = log_gamma_shares(a * std::exp(-kStep), y);
  const double log_flow = a * log_y - y - log_gamma(a);  // of the share, by log y
  out.log_below = here.below;
  out.log_above = here.above;
  out.log_density = -shapes[0] - shapes[1] / 2.0 + log_flow;
  const double by_power = log_y - digamma(a + inverse);                 // log y, by log p
  const double by_shape = p * a * (digamma(a + inverse) - digamma(a));  // log y, by log a
  const std::array<double, 2> moves{-by_power, by_shape - by_power / 2.0};
  for (std::size_t i = 0; i < 2; ++i) {
    out.below[i] = moves[i] * std::exp(log_flow - out.log_below);
    out.above[i] = -moves[i] * std::exp(log_flow - out.log_above);
  }
  out.below[1] += (up.below - down.below) / (2.0 * kStep);
  out.above[1] += (up.above - down.above) / (2.0 * kStep);
}

/// An Erlang distribution, by the logarithm of its phases.
void erlang(double z, const double* shapes, UnitShares& out) {
  const double log_cv = -shapes[0] / 2.0;
  gamma(z, &log_cv, out);
  out.below[0] /= -2.0;
  out.above[0] /= -2.0;
}

/// What a mixture of two parts has to know of one of them.
struct PartSlopes {
  double weight, by_weight;              // of the logarithm of its weight, by the logit
  double mean_by_weight, mean_by_ratio;  // of the logarithm of its mean
};

/// Two parts: the first's weight (logit), the ratio of the second's mean to the first's (log), and their own shapes.
template <Shares part, int kOwn>
void two_parts(double z, const double* shapes, UnitShares& out) {
  const double w = natural(Link::logit, shapes[0]), ratio = std::exp(shapes[1]);
  const double first = 1.0 / (w + (1.0 - w) * ratio);
  const double by_weight = -first * (1.0 - ratio) * w * (1.0 - w), by_ratio = -(1.0 - w) * ratio * first;
  const std::array<PartSlopes, 2> slopes{PartSlopes{w, 1.0 - w, by_weight, by_ratio},
                                         PartSlopes{1.0 - w, -w, by_weight, 1.0 + by_ratio}};
  std::array<UnitShares, 2> parts;
  part(z / first, shapes + 2, parts[0]);
  part(z / (first * ratio), shapes + 2 + kOwn, parts[1]);
  const double log_w = std::log(w), log_rest = std::log1p(-w);
  out.log_below = log_add(log_w + parts[0].log_below, log_rest + parts[1].log_below);
  out.log_above = log_add(log_w + parts[0].log_above, log_rest + parts[1].log_above);
  out.log_density = log_add(log_w + parts[0].log_density, log_rest + parts[1].log_density);
  out.below = out.above = {};
  for (std::size_t i = 0; i < 2; ++i) {
    const PartSlopes& s = slopes[i];
    const double log_weight = std::log(s.weight);
    const double below = std::exp(log_weight + parts[i].log_below - out.log_below);
    const double above = std::exp(log_weight + parts[i].log_above - out.log_above);
    const double flow_below = -std::exp(log_weight + parts[i].log_density - out.log_below);
    const double flow_above = std::exp(log_weight + parts[i].log_density - out.log_above);
    out.below[0] += below * s.by_weight + flow_below * s.mean_by_weight;
    out.above[0] += above * s.by_weight + flow_above * s.mean_by_weight;
    out.below[1] += flow_below * s.mean_by_ratio;
    out.above[1] += flow_above * s.mean_by_ratio;
    for (std::size_t own = 0; own < kOwn; ++own) {
      out.below[2 + i * kOwn + own] = below * parts[i].below[own];
      out.above[2 + i * kOwn + own] = above * parts[i].above[own];
    }
  }
}

// ---- As chain files write them ----

Distribution named(std::string_view kind, double mean, std::string_view shape = "", double value = 0.0) {
  Distribution d;
  d.kind = kind;
  d.parameters["mean"] = mean;
  if (!shape.empty()) d.parameters[std::string(shape)] = value;
  return d;
}

Distribution write_exponential(double mean, const double*) { return named("exponential", mean); }
Distribution write_weibull(double mean, const double* s) { return named("weibull", mean, "shape", std::exp(s[0])); }
Distribution write_lognormal(double mean, const double* s) { return named("lognormal", mean, "cv", std::exp(s[0])); }
Distribution write_gamma(double mean, const double* s) { return named("gamma", mean, "cv", std::exp(s[0])); }
Distribution write_erlang(double mean, const double* s) {
  return named("erlang", mean, "phases", std::max(1.0, std::round(std::exp(s[0]))));
}

/// No kind of the engine: its values at equally likely places.
Distribution write_generalised_gamma(double mean, const double* s) {
  constexpr int kPlaces = 400;
  const double a = std::exp(s[1]), p = stacy_power(s);
  const double scale = mean * std::exp(log_gamma(a) - log_gamma(a + 1.0 / p));
  Distribution d;
  d.kind = "empirical";
  for (int i = 0; i < kPlaces; ++i)
    d.points.push_back(scale * std::pow(gamma_quantile(a, (i + 0.5) / kPlaces), 1.0 / p));
  return d;
}

template <Distribution (*write)(double, const double*), int kOwn>
Distribution write_two_parts(double mean, const double* s) {
  const double w = natural(Link::logit, s[0]), ratio = std::exp(s[1]);
  const double first = mean / (w + (1.0 - w) * ratio);
  Distribution d;
  d.kind = "mixture";
  d.weights = {w, 1.0 - w};
  d.parts = {write(first, s + 2), write(first * ratio, s + 2 + kOwn)};
  return d;
}

// ---- Where the search starts ----

double log_cv(double cv) { return std::log(std::clamp(cv, 0.1, 3.0)); }
void start_nothing(double, double*) {}
void start_cv(double cv, double* s) { s[0] = log_cv(cv); }
/// cv is about k^-0.926 for a Weibull distribution (Cort and Justus 1977).
void start_weibull(double cv, double* s) { s[0] = -log_cv(cv) / 0.926; }
void start_generalised_gamma(double cv, double* s) {
  s[0] = log_cv(cv);
  s[1] = 0.7;
}
void start_two_exponentials(double, double* s) {
  s[0] = 0.0;
  s[1] = std::log(4.0);
}
void start_two_cv(double cv, double* s) {
  start_two_exponentials(cv, s);
  s[2] = s[3] = log_cv(0.7 * cv);
}
void start_hyper_erlang(double cv, double* s) {
  start_two_exponentials(cv, s);
  s[2] = s[3] = std::max(0.0, -2.0 * log_cv(0.7 * cv));
}

// ---- The table ----

constexpr double kLeastCv = -6.9;
constexpr Shape kWeight{"weight", Link::logit, -7.0, 7.0};
constexpr Shape kRatio{"ratio of means", Link::log, -8.0, 8.0};
constexpr std::array kWeibull{Shape{"shape", Link::log, -2.3, 4.6}};
constexpr std::array kLognormal{Shape{"cv", Link::log, kLeastCv, 2.99}};
constexpr std::array kGamma{Shape{"cv", Link::log, kLeastCv, 1.386}};
constexpr std::array kGeneralisedGamma{Shape{"spread", Link::log, -4.0, 2.5}, Shape{"shape", Link::log, -3.0, 6.0}};
constexpr std::array kTwoExponentials{kWeight, kRatio};
constexpr std::array kTwoLognormals{kWeight, kRatio, kLognormal[0], kLognormal[0]};
constexpr std::array kTwoGammas{kWeight, kRatio, kGamma[0], kGamma[0]};
constexpr Shape kPhases{"phases", Link::log, 0.0, 6.9, true};
constexpr std::array kHyperErlang{kWeight, kRatio, kPhases, kPhases};

const std::array kFamilies{
    Family{{"exponential", "memoryless", false}, {}, exponential, start_nothing, write_exponential},
    Family{{"gamma", "a sum of phases", false}, kGamma, gamma, start_cv, write_gamma},
    Family{{"lognormal", "a long tail", false}, kLognormal, lognormal, start_cv, write_lognormal},
    Family{
        {"weibull", "a hazard that rises or falls with time", false}, kWeibull, weibull, start_weibull, write_weibull},
    Family{{"generalised_gamma",
            "between gamma, Weibull and lognormal; written as its values at 400 equally likely places", true},
           kGeneralisedGamma,
           generalised_gamma,
           start_generalised_gamma,
           write_generalised_gamma},
    Family{{"two_exponentials", "two kinds of cases, each memoryless", true},
           kTwoExponentials,
           two_parts<exponential, 0>,
           start_two_exponentials,
           write_two_parts<write_exponential, 0>},
    Family{{"two_lognormals", "two kinds of cases, each lognormal", true},
           kTwoLognormals,
           two_parts<lognormal, 1>,
           start_two_cv,
           write_two_parts<write_lognormal, 1>},
    Family{{"two_gammas", "two kinds of cases, each gamma", true},
           kTwoGammas,
           two_parts<gamma, 1>,
           start_two_cv,
           write_two_parts<write_gamma, 1>},
    Family{{"hyper_erlang", "two kinds of cases, each a sum of equal phases", true},
           kHyperErlang,
           two_parts<erlang, 1>,
           start_hyper_erlang,
           write_two_parts<write_erlang, 1>},
};

}  // namespace

std::span<const Family> families() { return kFamilies; }

const Family* family_named(std::string_view name) {
  const auto at = std::find_if(kFamilies.begin(), kFamilies.end(), [&](const Family& f) { return f.row.name == name; });
  return at == kFamilies.end() ? nullptr : &*at;
}

double natural(Link link, double shape) { return link == Link::log ? std::exp(shape) : 1.0 / (1.0 + std::exp(-shape)); }

double natural_slope(Link link, double shape) {
  const double value = natural(link, shape);
  return link == Link::log ? value : value * (1.0 - value);
}

}  // namespace ketensim::fit

namespace ketensim {

std::span<const DurationFamily> duration_families() {
  static const std::vector<DurationFamily> rows = [] {
    std::vector<DurationFamily> all;
    for (const fit::Family& family : fit::families()) all.push_back(family.row);
    return all;
  }();
  return rows;
}

Distribution distribution_at(std::string_view name, std::span<const double> parameters, bool working_days) {
  const fit::Family* family = fit::family_named(name);
  if (!family || parameters.size() != family->shapes.size() + 1)
    throw std::invalid_argument("no such family with that many parameters: " + std::string(name));
  Distribution d = family->distribution(std::exp(parameters[0]), parameters.data() + 1);
  d.working_days = working_days;
  for (Distribution& part : d.parts) part.working_days = working_days;
  return d;
}

}  // namespace ketensim

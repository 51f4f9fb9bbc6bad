#include "engine/policies/sampler.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace ketensim {
namespace {

double parameter(const Distribution& d, std::string_view name) { return d.parameters.find(name)->second; }
bool has(const Distribution& d, std::string_view name) { return d.parameters.find(name) != d.parameters.end(); }

/// Boost would compute in long double and take four to six times as long: 1e-15 is exact enough for a table.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Gamma with mean 1.
QuantileTable gamma_table(double shape) {
  return {[=](double p) { return boost::math::gamma_p_inv(shape, p, InDouble()) / shape; },
          [=](double q) { return boost::math::gamma_q_inv(shape, q, InDouble()) / shape; },
          [=](double x) { return shape * boost::math::gamma_p_derivative(shape, x * shape, InDouble()); }};
}

/// Lognormal with mean 1: sigma^2 = ln(1 + cv^2), mu = -sigma^2 / 2.
QuantileTable lognormal_table(double cv) {
  const double variance = std::log1p(cv * cv), sigma = std::sqrt(variance), mu = -variance / 2.0;
  const auto normal_upper = [](double q) { return std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * q); };
  return {[=](double p) { return std::exp(mu - sigma * normal_upper(p)); },
          [=](double q) { return std::exp(mu + sigma * normal_upper(q)); },
          [=](double x) {
            const double z = (std::log(x) - mu) / sigma;
            return std::exp(-z * z / 2.0) / (x * sigma * std::sqrt(2.0 * std::numbers::pi));
          }};
}

}  // namespace

std::shared_ptr<const QuantileTable> QuantileTables::known(Key key) const {
  const auto at = tables_.find(key);
  if (at != tables_.end()) return at->second;
  return common_ ? common_->known(key) : nullptr;
}

std::shared_ptr<const QuantileTable> QuantileTables::table(Key key) {
  if (auto made = known(key)) return made;
  return tables_[key] = std::make_shared<const QuantileTable>(key.first == Kind::gamma ? gamma_table(key.second)
                                                                                       : lognormal_table(key.second));
}

std::shared_ptr<const QuantileTable> QuantileTables::gamma(double shape) { return table({Kind::gamma, shape}); }
std::shared_ptr<const QuantileTable> QuantileTables::lognormal(double cv) { return table({Kind::lognormal, cv}); }

Sampler::Sampler(const Distribution& d) {
  QuantileTables own;
  *this = Sampler(d, own);
}

Sampler::Sampler(const Distribution& d, QuantileTables& tables) : working_days_(d.working_days), mean_(mean_of(d)) {
  scale_ = mean_;
  if (d.kind == "deterministic") {
    form_ = Form::constant;
  } else if (d.kind == "exponential") {
    form_ = Form::exponential;
  } else if (d.kind == "uniform") {
    form_ = Form::uniform;
    low_ = d.points[0];
    scale_ = d.points[1] - d.points[0];
  } else if (d.kind == "gamma") {
    form_ = Form::table;
    const double cv = has(d, "cv") ? parameter(d, "cv") : 0.0;
    shape_ = has(d, "cv") ? 1.0 / (cv * cv) : parameter(d, "shape");
    table_ = tables.gamma(shape_);
  } else if (d.kind == "erlang") {
    form_ = Form::table;
    shape_ = parameter(d, "phases");
    table_ = tables.gamma(shape_);
  } else if (d.kind == "lognormal") {
    form_ = Form::table;
    lognormal_ = true;
    shape_ = std::sqrt(std::log1p(parameter(d, "cv") * parameter(d, "cv")));
    table_ = tables.lognormal(parameter(d, "cv"));
  } else if (d.kind == "weibull") {
    form_ = Form::weibull;
    const double shape = parameter(d, "shape");
    power_ = 1.0 / shape;
    scale_ = mean_ / std::tgamma(1.0 + power_);
  } else if (d.kind == "empirical") {
    form_ = Form::empirical;
    std::vector<std::size_t> order(d.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return d.points[a] < d.points[b]; });
    std::vector<double> weights;
    for (const std::size_t i : order) {
      points_.push_back(d.points[i]);
      weights.push_back(d.weights.empty() ? 1.0 : d.weights[i]);
    }
    set_cumulative(weights, points_.size());
  } else if (d.kind == "mixture") {
    form_ = Form::mixture;
    for (const Distribution& part : d.parts) parts_.emplace_back(part, tables);
    set_cumulative(d.weights, parts_.size());
  } else {
    throw std::invalid_argument("unknown distribution " + d.kind);
  }
}

void Sampler::set_cumulative(const std::vector<double>& weights, std::size_t count) {
  double total = 0.0;
  for (std::size_t i = 0; i < count; ++i) cumulative_.push_back(total += weights.empty() ? 1.0 : weights[i]);
  for (double& c : cumulative_) c /= total;
}

std::size_t Sampler::pick(double u) const {
  const auto at = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return static_cast<std::size_t>(at - cumulative_.begin());
}

}  // namespace ketensim

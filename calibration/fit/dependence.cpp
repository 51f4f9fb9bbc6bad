#include "calibration/fit/dependence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr double kFewestOver = 25.0;  // of a part, and on either side of a threshold
constexpr std::array kThresholds{3.0,  5.0,  7.0,  14.0,  21.0,  28.0,  35.0,  42.0,  49.0,  56.0,  60.0,
                                 70.0, 84.0, 90.0, 105.0, 120.0, 150.0, 180.0, 240.0, 270.0, 300.0, 365.0};

bool over(const DurationCase& c) { return c.duration.days.over(); }

std::size_t attributes_of(std::span<const DurationCase> cases) { return cases.empty() ? 0 : cases[0].classes.size(); }

/// A part for each value with cases enough, and one for the rest; fewer than two where that divides nothing.
std::vector<std::vector<std::int32_t>> values_of(std::span<const DurationCase> cases, std::size_t attribute) {
  std::map<std::int32_t, double> count;
  for (const DurationCase& c : cases) count[c.classes[attribute]] += over(c) ? 1.0 : 0.0;
  std::vector<std::vector<std::int32_t>> values;
  std::vector<std::int32_t> rest;
  double in_rest = 0.0;
  for (const auto& [value, n] : count) {
    if (value >= 0 && n >= kFewestOver) {
      values.push_back({value});
    } else {
      rest.push_back(value);
      in_rest += n;
    }
  }
  if (values.empty()) return values;
  if (in_rest >= kFewestOver)
    values.push_back(rest);
  else
    values.back().insert(values.back().end(), rest.begin(), rest.end());
  return values;
}

/// How much likelier a richer model makes the data.
class Ratio {
 public:
  Ratio(const Fitted& plain, const Fitted& richer, double tries)
      : p_(std::min(1.0, tries * chi_squared_above(richer.model.parameters() - plain.model.parameters(),
                                                   2.0 * (richer.maximum.value - plain.maximum.value)))) {}
  double p() const { return p_; }

 private:
  double p_;
};

/// Parameters of a richer model where it equals the plainer one.
Eigen::VectorXd start_from(const Fitted& plain, const Model& model) {
  const Eigen::VectorXd& at = plain.maximum.at;
  Eigen::VectorXd start = Eigen::VectorXd::Zero(model.parameters());
  for (int part = 0; part < model.parts; ++part) {
    const int old = plain.model.parts == model.parts ? part : 0;
    start[part] = at[old];
    for (int s = 0; s < model.shapes(); ++s) start[model.shape_at(part) + s] = at[plain.model.shape_at(old) + s];
  }
  if (model.worsening && plain.model.worsening) start[model.worsening_at()] = at[plain.model.worsening_at()];
  return start;
}

Chosen tried(std::span<const DurationCase> cases, const Chosen& base, Design design, Model model) {
  const Likelihood likelihood(data_of(cases, design));
  return {std::move(design), fit_model(likelihood, model, start_from(base.fitted, model))};
}

/// The wait after which it takes longer is a parameter too.
double price_of_threshold(std::span<const DurationCase> cases, const Design& design) {
  return design.worsens_after >= 0.0 ? std::log(std::max(count_over(data_of(cases, design)), 2.0)) : 0.0;
}

Chosen by_class(std::span<const DurationCase> cases, Chosen base, const FitOptions& options) {
  const Chosen plain = base;
  const auto attributes = attributes_of(cases);
  const double tries = 2.0 * static_cast<double>(attributes);
  for (std::size_t attribute = 0; attribute < attributes; ++attribute) {
    Design design = plain.design;
    design.attribute = static_cast<std::int32_t>(attribute);
    design.values = values_of(cases, attribute);
    if (design.parts() < 2) continue;
    for (const bool own_shapes : {false, true}) {
      if (own_shapes && plain.fitted.model.shapes() == 0) continue;
      Model model = plain.fitted.model;
      model.parts = design.parts();
      model.own_shapes = own_shapes;
      Chosen divided = tried(cases, plain, design, model);
      divided.fitted.bic += price_of_threshold(cases, design);
      if (divided.fitted.usable() && Ratio(plain.fitted, divided.fitted, tries).p() < options.level &&
          divided.fitted.bic < base.fitted.bic)
        base = std::move(divided);
    }
  }
  return base;
}

Chosen by_wait(std::span<const DurationCase> cases, Chosen base, const FitOptions& options,
               std::vector<std::string>& notes) {
  std::vector<double> thresholds;
  for (const double days : kThresholds) {
    const auto later =
        std::count_if(cases.begin(), cases.end(), [days](const DurationCase& c) { return over(c) && c.wait > days; });
    const auto sooner =
        std::count_if(cases.begin(), cases.end(), [days](const DurationCase& c) { return over(c) && c.wait <= days; });
    if (static_cast<double>(std::min(later, sooner)) >= kFewestOver) thresholds.push_back(days);
  }
  const Chosen plain = base;
  const auto tries = static_cast<double>(thresholds.size());
  for (const double days : thresholds) {
    Design design = plain.design;
    design.worsens_after = days;
    Model model = plain.fitted.model;
    model.worsening = true;
    Chosen worsening = tried(cases, plain, design, model);
    worsening.fitted.bic += price_of_threshold(cases, design);
    if (worsening.fitted.usable() && Ratio(plain.fitted, worsening.fitted, tries).p() < options.level &&
        worsening.fitted.bic < base.fitted.bic)
      base = std::move(worsening);
  }
  if (base.fitted.model.worsening)
    notes.push_back(fmt::format("takes longer or shorter after a wait of {} days: p = {:.2g}",
                                base.design.worsens_after, Ratio(plain.fitted, base.fitted, tries).p()));
  return base;
}

Chosen by_time(std::span<const DurationCase> cases, Chosen base, const FitOptions& options,
               std::vector<std::string>& notes) {
  const auto [first, last] = std::minmax_element(
      cases.begin(), cases.end(), [](const DurationCase& a, const DurationCase& b) { return a.begun < b.begun; });
  if (last->begun - first->begun < 1.0) return base;
  Design design = base.design;
  design.trend = true;
  design.trend_origin = 0.0;
  for (const DurationCase& c : cases) design.trend_origin += c.begun / static_cast<double>(cases.size());
  Model model = base.fitted.model;
  model.trend = true;
  Chosen trend = tried(cases, base, design, model);
  trend.fitted.bic += price_of_threshold(cases, design);
  const double p = Ratio(base.fitted, trend.fitted, 1.0).p();
  if (!trend.fitted.usable() || p >= options.level || trend.fitted.bic >= base.fitted.bic) return base;
  trend.trend_weight = 1.0 / (1.0 + std::exp((trend.fitted.bic - base.fitted.bic) / 2.0));
  notes.push_back(fmt::format("changes with the moment at which it begins: p = {:.2g}", p));
  return trend;
}

}  // namespace

std::int32_t Design::part_of(const DurationCase& c) const {
  if (attribute < 0) return 0;
  const std::int32_t value = c.classes[static_cast<std::size_t>(attribute)];
  for (std::size_t part = 0; part < values.size(); ++part)
    if (std::find(values[part].begin(), values[part].end(), value) != values[part].end())
      return static_cast<std::int32_t>(part);
  return parts() - 1;
}

std::vector<Datum> data_of(std::span<const DurationCase> cases, const Design& design) {
  std::vector<Datum> data;
  data.reserve(cases.size());
  for (const DurationCase& c : cases) {
    Datum d{design.working_days ? c.duration.working : c.duration.days, design.part_of(c)};
    d.worsened = design.worsens_after >= 0.0 && c.wait > design.worsens_after;
    // To half a year, so that equal durations remain equal.
    if (design.trend) d.years = std::round((c.begun - design.trend_origin) * 2.0) / 2.0;
    data.push_back(d);
  }
  return data;
}

namespace {

/// A queue that serves one class first lets the others wait, so that class and wait tell nearly the same: whichever
/// comes first may take the other's place. Both are tried, and the better one stays.
Chosen by_class_and_wait(std::span<const DurationCase> cases, const Chosen& base, const FitOptions& options,
                         std::vector<std::string>& notes) {
  const Chosen divided = by_class(cases, base, options);
  std::vector<std::string> said, said_otherwise;
  Chosen class_first = by_wait(cases, divided, options, said);
  if (divided.design.attribute >= 0) {
    Chosen wait_first = by_class(cases, by_wait(cases, base, options, said_otherwise), options);
    if (wait_first.fitted.bic < class_first.fitted.bic) {
      class_first = std::move(wait_first);
      said = std::move(said_otherwise);
    }
  }
  notes.insert(notes.end(), said.begin(), said.end());
  return class_first;
}

}  // namespace

std::optional<Estimate> effect_of_load(std::span<const DurationCase> cases, const Chosen& base,
                                       const FitOptions& options, std::vector<std::string>& notes) {
  if (base.design.trend) return {};
  std::vector<DurationCase> by_load(cases.begin(), cases.end());
  // The column of the trend holds the load, to a tenth of its average.
  for (DurationCase& c : by_load) c.begun = std::round(c.load * 10.0);
  Design design = base.design;
  design.trend = true;
  design.trend_origin = 0.0;
  Model model = base.fitted.model;
  model.trend = true;
  const Chosen loaded = tried(by_load, base, design, model);
  if (!loaded.fitted.usable()) return {};
  const double p = Ratio(base.fitted, loaded.fitted, 1.0).p();
  if (p >= options.level || loaded.fitted.bic + price_of_threshold(cases, design) >= base.fitted.bic) return {};
  const int at = model.trend_at();
  constexpr double kTwice = 10.0;  // of the column: as many again
  const Estimate effect = figure_of(Link::log, kTwice * loaded.fitted.maximum.at[at],
                                    kTwice * kTwice * loaded.fitted.maximum.covariance(at, at),
                                    static_cast<std::size_t>(count_over(data_of(cases, design))));
  notes.push_back(fmt::format(
      "takes {:.2f} (95% {:.2f} to {:.2f}) times as long where twice as many are present (p = {:.2g}): the chain "
      "does not have that",
      effect.estimate, effect.low, effect.high, p));
  return effect;
}

Chosen add_dependence(std::span<const DurationCase> cases, Chosen base, const FitOptions& options,
                      std::vector<std::string>& notes) {
  if (options.classes && options.worsening)
    base = by_class_and_wait(cases, base, options, notes);
  else if (options.classes)
    base = by_class(cases, std::move(base), options);
  else if (options.worsening)
    base = by_wait(cases, std::move(base), options, notes);
  if (options.trend) base = by_time(cases, std::move(base), options, notes);
  return base;
}

}  // namespace ketensim::fit

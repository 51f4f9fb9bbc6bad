#include "tests/calibration/effects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "ketensim/calibration.hpp"
#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/calibration/partners.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim::effects {
namespace {

constexpr int kYearsAhead = 2;
constexpr int kReturning = 8 * 365;  // days: nearly all who return do so by then
constexpr std::array kIndicators{"inflow", "started", "outflow", "queue_end", "wip_end", "wait_mean"};

/// Where things change: the steps at which slots are claimed; the last one at the member of a `per:` organisation.
struct Places {
  std::string front, middle, last, member;
};
Places places_of(regional::Kind kind) {
  switch (kind) {
    case regional::Kind::guardians:
      return {"VT.research", "RAAD.research", "GI.intake", "JB"};
    case regional::Kind::municipalities:
      return {"VT.triage", "GEM.access", "GEM.access", "North"};
    case regional::Kind::council:
      break;
  }
  return {"RAAD.research", "GI.guidance", "GI.guidance", ""};
}

/// Pools are named otherwise in the one chain and in the other.
std::string pool_at(const Scenario& scenario, const std::string& step, const std::string& member = {}) {
  for (const Step& of : scenario.chain.steps)
    if (of.id == step && !of.pool.empty()) return member.empty() ? of.pool : member + of.pool.substr(of.pool.find('.'));
  throw std::runtime_error("no limit is found at " + step);
}

/// The scenario with one intervention more.
Scenario with(const Scenario& scenario, const std::string& id, const std::string& kind,
              std::map<std::string, Value, std::less<>> values) {
  Scenario changed = scenario;
  changed.id = id;
  changed.interventions.push_back({kind, Settings{std::move(values)}});
  return changed;
}

std::vector<Scenario> interventions(const Scenario& scenario, const Places& places) {
  const std::chrono::year_month_day start{scenario.period.start};
  const Date from{start + std::chrono::months{1}}, until{start + std::chrono::months{4}};
  const auto times = [](double factor) { return Change{Change::Kind::factor, factor}; };
  const auto capacity = [&](const std::string& id, const std::string& pool, double factor, bool passes) {
    Scenario changed = with(scenario, id, "capacity", {{"pool", pool}, {"from", from}, {"change", times(factor)}});
    if (passes) changed.interventions.back().settings.values.emplace("until", until);
    return changed;
  };
  return {with(scenario, "clear-backlog", "clear_backlog", {{"step", places.front}, {"on", from}}),
          capacity("surge", pool_at(scenario, places.front), 1.25, true),
          capacity("plus-20", pool_at(scenario, places.middle), 1.2, false),
          capacity("sick", pool_at(scenario, places.last, places.member), 0.8, true),
          with(scenario, "prevention", "arrivals",
               {{"stream", scenario.chain.streams.front().id}, {"from", from}, {"change", times(0.9)}})};
}

/// The true chain from its true state on.
Scenario from_here(const Scenario& truth, ChainState state) {
  Scenario scenario = truth;
  scenario.period.start = state.snapshot + std::chrono::days{1};
  scenario.period.end = Date{std::chrono::year_month_day{scenario.period.start} + std::chrono::years{kYearsAhead}};
  scenario.period.warm_up = {};
  scenario.period.report = Report::month;
  const double years = static_cast<double>((scenario.period.start - truth.period.start).count()) / kDaysPerYear;
  for (Stream& stream : scenario.chain.streams) stream.per_day *= std::pow(1.0 + stream.trend_per_year, years);
  scenario.state = std::make_shared<const ChainState>(std::move(state));
  return scenario;
}

/// The effects of each intervention in turn: only two results are in memory at once.
class Study {
 public:
  Study(const Scenario& baseline, const Places& places)
      : alternatives_(interventions(baseline, places)), baseline_(simulate({baseline}).front()) {}

  std::size_t interventions_count() const { return alternatives_.size(); }
  const std::string& name(std::size_t intervention) const { return alternatives_[intervention].id; }
  const Results& baseline() const { return baseline_; }
  Results under(std::size_t intervention) const { return simulate({alternatives_[intervention]}).front(); }

 private:
  std::vector<Scenario> alternatives_;
  Results baseline_;
};

bool is_compared(const Figure& figure) {
  return figure.step != "all" && std::find(kIndicators.begin(), kIndicators.end(),
                                           indicator_kinds()[figure.indicator].name) != kIndicators.end();
}

}  // namespace

std::vector<Effect> recovered(regional::Kind kind, std::uint64_t seed, const regional::Size& size,
                              const Replications& replications) {
  const Scenario past = regional::chain(kind, seed, size);
  const Date from = past.period.start, snapshot = past.period.end - std::chrono::days{1};
  const auto visits = partners::registered(past);
  const auto rows = partners::soiled(partners::known(visits, from, snapshot), {}, seed);
  const partners::Read read = partners::read(partners::delivered(past, rows, from, snapshot));
  CalibrationOptions options;
  options.years = kYearsAhead;
  options.replications = replications.forecast;
  options.seed = seed;
  Calibration fits = calibrate(read.plan, read.monitor, read.linked, options);
  if (!fits.ok()) throw std::runtime_error(fits.problems.front());
  Scenario truth = from_here(past, partners::standing(visits, snapshot, kReturning));
  truth.replications = replications.truth;

  const Study known(truth, places_of(kind)), forecast(fits.scenario, places_of(kind));
  std::vector<Effect> effects;
  for (std::size_t i = 0; i < known.interventions_count(); ++i) {
    const Results truly = known.under(i), foretold = forecast.under(i);
    for (std::size_t f = 0; f < known.baseline().figures.size(); ++f) {
      const Figure& at = known.baseline().figures[f];
      if (!is_compared(at)) continue;
      const std::string indicator{indicator_kinds()[at.indicator].name};
      const std::size_t same = forecast.baseline().find(at.organisation, at.step, indicator);
      if (same == Results::npos) throw std::runtime_error("not in the calibrated chain: " + at.step);
      for (std::size_t p = 0; p < known.baseline().base_periods; ++p)
        effects.push_back({known.name(i), at.organisation, at.step, indicator, known.baseline().periods[p].label,
                           effect(known.baseline(), truly, f, p), effect(forecast.baseline(), foretold, same, p)});
    }
  }
  return effects;
}

double error_of(const std::vector<Effect>& effects) {
  double squares = 0.0, count = 0.0;
  for (const Effect& effect : effects) {
    if (!effect.is_clear()) continue;
    squares += effect.relative_error() * effect.relative_error();
    ++count;
  }
  return std::sqrt(squares / count);
}

}  // namespace ketensim::effects

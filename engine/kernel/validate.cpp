#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/kernel/drawn.hpp"
#include "engine/kernel/offered_load.hpp"
#include "engine/kernel/validation.hpp"
#include "ketensim/indicators.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

constexpr Date kFirstDay{std::chrono::year{1900} / 1 / 1}, kLastDay{std::chrono::year{2600} / 1 / 1};

/// The results of all replications stand in memory: about this many numbers for each step and period.
constexpr double kFiguresPerStep = 20.0, kMostFigures = 1e9;

double days_per_period(Report report) {
  switch (report) {
    case Report::week:
      return 7.0;
    case Report::month:
      return kDaysPerMonth;
    case Report::quarter:
      return kDaysPerYear / 4.0;
    case Report::year:
      return kDaysPerYear;
    case Report::all:
      break;
  }
  return 1e9;
}

void check_size(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  double steps = 1.0;
  for (const Step& step : scenario.chain.steps) {
    const Organisation* owner = names.owner_of(step.id);
    steps += owner && !owner->per.empty() ? static_cast<double>(owner->members.size()) : 1.0;
  }
  const double length = static_cast<double>((scenario.period.end - scenario.period.start).count());
  const double figures = steps * kFiguresPerStep * std::ceil(length / days_per_period(scenario.period.report));
  const int replications =
      scenario.precision ? std::max(scenario.replications, scenario.precision->at_most) : scenario.replications;
  if (figures * replications > kMostFigures)
    findings.error(Keys("time") / "report",
                   fmt::format("{} replications would give about {:.1g} figures, more than fit: report longer periods "
                               "or run fewer replications",
                               replications, figures * replications));
}

void check_load(const Scenario& scenario, Findings& findings) {
  const OfferedLoad load = offered_load(scenario);
  if (!load.obstacle.empty()) findings.warning("steps", load.obstacle);
  for (const PoolLoad& pool : load.pools) {
    if (pool.offered <= pool.slots * (1.0 + 1e-9)) continue;
    const Keys at = Keys("pools") / scenario.chain.pools[pool.row].id;
    const std::string who = pool.member.empty() ? "" : pool.id + ": ";
    const char* end = pool.patience ? "who waits too long withdraws" : "the queue will grow";
    if (pool.slots > 0.0)
      findings.warning(at, fmt::format("{}utilisation {:.2f}: arrivals bring {:.1f} slots of work to {:.1f} slots, {}",
                                       who, pool.offered / pool.slots, pool.offered, pool.slots, end));
    else
      findings.warning(
          at, fmt::format("{}arrivals bring {:.1f} slots of work to a pool without slots, {}", who, pool.offered, end));
  }
}

void check_precision(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  if (!scenario.precision) return;
  const Precision& precision = *scenario.precision;
  const Keys at("precision");
  std::vector<std::string> indicators;
  for (const IndicatorKind& row : indicator_kinds()) indicators.emplace_back(row.name);
  if (std::find(indicators.begin(), indicators.end(), precision.indicator) == indicators.end())
    findings.unknown(at / "indicator", "indicator", precision.indicator, indicators);
  if (!precision.at.empty() && !names.step(precision.at))
    findings.unknown(at / "at", "step", precision.at, names.all_steps(false));
  if (!(precision.relative > 0.0 && precision.relative <= 1.0))
    findings.error(at / "relative", fmt::format("the share must be above 0 and at most 1, not {}", precision.relative));
  if (precision.at_most < scenario.replications)
    findings.error(at / "at_most", fmt::format("there are {} replications to begin with", scenario.replications));
}

void check_warnings(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  const Keys at("warn");
  findings.within(at / "norm_met_below", "the share", scenario.warn.norm_met_below, 0.0, 1.0);
  for (const auto& [step, cases] : scenario.warn.queue_above) {
    if (!names.step(step))
      findings.unknown(at / "queue_above" / step, "step", step, names.all_steps(false));
    else if (!(cases >= 0.0))
      findings.error(at / "queue_above" / step, "a queue is 0 cases or more");
  }
}

void check_uncertainty(const Scenario& scenario, Findings& findings) {
  if (!(scenario.staffing_uncertainty >= 0.0 && scenario.staffing_uncertainty <= 1.0))
    findings.error(Keys("uncertainty") / "staffing",
                   fmt::format("the share must be from 0 to 1, not {}", scenario.staffing_uncertainty));
}

/// All but whether the pools can carry the work.
void check_scenario(const Scenario& scenario, Findings& findings) {
  const ChainNames names(scenario.chain);
  const bool sound_period = check_period(scenario, findings);
  if (scenario.replications < 1 || scenario.replications > 1'000'000)
    findings.error("replications",
                   fmt::format("replications must be from 1 to 1000000, not {}", scenario.replications));
  else if (sound_period)
    check_size(scenario, names, findings);
  check_precision(scenario, names, findings);
  check_warnings(scenario, names, findings);
  check_uncertainty(scenario, findings);
  check_organisations(scenario.chain, names, findings);
  check_streams(scenario.chain, names, findings);
  if (sound_period && !findings.any_error()) check_intensity(scenario, findings);
  check_pools(scenario.chain, names, findings);
  check_steps(scenario.chain, names, findings);
  check_returns(scenario.chain, names, findings);
  if (scenario.state && sound_period) check_state(scenario, names, findings);
  if (!findings.any_error()) check_flow(scenario, names, findings);
  check_interventions(scenario, names, sound_period, findings);
  if (!findings.any_error()) check_reroutings(scenario, names, findings);
}

std::vector<Problem> errors_under_draw(const Scenario& scenario, std::size_t draw) {
  const std::string other = difference_in_names(scenario.chain, *scenario.drawn[draw]);
  if (!other.empty())
    return {{Problem::Severity::error, {}, "a draw may change figures only, and no name or structure: " + other, {}}};
  Findings findings;
  check_scenario(under_draw(scenario, draw), findings);
  std::vector<Problem> problems = std::move(findings).take();
  std::erase_if(problems, [](const Problem& problem) { return problem.severity != Problem::Severity::error; });
  return problems;
}

/// Every draw must give a chain that can be simulated. One problem of each of the first few that do not is shown. (The
/// state has no draws.)
void check_draws(Scenario scenario, Findings& findings) {
  constexpr std::size_t kMostShown = 5;
  if (scenario.state) scenario.state = std::make_shared<const ChainState>(ChainState{{}, scenario.state->snapshot, {}});
  std::size_t wrong = 0;
  for (std::size_t draw = 0; draw < scenario.drawn.size(); ++draw) {
    std::vector<Problem> problems = errors_under_draw(scenario, draw);
    if (problems.empty() || ++wrong > kMostShown) continue;
    Problem& first = problems.front();
    first.draw = static_cast<int>(draw + 1);
    first.message = fmt::format("draw {}: {}", first.draw, first.message);
    findings.add(std::move(first));
  }
  if (wrong > kMostShown)
    findings.add({Problem::Severity::error,
                  {},
                  fmt::format("{} of the {} draws give no valid chain", wrong, scenario.drawn.size()),
                  {},
                  1});
}

}  // namespace

bool check_period(const Scenario& scenario, Findings& findings) {
  const Period& period = scenario.period;
  const Keys time("time");
  bool sound = true;
  const auto problem = [&](const char* key, std::string message) {
    findings.error(time / key, std::move(message));
    sound = false;
  };
  if (period.start < kFirstDay || period.start >= kLastDay)
    problem("start", "the start must lie between 1900 and 2600");
  if (period.end > kLastDay)
    problem("end", "the end must lie between 1900 and 2600");
  else if (period.end <= period.start)
    problem("end", "the end must come after the start (the end is exclusive)");
  const double warm_up = period.warm_up.days;
  if (period.warm_up.working)
    problem("warm_up", "the warm-up is counted in days of the calendar, not in working days");
  else if (!(warm_up >= 0.0))
    problem("warm_up", fmt::format("the warm-up must be 0 or more, not {} days", warm_up));
  else if (sound && warm_up > static_cast<double>((period.start - kFirstDay).count()))
    problem("warm_up", "the warm-up would begin before 1900");
  if (period.chooses_warm_up && scenario.state)
    problem("warm_up", "a scenario that starts from a state needs no warm-up: set `warm_up: 0 days`");
  const auto& streams = scenario.chain.streams;
  if (period.chooses_warm_up &&
      std::any_of(streams.begin(), streams.end(), [](const Stream& stream) { return stream.recorded != nullptr; }))
    problem("warm_up", "`auto` needs arrivals by a rate: recorded ones tell nothing of the time before");
  if (!scenario.state || !sound) return sound;
  if (warm_up > 0.0) problem("warm_up", "a scenario that starts from a state needs no warm-up: set `warm_up: 0 days`");
  if (scenario.state->snapshot < kFirstDay || scenario.state->snapshot >= kLastDay)
    findings.error("snapshot", "the snapshot must lie between 1900 and 2600"), sound = false;
  else if (period.start <= scenario.state->snapshot)
    problem("start", "the start must come after the snapshot: the state is that of the end of that day");
  return sound;
}

std::vector<Problem> validate(const Scenario& scenario) {
  Findings findings;
  check_scenario(scenario, findings);
  if (scenario.state && !findings.any_error()) tell_repairs(scenario, findings);
  if (!findings.any_error()) check_load(scenario, findings);
  if (!findings.any_error()) check_draws(scenario, findings);
  return std::move(findings).take();
}

}  // namespace ketensim

// Nobody is lost, counted from what the visits tell, on random chains under random interventions.
#include <fmt/core.h>

#include <array>
#include <map>

#include "engine/kernel/case_id.hpp"
#include "tests/properties/any_chain.hpp"
#include "tests/support/chain_text.hpp"
#include "tests/support/open_cases.hpp"

namespace ketensim {
namespace {

using namespace support;

bool has(const Scenario& scenario, std::string_view kind) {
  return std::any_of(scenario.interventions.begin(), scenario.interventions.end(),
                     [&](const Intervention& i) { return i.kind == kind; });
}

std::string moments_in_order(const Watched& run) {
  for (const LoggedVisit& v : run.visits) {
    const bool ordered = (!v.was_started() || v.started >= v.received) && (!v.is_over() || v.ended >= v.received) &&
                         (!v.is_over() || !v.was_started() || v.ended >= v.started) &&
                         (v.received >= 0.0 || (run.model.state.open && !run.model.state.open->cases.empty())) &&
                         !(v.ended < 0.0);
    const bool complete = v.is_over() ? v.was_started() != v.withdrawn : !v.withdrawn;
    if (!ordered || !complete) return in_words(run, v);
  }
  return {};
}

/// Each figure of the whole period that can be counted from the visits: how many came to a step, started, went from it,
/// and how many are still there.
std::string figures_recounted(const Watched& run) {
  const std::size_t all = run.layout.periods.size() - 1;
  const double start = run.model.start, end = run.model.end;
  const auto reported = [&](double moment) { return moment >= start && moment < end; };
  for (std::size_t s = 0; s < run.model.steps.size(); ++s) {
    std::map<std::string, double> count{{"inflow", 0.0}, {"started", 0.0},   {"outflow", 0.0},
                                        {"left", 0.0},   {"queue_end", 0.0}, {"wip_end", 0.0}};
    double open_at_start = 0.0;
    for (const LoggedVisit& v : run.visits) {
      if (v.step != s) continue;
      count["inflow"] += reported(v.received);
      count["started"] += reported(v.started);
      count["outflow"] += reported(v.ended);
      count["left"] += v.withdrawn && reported(v.ended);
      count["queue_end"] += !v.is_over() && !v.was_started();
      count["wip_end"] += !v.is_over() && v.was_started();
      open_at_start += v.received < start && !(v.ended < start);
    }
    for (const auto& [indicator, counted] : count) {
      const double figure = run.figure(run.model.organisation_of(s), run.model.step_names[s], indicator, all);
      if (figure != counted)
        return fmt::format("{} at {}.{} is {}, counted {}", indicator, run.model.organisation_of(s),
                           run.model.step_names[s], figure, counted);
    }
    if (open_at_start + count["inflow"] != count["outflow"] + count["queue_end"] + count["wip_end"])
      return fmt::format("{}.{} has {} at the start, inflow {}, outflow {}, and keeps {} and {}",
                         run.model.organisation_of(s), run.model.step_names[s], open_at_start, count["inflow"],
                         count["outflow"], count["queue_end"], count["wip_end"]);
  }
  return {};
}

/// Who waits at the end, by how long, counted from the visits.
std::string waits_recounted(const Watched& run) {
  constexpr std::array kNames{"queue_to_1w", "queue_to_4w", "queue_to_13w", "queue_over_13w"};
  const std::size_t all = run.layout.periods.size() - 1;
  for (std::size_t s = 0; s < run.model.steps.size(); ++s) {
    std::array<double, kNames.size()> counted{};
    for (const LoggedVisit& v : run.visits) {
      if (v.step != s || v.is_over() || v.was_started()) continue;
      const double days = run.model.end - v.received;
      ++counted[days <= 7.0 + 1e-8 ? 0 : days <= 28.0 + 1e-8 ? 1 : days <= 91.0 + 1e-8 ? 2 : 3];
    }
    for (std::size_t band = 0; band < kNames.size(); ++band) {
      const double figure = run.figure(run.model.organisation_of(s), run.model.step_names[s], kNames[band], all);
      if (figure != counted[band])
        return fmt::format("{} at {}.{} is {}, counted {}", kNames[band], run.model.organisation_of(s),
                           run.model.step_names[s], figure, counted[band]);
    }
  }
  return {};
}

/// Each way of the whole period, counted from the visits of every case in turn. Not with steps done together, nor from
/// a state, whose cases were sent by visits that are not told.
std::string ways_recounted(const Watched& run) {
  const std::uint32_t outside = static_cast<std::uint32_t>(run.model.steps.size()), again = outside + 1;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> counted, told;
  std::map<std::uint64_t, std::vector<LoggedVisit>> cases;
  for (const LoggedVisit& visit : run.visits) cases[visit.case_id].push_back(visit);
  const auto reported = [&](double moment) { return moment >= run.model.start && moment < run.model.end; };
  for (auto& [id, visits] : cases) {
    std::stable_sort(visits.begin(), visits.end(),
                     [](const LoggedVisit& a, const LoggedVisit& b) { return a.received < b.received; });
    std::uint32_t from = CaseId::episode(id) > 0 ? again : outside;
    for (const LoggedVisit& visit : visits) {
      const auto step = static_cast<std::uint32_t>(visit.step);
      if (reported(visit.received)) ++counted[{from, step}];
      if (visit.is_over() && visit.next == Visit::kOut && reported(visit.ended)) ++counted[{step, outside}];
      from = step;
    }
  }
  for (const WayCount& way : run.ways) told[{way.from, way.to}] = way.count;
  if (told == counted) return {};
  for (const auto& [way, count] : counted)
    if (told[way] != count)
      return fmt::format("from {} to {} went {}, counted {}", way.first, way.second, told[way], count);
  return "someone went a way that no visit tells of";
}

/// A case's visits hang together: whoever comes to a step was sent there by the visit before, not later than that was
/// over, and whoever left for `out` comes nowhere anymore.
std::string paths_hang_together(const Watched& run) {
  std::map<std::uint64_t, std::vector<LoggedVisit>> cases;
  for (const LoggedVisit& visit : run.visits) cases[visit.case_id].push_back(visit);
  for (auto& [id, visits] : cases) {
    std::stable_sort(visits.begin(), visits.end(),
                     [](const LoggedVisit& a, const LoggedVisit& b) { return a.received < b.received; });
    for (std::size_t i = 1; i < visits.size(); ++i) {
      const LoggedVisit &last = visits[i - 1], &visit = visits[i];
      if (!last.is_over() || last.next != static_cast<std::int32_t>(visit.step) || visit.received < last.ended)
        return in_words(run, last) + "\n" + in_words(run, visit);
    }
  }
  return {};
}

std::string lost(const Scenario& scenario) {
  const auto run = watch(scenario);  // throws if the engine itself finds cases or slots lost
  std::string found = moments_in_order(*run);
  if (found.empty()) found = figures_recounted(*run);
  if (found.empty()) found = waits_recounted(*run);
  if (found.empty() && !has(scenario, "together")) found = paths_hang_together(*run);
  if (found.empty() && !has(scenario, "together") && !scenario.state) found = ways_recounted(*run);
  return found;
}

RC_GTEST_PROP(Cases, AreConservedThroughEveryLeverAloneAndCombined, (const AnyChain& chain)) {
  if (const std::string found = lost(chain.scenario); !found.empty()) RC_FAIL(found);
  for (const Intervention& intervention : chain.scenario.interventions) {
    Scenario alone = chain.scenario;
    alone.interventions = {intervention};
    if (!is_valid(alone)) continue;  // a step that only another intervention makes reachable
    if (const std::string found = lost(alone); !found.empty()) RC_FAIL(written(intervention) + " alone: " + found);
  }
}

/// The chain from the state in which a run without interventions is at the start of its period, and under those of its
/// interventions that begin later.
Scenario from_state(const Scenario& scenario, bool known) {
  Scenario forecast = scenario, history = scenario;
  history.interventions.clear();
  forecast.interventions.clear();
  forecast.state = std::make_shared<const ChainState>(cut(*watch(history), scenario.period.start, known));
  forecast.period.warm_up = {};
  for (const Intervention& intervention : scenario.interventions) {
    forecast.interventions.push_back(intervention);
    if (!is_valid(forecast)) forecast.interventions.pop_back();
  }
  return forecast;
}

RC_GTEST_PROP(Cases, OfAStateAreConservedThroughEveryLever, (const AnyChain& chain)) {
  const bool known = chain.choices % 2 == 0;  // where those are who have ended
  if (const std::string found = lost(from_state(chain.scenario, known)); !found.empty()) RC_FAIL(found);
}

}  // namespace
}  // namespace ketensim

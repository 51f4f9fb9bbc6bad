// The past again: the chain driven by what was recorded.
#include "ketensim/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>

#include "calibration/chain/state.hpp"

namespace ketensim {
namespace {

using chain::Evidence;
using std::size_t;

constexpr double kApart = 0.8;    // a step with fewer months inside its 90% band is said to part
constexpr double kAlike = 0.005;  // figures that differ by less make no queue

/// The families received at an entry, and each child that came back.
std::shared_ptr<const std::vector<Stream::Recorded>> recorded_at(const Evidence& evidence, std::int32_t step,
                                                                 double from, double until,
                                                                 const std::vector<std::int32_t>& attributes) {
  std::map<std::pair<double, std::int32_t>, Stream::Recorded> families;
  for (const MonitorCase& of : evidence.linked().cases) {
    const std::int32_t first = evidence.linked().visits[of.first];
    const MonitorVisit& visit = evidence.visit(first);
    const double moment = visit.received.earliest;
    if (visit.step != step || of.beginning_unseen || moment < from || moment >= until) continue;
    const auto [at, is_first] = families.try_emplace({moment, evidence.family(first)});
    if (!is_first) {
      ++at->second.children;
      continue;
    }
    at->second.moment = moment;
    for (const std::int32_t attribute : attributes) {
      const std::int32_t value = evidence.value(first, attribute);
      at->second.values.emplace_back(value == kUnknown ? "" : std::string(evidence.value_name(attribute, value)));
    }
  }
  auto recorded = std::make_shared<std::vector<Stream::Recorded>>();
  for (auto& [key, family] : families) recorded->push_back(std::move(family));
  return recorded;
}

void record(const Evidence& evidence, const Calibration& calibration, double from, double until, Chain& chain) {
  std::vector<std::int32_t> attributes;
  for (const std::int32_t attribute : evidence.attributes())
    if (evidence.at_entry(attribute)) attributes.push_back(attribute);
  for (size_t s = 0; s < chain.streams.size(); ++s) {
    Stream& stream = chain.streams[s];
    stream.recorded = recorded_at(evidence, calibration.streams[s].to, from, until, attributes);
    for (const std::int32_t attribute : attributes)
      stream.recorded_attributes.push_back(evidence.monitor().attributes[static_cast<size_t>(attribute)]);
  }
  chain.returns.reset();  // they are among the recorded
}

/// What is recorded in one chain for another.
Chain with_recorded(Chain chain, const Chain& recorded) {
  for (size_t s = 0; s < chain.streams.size(); ++s) {
    chain.streams[s].recorded = recorded.streams[s].recorded;
    chain.streams[s].recorded_attributes = recorded.streams[s].recorded_attributes;
  }
  chain.returns.reset();
  return chain;
}

}  // namespace

Scenario replay_scenario(const ImportPlan& plan, const Monitor& monitor, const Calibration& calibration, Date from,
                         Date until, int replications, std::uint64_t seed) {
  Scenario scenario = calibration.scenario;
  scenario.id = "replay";
  scenario.replications = replications;
  scenario.seed = seed;
  scenario.period.start = from;
  scenario.period.end = until;
  const Linked all = link(monitor);
  record(Evidence(plan, monitor, all), calibration, chain::moment_of(from), chain::moment_of(until), scenario.chain);
  for (auto& drawn : scenario.drawn) drawn = std::make_shared<const Chain>(with_recorded(*drawn, scenario.chain));
  const Monitor before = known_at(monitor, from - std::chrono::days{1});
  const Linked linked = link(before);
  ChainState state = chain::chain_state(Evidence(plan, before, linked), calibration);
  std::erase_if(state.cases, [](const OpenCase& open) { return open.next == "out"; });
  scenario.state = std::make_shared<const ChainState>(std::move(state));
  return scenario;
}

namespace {

/// The means over months of what one step did, simulated and observed.
struct Means {
  double observed = 0.0, simulated = 0.0;
  int months = 0;
};

class Comparing {
 public:
  Comparing(const Results& results, std::span<const ObservedFigure> observed) : results_(results) {
    for (const ObservedFigure& figure : observed) add(figure);
  }

  Replay take() && {
    for (const auto& [place, means] : means_) judge(place, means);
    return std::move(replay_);
  }

 private:
  using Place = std::pair<std::string, std::string>;

  void add(const ObservedFigure& figure) {
    const size_t number = results_.find(figure.organisation, figure.step, figure.indicator);
    if (number == Results::npos) return;
    for (size_t p = 0; p < results_.base_periods && p < figure.values.size(); ++p) {
      if (std::isnan(figure.values[p])) continue;
      const Summary simulated = summarise(results_, number, p);
      if (simulated.defined == 0) continue;
      const ReportedPeriod& period = results_.periods[p];
      replay_.figures.push_back(
          {figure.organisation, figure.step, figure.indicator, period, figure.values[p], figure.cases[p], simulated});
      Means& means = means_[{figure.organisation, figure.step}][figure.indicator];
      means.observed += figure.values[p];
      means.simulated += simulated.mean;
      ++means.months;
    }
  }

  /// Of the simulated pasts: the share with no more months inside the band.
  double share_no_better(std::span<const Replayed* const> months, int inside) const {
    const Replayed& first = *months.front();
    const size_t number = results_.find(first.organisation, first.step, first.indicator);
    std::vector<int> own(static_cast<size_t>(results_.replications));
    for (const Replayed* month : months) {
      const size_t period = results_.find_period(month->period.label);
      for (int r = 0; r < results_.replications; ++r)
        own[static_cast<size_t>(r)] += month->holds(results_.value(r, number, period));
    }
    const auto no_better = std::count_if(own.begin(), own.end(), [inside](int held) { return held <= inside; });
    return static_cast<double>(no_better) / results_.replications;
  }

  static double mean(const std::map<std::string, Means>& means, const char* indicator, bool observed) {
    const auto at = means.find(indicator);
    if (at == means.end() || at->second.months == 0) return 0.0;
    return (observed ? at->second.observed : at->second.simulated) / at->second.months;
  }

  void judge(const Place& place, const std::map<std::string, Means>& means) {
    ReplayedStep step;
    step.organisation = place.first;
    step.step = place.second;
    int inside = 0;
    std::vector<double> waiting;
    std::vector<const Replayed*> months;
    for (const Replayed& figure : replay_.figures) {
      if (figure.organisation != place.first || figure.step != place.second || figure.indicator != "queue_end")
        continue;
      months.push_back(&figure);
      ++step.months;
      inside += figure.inside();
      waiting.push_back(figure.observed);
    }
    if (step.months == 0) return;
    step.inside = static_cast<double>(inside) / step.months;
    step.by_chance = share_no_better(months, inside);
    step.queues = real_queue(waiting);
    step.queue_observed = mean(means, "queue_end", true);
    step.queue_simulated = mean(means, "queue_end", false);
    step.little_observed = little(means, true);
    step.little_simulated = little(means, false);
    if (step.queues && step.inside < kApart) step.cause = likeliest_cause(means);
    replay_.steps.push_back(std::move(step));
  }

  static double little(const std::map<std::string, Means>& means, bool observed) {
    const double waiting = mean(means, "started", observed) / kDaysPerMonth * mean(means, "wait_mean", observed);
    return waiting > 0.0 ? mean(means, "queue_end", observed) / waiting : std::numeric_limits<double>::quiet_NaN();
  }

  /// Which of what makes a queue differs most between the two, as a share.
  static std::string likeliest_cause(const std::map<std::string, Means>& means) {
    const auto apart = [&](auto&& figure) {
      const double observed = figure(true), simulated = figure(false);
      return observed > 0.0 && simulated > 0.0 ? std::abs(std::log(simulated / observed)) : 0.0;
    };
    const double inflow = apart([&](bool of) { return mean(means, "inflow", of); });
    const double busy = apart([&](bool of) { return mean(means, "wip_end", of); });
    const double pace = apart([&](bool of) {
      const double wip = mean(means, "wip_end", of);
      return wip > 0.0 ? (mean(means, "outflow", of) - mean(means, "left", of)) / wip : 0.0;
    });
    const double most = std::max({inflow, busy, pace});
    if (most < kAlike) return "order";
    return most == inflow ? "route" : most == busy ? "capacity" : "duration";
  }

  const Results& results_;
  std::map<Place, std::map<std::string, Means>> means_;
  Replay replay_;
};

}  // namespace

Replay compare_replay(const Results& results, std::span<const ObservedFigure> observed) {
  return Comparing(results, observed).take();
}

}  // namespace ketensim

// From linked deliveries to a chain: every fit, then the chain at the estimates and at the draws.
#include <fmt/core.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "calibration/chain/assemble.hpp"
#include "calibration/chain/fit_steps.hpp"
#include "calibration/chain/fit_streams.hpp"
#include "calibration/chain/remarks.hpp"
#include "calibration/chain/state.hpp"

namespace ketensim {
namespace chain {
namespace {

using std::size_t;

Period period_of(const Evidence& evidence, const CalibrationOptions& options) {
  Period period;
  period.start = evidence.monitor().until;
  const std::chrono::year_month_day first{period.start};
  period.end = Date{(first.year() + std::chrono::years{options.years}) / first.month() / first.day()};
  period.calendar = evidence.plan().calendar;
  period.region = evidence.plan().region;
  period.resolution = evidence.daily() ? Resolution::day : Resolution::continuous;
  period.handed_over_on_working_days = evidence.handed_over_on_working_days();
  return period;
}

/// Steps in the order in which cases first reach them: those where most enter first.
std::vector<std::int32_t> steps_in_order(const Evidence& evidence) {
  const auto count = static_cast<std::int32_t>(evidence.monitor().steps.size());
  std::vector<double> places(static_cast<size_t>(count)), visits(places);
  for (const MonitorCase& of : evidence.linked().cases) {
    if (of.beginning_unseen) continue;
    for (size_t i = 0; i < of.count; ++i) {
      const auto step = static_cast<size_t>(evidence.visit(evidence.linked().visits[of.first + i]).step);
      places[step] += static_cast<double>(i);
      visits[step] += 1.0;
    }
  }
  const auto place = [&](std::int32_t step) {
    const auto s = static_cast<size_t>(step);
    return visits[s] > 0.0 ? places[s] / visits[s] : 1e9;
  };
  std::vector<std::int32_t> order;
  for (std::int32_t step = 0; step < count; ++step)
    if (!evidence.visits_at(step).empty()) order.push_back(step);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return place(a) < place(b); });
  return order;
}

void fit_all(const Evidence& evidence, const CalibrationOptions& options, Calibration& fits) {
  const std::vector<std::int32_t> steps = steps_in_order(evidence);
  fits.steps.resize(steps.size());
  std::vector<std::function<void()>> tasks;
  for (size_t s = 0; s < steps.size(); ++s)
    tasks.emplace_back([&, s] { fits.steps[s] = fit_step(evidence, steps[s], options.fit); });
  tasks.emplace_back([&] { fits.capacity = fit_capacity(evidence.monitor(), evidence.linked(), evidence.calendar()); });
  tasks.emplace_back([&] {
    fits.returns = fit_returns(evidence, options.fit);
    fits.returns_to = returns_to(evidence);
    fits.streams = fit_streams(evidence, fits.returns);
  });
  // The longest first, so that none is left to the end alone.
  std::reverse(tasks.begin(), tasks.end());
  tbb::parallel_for(size_t{0}, tasks.size(), [&](size_t t) { tasks[t](); });
  fits.attributes = fit_attributes(evidence, fits.capacity, options.fit.level);
}

void find_problems(const Evidence& evidence, Calibration& fits) {
  if (fits.streams.empty()) fits.problems.push_back("nobody enters the chain: no case begins at one of the `entries`");
  for (const StreamFit& stream : fits.streams)
    for (const std::string& problem : stream.arrivals.problems)
      fits.problems.push_back(
          fmt::format("arrivals at {}: {}", evidence.monitor().steps[static_cast<size_t>(stream.to)].id, problem));
}

}  // namespace
}  // namespace chain

Calibration calibrate(const ImportPlan& plan, const Monitor& monitor, const Linked& linked,
                      const CalibrationOptions& options) {
  using namespace chain;
  const Evidence evidence(plan, monitor, linked);
  const int threads = options.threads > 0 ? options.threads : tbb::this_task_arena::max_concurrency();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  Calibration fits;
  tbb::task_arena arena(threads);
  arena.execute([&] { fit_all(evidence, options, fits); });
  find_problems(evidence, fits);
  if (!fits.ok()) return fits;

  Scenario& scenario = fits.scenario;
  scenario.id = "chain";
  scenario.name = plan.name;
  scenario.period = period_of(evidence, options);
  scenario.replications = options.replications;
  scenario.seed = options.seed;
  Figures estimates;
  scenario.chain = assemble(evidence, fits, estimates);
  scenario.drawn.resize(static_cast<size_t>(options.draws));
  arena.execute([&] {
    tbb::parallel_for(0, options.draws, [&](int draw) {
      Figures figures(options.seed, draw);
      scenario.drawn[static_cast<size_t>(draw)] = std::make_shared<const Chain>(assemble(evidence, fits, figures));
    });
  });
  scenario.state = std::make_shared<const ChainState>(chain_state(evidence, fits));
  add_remarks(evidence, options, fits);
  return fits;
}

}  // namespace ketensim

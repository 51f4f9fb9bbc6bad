#include "ketensim/simulate.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "engine/kernel/simulator.hpp"
#include "engine/statistics/case_log.hpp"

namespace ketensim {
namespace {

/// A scenario with its compiled model and the place for its results.
struct Job {
  Model model;
  Layout layout;
  std::vector<std::string> logs;  // per replication
};

void require_valid(const Scenario& scenario) {
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
}

void require_single(const Scenario& scenario) {
  for (const Intervention& intervention : scenario.interventions)
    for (const auto& [key, value] : intervention.settings.values)
      if (std::holds_alternative<std::vector<Change>>(value))
        throw std::invalid_argument(scenario.id + ": a range of changes stands for several scenarios: see variants()");
}

std::unique_ptr<Job> prepare(const Scenario& scenario, Results& results, int log_replications) {
  require_valid(scenario);
  require_single(scenario);
  auto job = std::make_unique<Job>();
  job->layout = lay_out_periods(scenario.period);
  job->model = compile(scenario, job->layout.cells);
  lay_out_figures(job->model, job->layout);
  job->logs.resize(static_cast<std::size_t>(std::min(log_replications, scenario.replications)));
  results.scenario = scenario.id;
  results.name = scenario.name;
  results.text = scenario.text;
  results.seed = scenario.seed;
  results.replications = scenario.replications;
  results.figures = job->layout.figures;
  results.periods = job->layout.periods;
  results.base_periods = job->layout.base_periods;
  results.values.resize(static_cast<std::size_t>(scenario.replications) * job->layout.size());
  if (log_replications > 0) results.cases_header = CaseLog::header(job->model);
  return job;
}

}  // namespace

std::vector<Results> simulate(const std::vector<Scenario>& scenarios, const RunOptions& options) {
  std::vector<Results> results(scenarios.size());
  std::vector<std::unique_ptr<Job>> jobs;
  struct Task {
    std::size_t scenario;
    int replication;
  };
  std::vector<Task> tasks;
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    jobs.push_back(prepare(scenarios[s], results[s], options.log_replications));
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (int r = 0; r < scenarios[s].replications; ++r) tasks.push_back({s, r});

  const int threads = options.threads > 0 ? options.threads : tbb::this_task_arena::max_concurrency();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  // Each worker keeps one simulator per scenario and reuses its memory; what it simulates does not depend on which one.
  using Simulators = std::vector<std::unique_ptr<Simulator>>;
  tbb::enumerable_thread_specific<Simulators> workers([&] { return Simulators(scenarios.size()); });
  std::vector<std::atomic<std::uint64_t>> scenario_events(scenarios.size());
  int done = 0;
  std::mutex progress;

  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      const auto [s, r] = tasks[t];
      Job& job = *jobs[s];
      std::unique_ptr<Simulator>& simulator = workers.local()[s];
      if (!simulator) simulator = std::make_unique<Simulator>(job.model, job.layout);
      double* values = results[s].values.data() + static_cast<std::size_t>(r) * job.layout.size();
      if (static_cast<std::size_t>(r) < job.logs.size()) {
        CaseLog log(job.model, scenarios[s].id, r);
        simulator->run(scenarios[s].seed, r, values, &log);
        job.logs[static_cast<std::size_t>(r)] = log.take();
      } else {
        simulator->run(scenarios[s].seed, r, values);
      }
      scenario_events[s] += simulator->events();
      if (options.progress) {
        const std::lock_guard lock(progress);
        options.progress(++done, static_cast<int>(tasks.size()));
      }
    });
  });
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    results[s].events = static_cast<double>(scenario_events[s].load());
    for (const std::string& log : jobs[s]->logs) results[s].cases_csv += log;
  }
  return results;
}

}  // namespace ketensim

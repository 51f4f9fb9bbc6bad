#include "engine/experiment/simulate.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "engine/kernel/drawn.hpp"
#include "engine/kernel/simulator.hpp"
#include "engine/statistics/case_log.hpp"

namespace ketensim {
namespace {

/// A scenario with its model, what is reported of it and the place for its results.
struct Job {
  const Scenario& scenario;
  Results& results;
  Model model;  // of its own chain, even where every replication runs on a drawn one
  Layout layout;
  int first = 0;                  // number of the first replication
  std::vector<std::string> logs;  // per replication
  std::atomic<std::uint64_t> events{0};

  int draws() const { return std::max(1, static_cast<int>(scenario.drawn.size())); }
};

void require_valid(const Scenario& scenario) {
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
}

void require_sound(const RunOptions& options) {
  if (options.first_replication < 0) throw std::invalid_argument("replications count from 0");
  if (options.observe && options.log_replications > 0)
    throw std::invalid_argument("a replication that is logged has no other observer");
}

void require_single(const Scenario& scenario) {
  for (const Intervention& intervention : scenario.interventions)
    for (const auto& [key, value] : intervention.settings.values)
      if (std::holds_alternative<std::vector<Change>>(value))
        throw std::invalid_argument(scenario.id + ": a range of changes stands for several scenarios: see variants()");
}

/// Children may come back under some draw only: that is reported of all.
void allow_for_drawn_returns(const Scenario& scenario, Model& model) {
  for (const auto& chain : scenario.drawn)
    if (chain->returns) model.return_shares.front() = std::max(model.return_shares.front(), chain->returns->share);
}

void require_warm_up(const Scenario& scenario) {
  if (scenario.period.chooses_warm_up)
    throw std::invalid_argument(scenario.id + ": its warm-up is still to be chosen: see choose_warm_up()");
}

std::unique_ptr<Job> prepare(const Scenario& scenario, Results& results, const RunOptions& options,
                             QuantileTables& tables, const Model* alike) {
  auto job = std::unique_ptr<Job>(new Job{scenario, results, {}, {}, 0, {}});
  job->first = std::min(options.first_replication, scenario.replications);
  const int replications = scenario.replications - job->first;
  job->layout = lay_out_periods(scenario.period);
  job->model = compile(scenario, job->layout.cells, tables, alike);
  allow_for_drawn_returns(scenario, job->model);
  lay_out_figures(job->model, job->layout);
  job->logs.resize(static_cast<std::size_t>(std::min(options.log_replications, replications)));
  results.scenario = scenario.id;
  results.name = scenario.name;
  results.text = scenario.text;
  results.seed = scenario.seed;
  results.replications = replications;
  results.figures = job->layout.figures;
  results.periods = job->layout.periods;
  results.base_periods = job->layout.base_periods;
  results.values.resize(static_cast<std::size_t>(replications) * job->layout.size());
  if (options.log_replications > 0) results.cases_header = CaseLog::header(job->model);
  return job;
}

void replicate(Job& job, const Model& model, Simulator& simulator, int replication,
               std::unique_ptr<Observer> observer) {
  const auto r = static_cast<std::size_t>(replication - job.first);
  double* values = job.results.values.data() + r * job.layout.size();
  if (r < job.logs.size()) {
    CaseLog log(model, job.scenario.id, replication);
    simulator.run(job.scenario.seed, replication, values, &log);
    job.logs[r] = log.take();
  } else {
    simulator.run(job.scenario.seed, replication, values, observer.get());
  }
  job.events += simulator.events();
}

/// The first replication to be simulated that runs on this draw.
int first_on_draw(const Job& job, int draw) {
  const int draws = job.draws();
  return job.first + ((draw - job.first) % draws + draws) % draws;
}

/// All replications, of all scenarios, that run on the draw with this number (where there are no draws: all of them).
/// The models of a draw, and the tables that they share, live only so long.
template <class Done>
void run_draw(std::vector<std::unique_ptr<Job>>& jobs, int draw, const QuantileTables& common,
              const RunOptions& options, Done done) {
  QuantileTables tables(&common);
  std::vector<Model> drawn(jobs.size());
  std::vector<const Model*> models(jobs.size());
  struct Task {
    std::size_t scenario;
    int replication;
  };
  std::vector<Task> tasks;
  for (std::size_t s = 0; s < jobs.size(); ++s) {
    const Job& job = *jobs[s];
    models[s] = &job.model;
    if (draw >= job.draws()) continue;
    const std::size_t known = tasks.size();
    for (int r = first_on_draw(job, draw); r < job.scenario.replications; r += job.draws()) tasks.push_back({s, r});
    if (tasks.size() == known) continue;
    if (!job.scenario.drawn.empty()) {
      drawn[s] =
          compile(under_draw(job.scenario, static_cast<std::size_t>(draw)), job.layout.cells, tables, &job.model);
      models[s] = &drawn[s];
    }
  }
  // Each worker keeps one simulator per scenario and reuses its memory; what it simulates does not depend on which one.
  using Simulators = std::vector<std::unique_ptr<Simulator>>;
  tbb::enumerable_thread_specific<Simulators> workers([&] { return Simulators(jobs.size()); });
  tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
    const auto [s, replication] = tasks[t];
    std::unique_ptr<Simulator>& simulator = workers.local()[s];
    if (!simulator) simulator = std::make_unique<Simulator>(*models[s], jobs[s]->layout);
    replicate(*jobs[s], *models[s], *simulator, replication,
              options.observe ? options.observe(s, replication) : nullptr);
    done();
  });
}

}  // namespace

std::vector<Results> simulate(const std::vector<Scenario>& scenarios, const RunOptions& options) {
  for (const Scenario& scenario : scenarios) {
    if (!options.validated && !options.differ_in_capacity) require_valid(scenario);
    require_single(scenario);
    require_warm_up(scenario);
  }
  return simulate_valid(scenarios, {}, options);
}

std::vector<Results> simulate_valid(const std::vector<Scenario>& scenarios, const std::vector<const Model*>& alike,
                                    const RunOptions& options) {
  require_sound(options);
  std::vector<Results> results(scenarios.size());
  std::vector<std::unique_ptr<Job>> jobs;
  QuantileTables tables;
  int draws = 0, total = 0;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const Model* first = options.differ_in_capacity && s > 0 ? &jobs.front()->model : nullptr;
    jobs.push_back(prepare(scenarios[s], results[s], options, tables, alike.empty() ? first : alike[s]));
    draws = std::max(draws, jobs[s]->draws());
    total += results[s].replications;
  }

  const int threads = options.threads > 0 ? options.threads : tbb::this_task_arena::max_concurrency();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  int done = 0;
  std::mutex progress;
  const auto one_done = [&] {
    if (!options.progress) return;
    const std::lock_guard lock(progress);
    options.progress(++done, total);
  };

  arena.execute([&] {
    tbb::parallel_for(0, draws, [&](int draw) {
      // Who waits for the last replications of a draw does not begin another one meanwhile: as many draws are in
      // memory as there are threads.
      tbb::this_task_arena::isolate([&] { run_draw(jobs, draw, tables, options, one_done); });
    });
  });
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    results[s].events = static_cast<double>(jobs[s]->events.load());
    for (const std::string& log : jobs[s]->logs) results[s].cases_csv += log;
  }
  return results;
}

}  // namespace ketensim

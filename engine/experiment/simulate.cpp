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
  std::vector<std::string> logs;            // per replication
  std::vector<std::vector<WayCount>> ways;  // per replication
  std::atomic<std::uint64_t> events{0};

  int draws() const { return std::max(1, static_cast<int>(scenario.drawn.size())); }
  /// Its replications: those of its shard.
  int first() const { return results.first_replication; }
  int last() const { return results.first_replication + results.replications; }
  /// The first of them that runs on the draw.
  int first_on(int draw) const { return first() + (draw - first() % draws() + draws()) % draws(); }
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

/// A shard has the replications from this one on, up to the first of the next.
int first_of_shard(int replications, int shard, int shards) {
  return static_cast<int>(std::int64_t{replications} * shard / shards);
}

std::unique_ptr<Job> prepare(const Scenario& scenario, Results& results, const RunOptions& options,
                             QuantileTables& tables, const Model* alike) {
  auto job = std::unique_ptr<Job>(new Job{scenario, results, {}, {}, {}, {}});
  job->layout = lay_out_periods(scenario.period);
  job->model = compile(scenario, job->layout.cells, tables, alike);
  allow_for_drawn_returns(scenario, job->model);
  lay_out_figures(job->model, job->layout);
  const int end = first_of_shard(scenario.replications, options.shard + 1, options.shards);
  results.first_replication = std::min(
      end, std::max(options.first_replication, first_of_shard(scenario.replications, options.shard, options.shards)));
  results.replications = end - results.first_replication;
  job->logs.resize(static_cast<std::size_t>(
      std::clamp(options.log_replications - results.first_replication, 0, results.replications)));
  job->ways.resize(static_cast<std::size_t>(results.replications));
  results.scenario = scenario.id;
  results.name = scenario.name;
  results.text = scenario.text;
  results.seed = scenario.seed;
  results.figures = job->layout.figures;
  results.periods = job->layout.periods;
  results.base_periods = job->layout.base_periods;
  if (options.log_replications > 0) results.cases_header = CaseLog::header(job->model);
  return job;
}

void replicate(Job& job, const Model& model, Simulator& simulator, int replication,
               std::unique_ptr<Observer> observer) {
  const auto r = static_cast<std::size_t>(replication - job.first());
  std::vector<double> row(job.results.file ? job.layout.size() : 0);
  double* values = job.results.file ? row.data() : job.results.values.data() + r * job.layout.size();
  if (r < job.logs.size()) {
    CaseLog log(model, job.scenario.id, replication);
    simulator.run(job.scenario.seed, replication, values, &log);
    job.logs[r] = log.take();
  } else {
    simulator.run(job.scenario.seed, replication, values, observer.get());
  }
  if (job.results.file) job.results.file->put(r, values);
  job.ways[r] = simulator.ways();
  job.events += simulator.events();
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
    if (draw >= job.draws() || job.first_on(draw) >= job.last()) continue;
    if (!job.scenario.drawn.empty()) {
      drawn[s] =
          compile(under_draw(job.scenario, static_cast<std::size_t>(draw)), job.layout.cells, tables, &job.model);
      models[s] = &drawn[s];
    }
    for (int r = job.first_on(draw); r < job.last(); r += job.draws()) tasks.push_back({s, r});
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

/// Room for the values of all scenarios: in memory if they are few.
void make_room(std::vector<std::unique_ptr<Job>>& jobs, std::size_t most_in_memory) {
  const auto rows = [](const Job& job) { return static_cast<std::size_t>(job.results.replications); };
  std::size_t bytes = 0;
  for (const auto& job : jobs) bytes += rows(*job) * job->layout.size() * sizeof(double);
  for (const auto& job : jobs)
    if (bytes > most_in_memory)
      job->results.file = std::make_shared<ValueFile>(rows(*job), job->layout.size());
    else
      job->results.values.resize(rows(*job) * job->layout.size());
}

}  // namespace

std::vector<Results> simulate(const std::vector<Scenario>& scenarios, const RunOptions& options) {
  for (const Scenario& scenario : scenarios) {
    if (!options.validated && !options.differ_in_capacity) require_valid(scenario);
    require_single(scenario);
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
    require_warm_up(scenarios[s]);
    const Model* first = options.differ_in_capacity && s > 0 ? &jobs.front()->model : nullptr;
    jobs.push_back(prepare(scenarios[s], results[s], options, tables, alike.empty() ? first : alike[s]));
    draws = std::max(draws, std::min(jobs[s]->draws(), scenarios[s].replications));
    total += results[s].replications;
  }
  make_room(jobs, options.most_in_memory);

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
    results[s].flows = gather_flows(jobs[s]->model, jobs[s]->ways);
  }
  return results;
}

}  // namespace ketensim

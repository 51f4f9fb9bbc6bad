#include "engine/experiment/trials.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>

#include "engine/experiment/simulate.hpp"
#include "engine/statistics/indicators.hpp"

namespace ketensim {

const std::array<ObjectiveKind, kObjectives>& objective_kinds() {
  static const std::array<ObjectiveKind, kObjectives> kinds{{{"waiting", "waiting_mean", true},
                                                             {"lead_time", "chain_mean", true},
                                                             {"to_help", "to_help_mean", true},
                                                             {"norm_met", "norm_met", false}}};
  return kinds;
}

namespace {

/// Whether who is in the chain as it begins is as without the intervention.
bool leaves_state_alone(const Intervention& intervention) {
  return intervention.kind == "capacity" || intervention.kind == "wip_limit";
}

Scenario reported_whole(Scenario scenario) {
  scenario.text.clear();
  scenario.period.report = Report::all;
  return scenario;
}

/// What is checked of a scenario for its interventions: who is in its state, and its draws, were checked already.
void check(Scenario scenario) {
  scenario.drawn.clear();
  if (scenario.state) scenario.state = std::make_shared<ChainState>(ChainState{"", scenario.state->snapshot, {}});
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
}

}  // namespace

Trials::Trials(const Scenario& scenario, int threads, std::function<void(int done, int total)> progress)
    : scenario_(reported_whole(scenario)),
      model_(compile(scenario_, lay_out_periods(scenario_.period).cells)),
      threads_(threads),
      progress_(std::move(progress)) {}

Scenario Trials::with(const std::vector<Intervention>& more) const {
  Scenario scenario = scenario_;
  scenario.interventions.insert(scenario.interventions.end(), more.begin(), more.end());
  return scenario;
}

std::size_t Trials::add(const std::vector<Intervention>& more) {
  check(with(more));
  variants_.push_back({more, {}, {}});
  return variants_.size() - 1;
}

void Trials::run(const std::vector<std::size_t>& variants, int first, int last, const Observe& observe) {
  std::vector<Scenario> scenarios;
  std::vector<const Model*> alike;
  for (const std::size_t variant : variants) {
    const std::vector<Intervention>& more = variants_[variant].more;
    scenarios.push_back(with(more));
    scenarios.back().replications = last;
    alike.push_back(std::all_of(more.begin(), more.end(), leaves_state_alone) ? &model_ : nullptr);
  }
  RunOptions options;
  options.threads = threads_;
  options.first_replication = first;
  if (observe) options.observe = [&](std::size_t, int replication) { return observe(replication); };
  const int before = done_;
  if (progress_)
    options.progress = [&](int done, int) {
      done_ = before + done;
      progress_(done_, std::max(total_, done_));
    };
  const std::vector<Results> results = simulate_valid(scenarios, alike, options);
  done_ = before + static_cast<int>(variants.size()) * (last - first);

  for (std::size_t i = 0; i < variants.size(); ++i) {
    const std::size_t whole = results[i].find_period("all");
    const std::size_t outflow = results[i].find("chain", "all", "outflow");
    const double years = (model_.end - model_.start) / kDaysPerYear;
    for (int r = 0; r < results[i].replications; ++r)
      variants_[variants[i]].throughput.push_back(results[i].value(r, outflow, whole) / years);
    for (std::size_t o = 0; o < kObjectives; ++o) {
      const std::size_t figure = results[i].find("chain", "all", objective_kinds()[o].indicator);
      for (int r = 0; r < results[i].replications; ++r)
        variants_[variants[i]].values[o].push_back(figure == Results::npos ? std::numeric_limits<double>::quiet_NaN()
                                                                           : results[i].value(r, figure, whole));
    }
  }
}

void Trials::extend(const std::vector<std::size_t>& variants, int replications) {
  std::map<int, std::vector<std::size_t>> by_count;
  for (const std::size_t variant : variants)
    if (this->replications(variant) < replications) by_count[this->replications(variant)].push_back(variant);
  for (const auto& [count, which] : by_count) run(which, count, replications, {});
}

void Trials::watch(std::size_t variant, int replications, const Observe& observe) {
  run({variant}, this->replications(variant), replications, observe);
}

int Trials::replications(std::size_t variant) const {
  return static_cast<int>(variants_[variant].values.front().size());
}

const Gains& Trials::values(std::size_t variant, Aim objective) const {
  return variants_[variant].values[static_cast<std::size_t>(objective)];
}

Summary Trials::figure(std::size_t variant, Aim objective) const {
  std::vector<double> values = this->values(variant, objective);
  return summarise(values);
}

Gains Trials::gains(std::size_t variant, std::size_t baseline, Aim objective) const {
  const Gains &with = values(variant, objective), &without = values(baseline, objective);
  const double sign = objective_kinds()[static_cast<std::size_t>(objective)].less_is_better ? -1.0 : 1.0;
  Gains gains;
  for (std::size_t r = 0; r < std::min(with.size(), without.size()); ++r)
    gains.push_back(sign * (with[r] - without[r]));
  return gains;
}

Summary Trials::effect(std::size_t variant, std::size_t baseline, Aim objective) const {
  return difference(values(variant, objective), values(baseline, objective));
}

Summary Trials::difference(const Gains& with, const Gains& without) {
  std::vector<double> differences;
  for (std::size_t r = 0; r < std::min(with.size(), without.size()); ++r) differences.push_back(with[r] - without[r]);
  return summarise(differences);
}

}  // namespace ketensim

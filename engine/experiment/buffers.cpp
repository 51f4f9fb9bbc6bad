#include "ketensim/buffers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

#include "engine/kernel/model.hpp"
#include "engine/statistics/indicators.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {
namespace {

constexpr double kClockError = 1e-8;  // a third of a norm is reached up to this rounding (days)
constexpr std::array<std::string_view, 3> kNorms{"lead_time", "wait", "service"};

/// What is counted of the open cases of one step and norm at one moment.
enum Count : std::size_t { kOpen, kGreen, kYellow, kRed, kLate, kWaiting, kWaited, kService, kCounts };
using Counts = std::array<double, kCounts>;

Duration term_of(const NormModel& norm, std::size_t kind) {
  return std::array{norm.lead_time, norm.wait, norm.service}[kind];
}

/// The norms of every step at the ends of the periods, with levers.
class Norms {
 public:
  Norms(const Model& model, const Layout& layout) {
    for (std::size_t p = 0; p < layout.base_periods; ++p)
      ends_.push_back(static_cast<double>((layout.periods[p].until - model.origin).count()));
    for (std::size_t s = 0; s < model.steps.size(); ++s) {
      std::vector<NormModel>& norms = norms_.emplace_back(ends_.size(), model.steps[s].norm);
      for (const Tick& tick : model.ticks)
        if (tick.kind == Tick::Kind::step && tick.index == s)
          for (std::size_t p = 0; p < ends_.size(); ++p)
            if (tick.time < ends_[p]) norms[p] = model.versions[tick.count].norm;
    }
  }

  const std::vector<double>& ends() const { return ends_; }
  const NormModel& at(std::size_t step, std::size_t period) const { return norms_[step][period]; }
  bool any(std::size_t step, std::size_t kind) const {
    return std::any_of(norms_[step].begin(), norms_[step].end(),
                       [&](const NormModel& norm) { return term_of(norm, kind).days != NormModel::kNoNorm; });
  }

 private:
  std::vector<double> ends_;
  std::vector<std::vector<NormModel>> norms_;  // [step][period]
};

/// Counts in one replication: [step][norm][period].
class BufferObserver : public Observer {
 public:
  BufferObserver(const Model& model, const Norms& norms, std::vector<Counts>& into)
      : model_(model), norms_(norms), into_(into) {
    into_.assign(model.steps.size() * kNorms.size() * norms.ends().size(), Counts{});
  }

  void visit(const Visit& visit) override {
    const std::vector<double>& ends = norms_.ends();
    // Who goes, or comes, at the very end of a period does so in the next one.
    auto end = std::upper_bound(ends.begin(), ends.end(), visit.received);
    for (; end != ends.end() && !(visit.ended < *end); ++end)
      count(visit, static_cast<std::size_t>(end - ends.begin()), *end);
  }

 private:
  void count(const Visit& visit, std::size_t period, double now) {
    const NormModel& norm = norms_.at(visit.step, period);
    const bool served = visit.started < now;  // not: also where it never came so far
    const auto add = [&](std::size_t kind, double from) {
      const Duration term = term_of(norm, kind);
      if (term.days == NormModel::kNoNorm) return;
      Counts& counts = into_[(visit.step * kNorms.size() + kind) * norms_.ends().size() + period];
      const double elapsed = model_.calendar.elapsed(from, now, term.working) + kClockError;
      ++counts[kOpen];
      ++counts[elapsed < term.days / 3.0 ? kGreen : elapsed < 2.0 * term.days / 3.0 ? kYellow : kRed];
      if (elapsed < 2.0 * term.days / 3.0) return;
      counts[kLate] += elapsed > term.days + 2.0 * kClockError;
      const bool by_itself =
          served && model_.calendar.elapsed(visit.started, now, term.working) + kClockError >= 2.0 * term.days / 3.0;
      ++counts[!served ? kWaiting : by_itself ? kService : kWaited];
    };
    add(0, visit.received);
    if (served)
      add(2, visit.started);
    else
      add(1, visit.received);
  }

  const Model& model_;
  const Norms& norms_;
  std::vector<Counts>& into_;
};

}  // namespace

std::vector<Buffer> buffers(const Scenario& scenario, const BufferOptions& options) {
  const Layout layout = lay_out_periods(scenario.period);
  const Model model = compile(scenario, layout.cells);
  const Norms norms(model, layout);
  std::vector<std::vector<Counts>> counts(static_cast<std::size_t>(scenario.replications));
  RunOptions run;
  run.threads = options.threads;
  run.progress = options.progress;
  run.observe = [&](std::size_t, int replication) {
    return std::make_unique<BufferObserver>(model, norms, counts[static_cast<std::size_t>(replication)]);
  };
  simulate({scenario}, run);

  const std::size_t periods = norms.ends().size();
  std::vector<Buffer> found;
  const auto tell = [&](std::size_t step, std::size_t kind, std::size_t first, std::size_t last, std::string label) {
    const auto mean = [&](const std::vector<Counts>& of, std::size_t count) {
      double sum = 0.0;
      for (std::size_t p = first; p < last; ++p) sum += of[(step * kNorms.size() + kind) * periods + p][count];
      return sum / static_cast<double>(last - first);
    };
    std::array<Summary, kCounts> summaries{};
    std::vector<double> values, shares;
    for (std::size_t count = 0; count < kCounts; ++count) {
      values.clear();
      for (const std::vector<Counts>& replication : counts) values.push_back(mean(replication, count));
      summaries[count] = summarise(values);
    }
    for (const std::vector<Counts>& replication : counts) {
      const double open = mean(replication, kOpen);
      shares.push_back(open > 0.0 ? mean(replication, kRed) / open : std::numeric_limits<double>::quiet_NaN());
    }
    found.push_back({model.organisation_of(step), model.step_names[step], kNorms[kind], std::move(label),
                     summaries[kOpen], summaries[kGreen], summaries[kYellow], summaries[kRed], summaries[kLate],
                     summarise(shares), summaries[kWaiting], summaries[kWaited], summaries[kService]});
  };
  for (std::size_t step = 0; step < model.steps.size(); ++step)
    for (std::size_t kind = 0; kind < kNorms.size(); ++kind) {
      if (!norms.any(step, kind)) continue;
      if (layout.periods.front().label != "all")
        for (std::size_t p = 0; p < periods; ++p) tell(step, kind, p, p + 1, layout.periods[p].label);
      tell(step, kind, 0, periods, "all");
    }
  return found;
}

}  // namespace ketensim

// How much of the floor's speed the engine reaches: both simulate the same futures in turn, round by round, and what is
// told is the ratio of their CPU times pair by pair. Usage: ketensim_bench_floor [ROUNDS]
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/kernel/model.hpp"
#include "engine/kernel/simulator.hpp"
#include "ketensim/load.hpp"
#include "tests/bench/floor.hpp"

namespace ketensim::bench {
namespace {

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// One workload, as the engine's model and as the row of the floor.
class Workload {
 public:
  Workload(const std::string& file, Row row) : scenario_(load(file)), layout_(lay_out_periods(scenario_.period)) {
    model_ = compile(scenario_, layout_.cells);
    lay_out_figures(model_, layout_);
    row.start = model_.start;
    row.end = model_.end;
    row.origin_day = static_cast<std::uint64_t>(model_.origin_day);
    row.stream_tag = model_.streams.front().tag;
    for (const StepModel& step : model_.steps) row.step_tags.push_back(step.tag);
    row_ = std::move(row);
    values_.resize(layout_.size());
  }

  void compare(const std::string& name, int rounds) {
    Floor floor(row_);
    Simulator engine(model_, layout_);
    std::vector<double> ratios, floor_rates, engine_rates;
    for (int round = -1; round < rounds; ++round) {  // the first is not counted
      const double begin = cpu_seconds();
      const std::uint64_t least = floor.run(scenario_.seed, static_cast<std::uint64_t>(round + 1));
      const double between = cpu_seconds();
      engine.run(scenario_.seed, round + 1, values_.data());
      const double end = cpu_seconds();
      check(floor, engine.events(), least);
      if (round < 0) continue;
      ratios.push_back((between - begin) / (end - between));
      floor_rates.push_back(1e-6 * static_cast<double>(least) / (between - begin));
      engine_rates.push_back(1e-6 * static_cast<double>(least) / (end - between));
    }
    std::sort(ratios.begin(), ratios.end());
    fmt::print("{:<24} floor {:6.2f}  engine {:6.2f} million events/s;  engine/floor {:.3f} ({:.3f} to {:.3f})\n", name,
               median(floor_rates), median(engine_rates), median(ratios), ratios.front(), ratios.back());
    std::fflush(stdout);
  }

 private:
  static double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }

  static Scenario load(const std::string& file) {
    Loaded loaded = load_scenario(std::filesystem::path(KETENSIM_SOURCE_DIR) / "tests/bench/workloads" / file);
    if (!loaded.ok()) throw std::runtime_error(file + " does not load");
    return std::move(loaded.scenario);
  }

  /// A floor that simulates something else is none.
  void check(const Floor& floor, std::uint64_t events, std::uint64_t least) const {
    const auto same = [&](std::size_t step, const char* indicator, double value) {
      const std::size_t figure = [&] {
        for (std::size_t f = 0; f < layout_.figures.size(); ++f)
          if (layout_.figures[f].step == model_.step_names[step] &&
              indicator_kinds()[layout_.figures[f].indicator].name == indicator)
            return f;
        throw std::runtime_error("no such figure");
      }();
      const double engine = values_[figure * layout_.periods.size()];
      if (!(std::abs(engine - value) <= 1e-9 * std::abs(value)))
        throw std::runtime_error(
            fmt::format("{} differs: {} of the engine, {} of the floor", indicator, engine, value));
    };
    const double days = row_.end - row_.start;
    for (std::size_t step = 0; step < row_.step_tags.size(); ++step) {
      const DeskSums& sums = floor.desks()[step];
      same(step, "inflow", sums.inflow);
      same(step, "started", sums.started);
      same(step, "outflow", sums.ended);
      same(step, "wait_mean", sums.wait / sums.started);
      same(step, "lead_mean", sums.lead / sums.ended);
      same(step, "queue_mean", sums.queue_area / days);
      same(step, "wip_mean", sums.wip_area / days);
    }
    if (events != least) throw std::runtime_error("the engine and the floor do not have as many events");
  }

  Scenario scenario_;
  Layout layout_;
  Model model_;
  Row row_;
  std::vector<double> values_;
};

void compare_all(int rounds) {
  Row desk{1, 1, 100.0, 0.008, 0.0};
  Workload("mm1.yaml", desk).compare("(a) M/M/1", rounds);
  Row desks{1, 10, 100.0, 0.09, 0.0};
  Workload("mm10.yaml", desks).compare("(b) M/M/10", rounds);
  Row tandem{5, 5, 100.0, 0.03825, 0.1};
  Workload("tandem.yaml", tandem).compare("(c) tandem, feedback", rounds);
}

}  // namespace
}  // namespace ketensim::bench

int main(int count, char** words) {
  try {
    ketensim::bench::compare_all(count > 1 ? std::max(1, std::atoi(words[1])) : 9);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}

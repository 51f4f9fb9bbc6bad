// Events and replications per second. One arrival plus one departure per visit to a step are two events.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "ketensim/load.hpp"
#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using namespace support;

/// `stations` in a row of `servers` each at load `rho`, twenty years with a hundred arrivals a day; a share `feedback`
/// goes from the last to the first.
Scenario tandem(int stations, int servers, double rho, double feedback) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2044, 1, 1), kDaysPerYear);
  chain.organisation("A");
  chain.stream("customers", "A.s0", 100.0);
  const double service = rho * servers * (1.0 - feedback) / 100.0;
  for (int i = 0; i < stations; ++i) {
    const std::string name = "A.s" + std::to_string(i), next = "A.s" + std::to_string(i + 1);
    if (i + 1 < stations)
      chain.station(name, servers, exponential(service), {to(next)});
    else if (feedback > 0.0)
      chain.station(name, servers, exponential(service), {to("A.s0", feedback), to("out", 1.0 - feedback)});
    else
      chain.station(name, servers, exponential(service));
  }
  return chain.scenario;
}

void run(benchmark::State& state, Scenario scenario, int threads) {
  double events = 0.0, replications = 0.0;
  for (auto _ : state) {
    const Results results = simulate({scenario}, {threads, 0, {}}).front();
    events += results.events;
    replications += results.replications;
    scenario.seed += 1;
  }
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
  state.counters["replications/s"] = benchmark::Counter(replications, benchmark::Counter::kIsRate);
}

void mm1(benchmark::State& state) { run(state, tandem(1, 1, 0.8, 0.0), 1); }
void mm10(benchmark::State& state) { run(state, tandem(1, 10, 0.9, 0.0), 1); }
void tandem_of_five(benchmark::State& state) { run(state, tandem(5, 5, 0.85, 0.1), 1); }

void twente_baseline(benchmark::State& state) {
  const Loaded loaded = load_scenario(std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios/twente/baseline.yaml");
  if (!loaded.ok()) {
    state.SkipWithError("scenarios/twente/baseline.yaml does not load");
    return;
  }
  Scenario scenario = loaded.scenario;
  scenario.replications = 16;
  run(state, std::move(scenario), static_cast<int>(state.range(0)));
}

BENCHMARK(mm1)->Name("M/M/1, rho 0.8")->Unit(benchmark::kMillisecond);
BENCHMARK(mm10)->Name("M/M/10, rho 0.9")->Unit(benchmark::kMillisecond);
BENCHMARK(tandem_of_five)->Name("5 x M/M/5, rho 0.85, feedback 0.1")->Unit(benchmark::kMillisecond);
// Per second of CPU on one thread; on two, per second of wall-clock time.
BENCHMARK(twente_baseline)->Name("Twente baseline, threads")->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(twente_baseline)->Name("Twente baseline, threads")->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace ketensim

BENCHMARK_MAIN();

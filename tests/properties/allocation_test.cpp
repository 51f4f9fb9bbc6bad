// Nothing is allocated in the steady state: a simulator that has the memory for a replication runs it without asking
// for more. Every allocation of this program is counted.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <vector>

#include "engine/kernel/simulator.hpp"
#include "ketensim/load.hpp"
#include "tests/support/chains.hpp"

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void* counted(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto step = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::align_val_t alignment) { return counted(size, alignment); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return counted(size, alignment); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace ketensim {
namespace {

constexpr int kReplications = 3;

/// How often memory is asked for in replications that the simulator has run before; `first`: in their first run.
struct Asked {
  std::uint64_t first = 0, again = 0;
};

Asked asked_for(const Scenario& scenario) {
  Layout layout = lay_out_periods(scenario.period);
  const Model model = compile(scenario, layout.cells);
  lay_out_figures(model, layout);
  std::vector<double> values(layout.size());
  Simulator simulator(model, layout);
  const auto run = [&] {
    const std::uint64_t before = allocations;
    for (int replication = 0; replication < kReplications; ++replication)
      simulator.run(scenario.seed, replication, values.data());
    return allocations - before;
  };
  const std::uint64_t first = run();
  return {first, run()};
}

void expect_none_again(const Scenario& scenario) {
  const Asked asked = asked_for(scenario);
  EXPECT_GT(asked.first, 0u) << "then nothing was counted";
  EXPECT_EQ(asked.again, 0u);
}

TEST(Allocation, ThereIsNoneInTheSteadyState) { expect_none_again(support::mini_chain()); }

TEST(Allocation, ThereIsNoneInTheSteadyStateByDates) {
  Scenario scenario = support::mini_chain();
  scenario.period.resolution = Resolution::day;
  expect_none_again(scenario);
}

TEST(Allocation, ThereIsNoneInTheSteadyStateWithEveryLever) {
  for (const char* file : {"scenarios/examples/mini-levers.yaml", "scenarios/examples/more-levers.yaml"}) {
    SCOPED_TRACE(file);
    const Loaded loaded = load_scenario(std::filesystem::path(KETENSIM_SOURCE_DIR) / file);
    ASSERT_TRUE(loaded.ok());
    expect_none_again(variants(loaded.scenario).front());
  }
}

}  // namespace
}  // namespace ketensim

#pragma once

#include <cstdint>
#include <vector>

#include "ketensim/fit_arrivals.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim::simulated {

/// Families that arrive by the engine's own intensity, with what passed and what stayed.
struct Arriving {
  Date from = std::chrono::sys_days{std::chrono::year{2018} / 1 / 1};
  int count = 2191;  // days
  ArrivalPattern pattern;
  struct {
    Date from, until;
    double factor = 1.0;
  } shock;
  struct {
    Date from{};
    double factor = 1.0;
  } step;

  Date at() const { return from + std::chrono::days{count}; }
};

std::vector<int> arrivals(const Arriving& truth, std::uint64_t seed);

/// The pattern with factors as the engine scales them.
ArrivalPattern scaled(ArrivalPattern pattern);

}  // namespace ketensim::simulated

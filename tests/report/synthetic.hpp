#pragma once

#include "tools/results/study.hpp"

namespace ketensim::tests {

/// Figures of a small chain that no simulation made: three organisations, a group of five municipalities, twelve
/// months of 2024. Equal seeds give equal figures.
struct Synthetic {
  std::string scenario = "base", name = "Base";
  unsigned seed = 1;
  int replications = 20;
  double burst = 0.0;  // extra inflow at RVDK.research: half of it in March, all in April, a fifth in May
};
Results synthetic_results(const Synthetic& wanted);

/// A baseline and an alternative in which a backlog at VTT.research is gone and a burst of 40 reaches RVDK.research.
Study synthetic_comparison(int replications = 20);
Study synthetic_study(const std::vector<Results>& results, bool compared);

}  // namespace ketensim::tests

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/experiment/selection.hpp"
#include "ketensim/allocate.hpp"

namespace ketensim {

/// The losses of allocations (the objective, or minus it where more is better) under one seed. A replication of an
/// allocation is simulated once, and all allocations share their draws.
class Evaluations {
 public:
  Evaluations(const Scenario& scenario, const std::vector<std::string>& pools, const AllocationOptions& options,
              std::uint64_t seed);

  /// Simulates what is lacking, so that each has its first `replications`. `phase` is what progress is told.
  void extend(const std::vector<Allocation>& allocations, int replications, std::string_view phase);

  /// Those simulated so far; empty for an allocation that was not.
  std::span<const double> losses(const Allocation& units) const;
  /// All with that many units that were simulated.
  std::vector<Allocation> tried(int units) const;
  std::vector<std::span<const double>> losses(const std::vector<Allocation>& allocations) const;

  /// The objective, and the paired difference a - b, over the first `replications` that both have.
  Summary value(const Allocation& units) const;
  Summary difference(const Allocation& a, const Allocation& b, int replications) const;
  /// Paired differences a - b in each of objectives().
  std::vector<Summary> differences(const Allocation& a, const Allocation& b) const;

  const Allocation& none() const { return none_; }

 private:
  Scenario with(const Allocation& units) const;
  void keep(const Allocation& units, const Results& results);

  Scenario scenario_;  // reported as a whole: no more figures than are needed
  const std::vector<std::string>& pools_;
  const AllocationOptions& options_;
  const Objective& objective_;
  Allocation none_;
  std::map<Allocation, std::vector<double>> losses_;
  std::map<Allocation, std::vector<std::vector<double>>> values_;  // of each of objectives()
};

}  // namespace ketensim

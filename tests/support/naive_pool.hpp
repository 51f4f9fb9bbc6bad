#pragma once

#include <functional>
#include <vector>

#include "tests/support/visit_log.hpp"

namespace ketensim::support {

/// A pool served in the plainest way: lists searched from one end to the other. Given when cases were received and how
/// long each then took, it says who must have been started when, and compares this with what the engine did.
struct NaivePool {
  std::vector<std::size_t> steps;                                                  // that share the pool
  std::function<double(double moment)> slots;                                      // how many there are
  std::vector<double> changes;                                                     // moments at which that changes
  std::function<bool(double moment)> works;                                        // whether services may start then
  std::function<bool(const LoggedVisit&, const LoggedVisit&, double now)> before;  // who is served first
  std::function<double(const LoggedVisit&)> freed = [](const LoggedVisit& visit) { return visit.ended; };

  struct Clearing {
    double moment;
    std::size_t step, at_most;
  };
  std::vector<Clearing> clearings;

  /// Fails the test at the first difference. Returns how many services were compared.
  std::size_t compare(const std::vector<LoggedVisit>& visits) const;
};

}  // namespace ketensim::support

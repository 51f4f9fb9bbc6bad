#pragma once

#include <string>
#include <vector>

#include "ketensim/constraint.hpp"

namespace ketensim {

/// A constraint with the scenario that it is of, and the files by which `compare` finds the worth of each pool again:
/// by pool in the order of Constraint::pools, empty where nothing was simulated.
struct ConstraintStudy {
  std::string scenario, name;
  Constraint constraint;
  std::vector<std::string> slot_files, fte_files;
};

/// constraint.csv: a row for each pool, by rank.
std::string constraint_csv(const std::vector<ConstraintStudy>& studies);

}  // namespace ketensim

#pragma once

#include <string>
#include <vector>

#include "ketensim/focusing.hpp"

namespace ketensim {

/// The focusing steps of a scenario, with the file by which `compare` finds each again (empty: the scenario as it is).
struct FocusingStudy {
  std::string scenario, name;
  std::vector<FocusingStep> steps;
  std::vector<std::string> files;
};

/// steps.csv: a row for each step.
std::string steps_csv(const std::vector<FocusingStudy>& studies);

}  // namespace ketensim

#pragma once

#include <string>
#include <vector>

#include "ketensim/causes.hpp"

namespace ketensim {

struct CausesStudy {
  std::string scenario;
  Causes causes;
};

/// causes.csv: a row for each step, and for each group of cases of one whose queue is ordered by an attribute.
std::string causes_csv(const std::vector<CausesStudy>& studies);

}  // namespace ketensim

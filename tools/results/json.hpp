#pragma once

#include <string>

#include "tools/results/study.hpp"

namespace ketensim {

/// What a study says of the whole period, for programs: the scenarios, every figure with its summary and, of a
/// comparison, every paired difference from the baseline. What is undefined is null.
std::string study_json(const Study& study);

}  // namespace ketensim

#pragma once

#include <string>
#include <vector>

#include "ketensim/wave.hpp"
#include "tools/results/study.hpp"

namespace ketensim {

/// wave.csv: what the bursts of every alternative do at each step; empty where there are none.
std::string wave_csv(const Study& study);

/// accompany.csv: the capacity beside each alternative, by the alternative's id.
std::string accompany_csv(const std::vector<std::pair<std::string, Accompaniment>>& all);

}  // namespace ketensim

#pragma once

#include <string>
#include <vector>

#include "ketensim/sequence.hpp"

namespace ketensim {

/// sequence.csv: what each intervention brings alone and in its place, and which to do first.
std::string sequence_csv(const std::vector<Sequence>& sequences);

}  // namespace ketensim

#pragma once

#include <vector>

#include "tools/results/study.hpp"

namespace ketensim {

/// The study of which these are the shards, in any order: what simulating all of it at once would have given. Throws
/// InputError if they are not all of its shards, each once.
Study merge_shards(std::vector<Study> shards);

}  // namespace ketensim

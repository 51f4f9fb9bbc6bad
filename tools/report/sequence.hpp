#pragma once

#include <vector>

#include "ketensim/sequence.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {

/// What each intervention of an alternative brings alone and after those before it, and which three to do first.
std::vector<Table> sequence_tables(const Sequence& sequence);

}  // namespace ketensim::report

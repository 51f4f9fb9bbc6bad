#pragma once

#include <vector>

#include "ketensim/chain.hpp"
#include "scenarios/loader/assemble.hpp"
#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// Reads the files that streams name as `recorded` and gives their families to the streams of `chain`, in the order of
/// their moments; those of one moment keep the order of the file. Each file becomes a source of the assembly (without
/// its text: that is data on people). Where one is wrong, the key that names it is added to `faulty`.
void read_recorded(const Node& root, Assembly& assembly, Chain& chain, std::vector<Path>& faulty,
                   Diagnostics& diagnostics);

}  // namespace ketensim::loader

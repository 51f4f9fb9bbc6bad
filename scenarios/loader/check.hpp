#pragma once

#include <vector>

#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// Checks the shape of a scenario: unknown and missing keys, and values of another type than expected. If `partial`,
/// keys may be missing. Returns the paths at which something is wrong, so that nobody complains of the same again.
std::vector<Path> check_shape(const Node& root, const Form& form, bool partial, Diagnostics& diagnostics);

}  // namespace ketensim::loader

#pragma once

#include <string>

#include "ketensim/scenario.hpp"

namespace ketensim::support {

/// A scenario as a file that can be loaded and run.
std::string written(const Scenario& scenario);
std::string written(const Intervention& intervention);

}  // namespace ketensim::support

#pragma once

#include <string>
#include <vector>

#include "tools/report/tables.hpp"

namespace ketensim::report {

/// The answer in sentences: what one scenario expects.
std::vector<std::string> findings(const Study& study, const Results& results, const View& view);

/// The answer in sentences: what an alternative changes. Only what is clearly no chance is said.
std::vector<std::string> findings(const Study& study, const Results& baseline, const Results& alternative,
                                  const View& view);

}  // namespace ketensim::report

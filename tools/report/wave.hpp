#pragma once

#include <string>

#include "ketensim/wave.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {

/// What the bursts of an alternative do at the steps where they arrive; no rows where there are none.
Table wave_table(const Study& study, const Results& baseline, const Results& alternative, const View& view);

/// The capacity that keeps every queue at the baseline's, and what it does not keep.
Table accompany_table(const std::string& alternative, const Accompaniment& accompaniment, const Results& baseline);

}  // namespace ketensim::report

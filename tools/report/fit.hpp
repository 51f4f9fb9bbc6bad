#pragma once

#include <string>

#include "ketensim/calibration.hpp"
#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// A calibration as one page that needs nothing beside it, in Dutch and English, the one named first: how far to trust
/// the chain, and for each of its figures the deliveries against the fit. Counts of cases under `min_cell` are not
/// told, nor what they could be computed from.
std::string fit_report(const Monitor& monitor, const Calibration& calibration, int min_cell, Language first);

}  // namespace ketensim::report

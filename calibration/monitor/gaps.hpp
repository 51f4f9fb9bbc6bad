#pragma once

#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::monitor {

/// Times in which an organisation (or one of its steps) received nobody, where chance alone would not do that.
///
/// Of each stretch of days without receipts, the number that should have come follows from the half year on either
/// side, divided by the dispersion of its weekly counts (siblings come together). It is a gap where the chance of
/// nobody, exp(-expected), times the number of days at which such a stretch could begin is below one in a million.
std::vector<Gap> find_gaps(const Monitor& monitor);

}  // namespace ketensim::monitor

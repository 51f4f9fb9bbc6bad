#pragma once

#include <vector>

#include "calibration/fit/occupancy.hpp"
#include "ketensim/calibrate.hpp"
#include "ketensim/fit_capacity.hpp"

namespace ketensim::fit {

/// The order that makes it likeliest who was started next, by BIC.
///
/// A start is held against those left waiting at the end of its day who were received on an earlier one. Under a rule
/// that is kept with chance p, it is one of the best of them and itself with chance p, and any with chance 1 - p. Days
/// are all that is known: who was received on the same day is equal, and who was started on the day of receipt is held
/// against nobody when rules are compared (others received on that day may have come too late for it). Cases whose
/// dates or values are not known are left out on both sides.
FittedOrder fit_order(const Monitor& monitor, const std::vector<Stay>& stays, std::size_t most_values = 12);

/// Narrows the starts that are not known by those of who stood next in the queue, where it is kept in order of receipt:
/// not before the one received earlier, not after the one received later. Of the three nearest on either side the
/// middle one decides, so that a wrong date does not.
void narrow_starts(const Monitor& monitor, const FittedOrder& order, std::vector<Stay>& stays);

}  // namespace ketensim::fit

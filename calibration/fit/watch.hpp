#pragma once

#include <optional>
#include <vector>

#include "calibration/fit/occupancy.hpp"
#include "calibration/fit/slots.hpp"
#include "ketensim/fit_capacity.hpp"

namespace ketensim::fit {

/// fte by month, in order of time.
using Months = std::vector<std::pair<Date, double>>;

/// A pool under one thought of where its slots are claimed and freed.
struct Watched {
  Claim claim;
  std::vector<Stay> stays;
  FittedOrder order;
  bool receipts_known = true;  // whether receipts were delivered: without them nobody knows who waited
  bool reused = false;         // slots were given away on the day they were freed
  std::vector<PoolDay> days;   // working days
  std::vector<FullDay> full;
  SlotsFit slots;
  double independent = 0.0;  // full days that do not depend on each other
  double evidence = 0.0;     // log-likelihood of the slots over that of busy days as on any day
  double over = 0.0;         // share of the other days on which more slots were taken than there are
  double busiest = 0.0;      // most slots surely taken, per fte

  /// Whether a limit explains the waits: that takes some full days apart from each other, on most of which as many
  /// slots were taken as the estimate says, which chance would not do, and no more on the other days.
  bool limits() const;
};

/// `months`: nothing where there is no fte.
Watched watch(const Monitor& monitor, const Linked& linked, const Calendar& calendar,
              const std::vector<std::int32_t>& members, Claim claim, const Months* months);

}  // namespace ketensim::fit

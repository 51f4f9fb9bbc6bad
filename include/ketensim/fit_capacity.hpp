#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibrate.hpp"
#include "ketensim/monitor.hpp"

namespace ketensim {

/// In which order the cases of a queue were started.
struct FittedOrder {
  std::int32_t attribute = -1;       // whose values come first, second, ...; -1: none
  std::vector<std::int32_t> values;  // the first is served first
  Estimate strictness;               // share of starts, where there was a choice, that kept to those values
  Estimate in_order;  // share of starts, among equals, of who was received first (days alike count as kept)
};

/// One day on which a pool was watched, for the picture.
struct PoolDay {
  Date day;
  double fte = 0.0;
  int busy = 0;     // slots taken during the day, that of who ends on it included
  int waiting = 0;  // at its end, of those who were received on an earlier day
};

/// The staff of an organisation (a member) at work on one step or several.
struct CapacityFit {
  std::vector<std::string> problems, notes;
  std::int32_t organisation = kUnknown;
  std::int32_t reported_at = kUnknown;  // the step that the capacity delivery names; kUnknown: no delivery
  std::int32_t claimed_at = kUnknown;   // the step at which a slot is claimed: where the queue stands
  std::int32_t held_until = kUnknown;   // the step whose end frees it; claimed_at itself: not held across steps
  bool limits = false;                  // whether anybody ever waited for a slot
  Estimate cases_per_fte;               // where there is fte and it limits
  Estimate slots;                       // where there is no fte and it limits
  FittedOrder order;
  std::size_t full_days = 0;  // with somebody left waiting: those that tell
  std::vector<PoolDay> days;

  bool ok() const { return problems.empty(); }
};

/// Every pool of the deliveries: one for each row of organisation and step of the capacity delivery, and one for each
/// step without such a row.
std::vector<CapacityFit> fit_capacity(const Monitor& monitor, const Linked& linked, const Calendar& calendar);

}  // namespace ketensim

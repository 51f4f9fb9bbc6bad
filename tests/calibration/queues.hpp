#pragma once

#include <cstdint>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::simulated {

/// A desk at which children wait for a slot, day by day, as its registration would tell it.
struct Desk {
  enum class Order { received, urgent_first, last_received, random };

  double per_fte = 4.7;           // 0: nobody waits for a slot
  std::vector<double> fte{10.0};  // by month, over and over
  bool fte_delivered = true;
  bool held = false;  // `desk` is followed by `care`, which is reported, and the slot is held until then
  bool reused_same_day = false;
  Order order = Order::received;
  double strict = 1.0;             // share of the starts that keep to the order; the others are drawn at random
  double urgent = 0.0;             // share of the children
  double load = 1.0;               // arrivals over what the desk can do
  double service = 30.0;           // mean, in days, geometric; of `care` as well
  double delay = 0.0;              // mean days from receipt until a start is thought of: no wait for a slot
  int warm_up = 300, days = 1461;  // before the window, and in it

  // Dirt, in shares of the rows.
  double lost = 0.0, start_missing = 0.0, end_wrong = 0.0;

  std::uint64_t seed = 1;
};

/// From 1 January 2018, on the Dutch calendar, with what was open then.
Monitor deliveries(const Desk& desk);
Calendar dutch_calendar();

}  // namespace ketensim::simulated

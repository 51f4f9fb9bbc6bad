#pragma once

#include <string>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim {

/// A time in which a partner delivered nothing that was received then, where it should have.
struct DeliveryGap {
  std::string organisation, step;  // `all`: at none of its steps
  Date from, until;                // [from, until)
};

/// gaps.csv, `organisation,step,from,until`.
std::string gaps_csv(const Monitor& monitor);

/// The gaps of a gaps.csv, in its order. Throws InputError where it is none.
std::vector<DeliveryGap> read_gaps(const std::string& text);

}  // namespace ketensim

#pragma once

#include <cstdint>

#include "ketensim/scenario.hpp"

// Chains in the style of the region, with figures that follow from a seed: what calibration is to find again.
namespace ketensim::regional {

/// `guardians`: a slot that is kept from the first contact to the end of the guidance, at two institutions; research
///   with a queue, patience, and cases that get worse; the court between, unseen.
/// `municipalities`: a queue at the door, and one at each of three municipalities; a council without one.
/// `council`: a queue in which cases get worse at the council, and long guidance with patience behind it.
enum class Kind { guardians, municipalities, council };

struct Size {
  double families_per_day = 2.0;
  int years = 4;
  int planned_years = 0;  // of staff after the period: as much as the work asks for
};

/// From 2018-01-01 on, after a warm-up of ten years, by dates alone and on the Dutch calendar. Pools run about full, by
/// staff that follows the reports and varies from quarter to quarter. Valid.
Scenario chain(Kind kind, std::uint64_t seed, const Size& size = {});

}  // namespace ketensim::regional

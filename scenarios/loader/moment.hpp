#pragma once

#include <string_view>

#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {

/// `2024-02-01` (its 00:00), `2024-02-01T14:30`, `2024-02-01 14:30:05.25`: local time, in days since 1970-01-01.
Reading<double> read_moment(std::string_view text);

}  // namespace ketensim::loader

#pragma once

#include <string>

#include "ketensim/time.hpp"

namespace ketensim {

/// 2024-02-01
std::string iso_date(Date day);

}  // namespace ketensim

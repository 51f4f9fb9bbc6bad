#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/time.hpp"

namespace ketensim {

/// 2024-02-01
std::string iso_date(Date day);

/// The day that such a text means; nothing if there is no such day.
std::optional<Date> parse_iso_date(std::string_view text);

/// Whole calendar months within [from, until): their first days, and the first day after the last.
std::vector<Date> whole_months(Date from, Date until);

}  // namespace ketensim

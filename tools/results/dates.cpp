#include "tools/results/dates.hpp"

#include <fmt/format.h>

namespace ketensim {

std::string iso_date(Date day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

}  // namespace ketensim

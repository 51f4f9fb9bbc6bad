#include "tools/results/dates.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ketensim {

std::string iso_date(Date day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::optional<Date> parse_iso_date(std::string_view text) {
  int number[3] = {0, 0, 0};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::string_view parts[3] = {text.substr(0, 4), text.substr(5, 2), text.substr(8)};
  for (int i = 0; i < 3; ++i) {
    const char* end = parts[i].data() + parts[i].size();
    if (std::from_chars(parts[i].data(), end, number[i]).ptr != end) return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{number[0]},
                                         std::chrono::month(static_cast<unsigned>(number[1])),
                                         std::chrono::day(static_cast<unsigned>(number[2]))};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::vector<Date> whole_months(Date from, Date until) {
  using namespace std::chrono;
  const year_month_day first(from);
  year_month month = first.year() / first.month();
  if (first.day() != day(1)) month += months(1);
  std::vector<Date> starts;
  for (; sys_days(month / 1) <= until; month += months(1)) starts.push_back(sys_days(month / 1));
  return starts;
}

}  // namespace ketensim

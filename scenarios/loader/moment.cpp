#include "scenarios/loader/moment.hpp"

#include <algorithm>

namespace ketensim::loader {
namespace {

constexpr std::size_t kDateLength = 10;

/// Two digits at `from` as a number below `limit`, or -1.
int two_digits(std::string_view text, std::size_t from, int limit) {
  if (from + 2 > text.size()) return -1;
  const int tens = text[from] - '0', ones = text[from + 1] - '0';
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
  const int number = tens * 10 + ones;
  return number < limit ? number : -1;
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff` in seconds, or -1.
double seconds_of(std::string_view time) {
  const int hours = two_digits(time, 0, 24), minutes = two_digits(time, 3, 60);
  if (hours < 0 || minutes < 0 || time[2] != ':') return -1.0;
  const double seconds = hours * 3600.0 + minutes * 60.0;
  if (time.size() == 5) return seconds;
  const int whole = two_digits(time, 6, 60);
  if (whole < 0 || time[5] != ':') return -1.0;
  if (time.size() == 8) return seconds + whole;
  const std::string_view digits = time.substr(9);
  if (time[8] != '.' || digits.empty() || digits.size() > 9) return -1.0;
  double fraction = 0.0, unit = 0.1;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1.0;
    fraction += unit * (c - '0');
    unit /= 10.0;
  }
  return seconds + whole + fraction;
}

}  // namespace

Reading<double> read_moment(std::string_view text) {
  using Wrong = Reading<double>;
  if (text.size() < kDateLength || text.find(' ') < kDateLength) return Wrong::wrong("write year-month-day");
  const Reading<Date> date = read_date(text.substr(0, kDateLength));
  if (!date) return Wrong::wrong(date.problem);
  const double day = static_cast<double>(date.value->time_since_epoch().count());
  if (text.size() == kDateLength) return day;
  const char separator = text[kDateLength];
  const std::string_view time = text.substr(kDateLength + 1);
  if (separator != 'T' && separator != ' ') return Wrong::wrong("write `T` between the date and the time");
  if (time.find_first_of("Z+-") != std::string_view::npos) return Wrong::wrong("give local time, without a time zone");
  const double seconds = seconds_of(time);
  if (seconds < 0.0) return Wrong::wrong("write the time as hours:minutes:seconds");
  return day + seconds / 86'400.0;
}

}  // namespace ketensim::loader

#include "calibration/monitor/dates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/monitor/codes.hpp"

namespace ketensim {
namespace monitor {
namespace {

using Order = DateFormat::Order;

constexpr std::array kFormats{
    DateFormat{"yyyy-mm-dd", Order::year_month_day, '-'}, DateFormat{"dd-mm-yyyy", Order::day_month_year, '-'},
    DateFormat{"mm-dd-yyyy", Order::month_day_year, '-'}, DateFormat{"yyyy/mm/dd", Order::year_month_day, '/'},
    DateFormat{"dd/mm/yyyy", Order::day_month_year, '/'}, DateFormat{"mm/dd/yyyy", Order::month_day_year, '/'},
    DateFormat{"dd.mm.yyyy", Order::day_month_year, '.'}, DateFormat{"yyyymmdd", Order::year_month_day, '\0'},
    DateFormat{"yyyy-mm", Order::year_month, '-'},
};

/// Takes pieces of a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool number(int fewest, int most, int& value) {
    value = 0;
    int digits = 0;
    for (; digits < most && !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; ++digits) {
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return digits >= fewest;
  }
  bool sign(char c) {
    if (c == '\0') return true;
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool one_of(std::string_view signs, char& taken) {
    if (text_.empty() || signs.find(text_.front()) == std::string_view::npos) return false;
    taken = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

struct Day {
  int year = 0, month = 1, day = 1;
};

bool read_day(Scanner& scanner, const DateFormat& format, Day& day) {
  const int fewest = format.separator == '\0' ? 2 : 1;
  switch (format.order) {
    case Order::year_month_day:
      return scanner.number(4, 4, day.year) && scanner.sign(format.separator) && scanner.number(fewest, 2, day.month) &&
             scanner.sign(format.separator) && scanner.number(fewest, 2, day.day);
    case Order::day_month_year:
      return scanner.number(fewest, 2, day.day) && scanner.sign(format.separator) &&
             scanner.number(fewest, 2, day.month) && scanner.sign(format.separator) && scanner.number(4, 4, day.year);
    case Order::month_day_year:
      return scanner.number(fewest, 2, day.month) && scanner.sign(format.separator) &&
             scanner.number(fewest, 2, day.day) && scanner.sign(format.separator) && scanner.number(4, 4, day.year);
    case Order::year_month:
      return scanner.number(4, 4, day.year) && scanner.sign(format.separator) && scanner.number(1, 2, day.month);
  }
  return false;
}

struct Time {
  double days = 0.0, zone = 0.0;
  unsigned char finest = 0;
};

bool read_fraction(Scanner& scanner, double& seconds) {
  int digit = 0;
  double scale = 0.1;
  int count = 0;
  for (; scanner.number(1, 1, digit); ++count, scale /= 10) seconds += digit * scale;
  return count > 0;
}

bool read_zone(Scanner& scanner, double& zone) {
  char sign = 0;
  if (scanner.at_end() || scanner.sign('Z')) return true;
  int hours = 0, minutes = 0;
  if (!scanner.one_of("+-", sign) || !scanner.number(2, 2, hours)) return false;
  scanner.sign(':');
  if (!scanner.at_end() && !scanner.number(2, 2, minutes)) return false;
  zone = (sign == '-' ? -1 : 1) * (hours * 60 + minutes) / 1440.0;
  return hours <= 14 && minutes < 60;
}

/// ` 14:05`, `T14:05:30.250+02:00`, or nothing.
bool read_time(Scanner& scanner, Time& time) {
  if (scanner.at_end()) return true;
  char sign = 0;
  int hours = 0, minutes = 0, whole_seconds = 0;
  if (!scanner.one_of("T ", sign) || !scanner.number(1, 2, hours) || !scanner.sign(':') ||
      !scanner.number(2, 2, minutes))
    return false;
  double seconds = 0.0;
  if (scanner.sign(':')) {
    if (!scanner.number(2, 2, whole_seconds)) return false;
    seconds = whole_seconds;
    if (scanner.one_of(".,", sign) && !read_fraction(scanner, seconds)) return false;
  }
  if (!read_zone(scanner, time.zone)) return false;
  time.finest = seconds != 0.0 ? 3 : minutes != 0 ? 2 : hours != 0 ? 1 : 0;
  time.days = (hours * 3600 + minutes * 60 + seconds) / 86400.0;
  return hours < 24 && minutes < 60 && seconds < 61.0 && scanner.at_end();
}

bool exists(const Day& day) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (day.month < 1 || day.month > 12 || day.day < 1) return false;
  const bool leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
  return day.day <= kDays[day.month - 1] + (leap && day.month == 2);
}

double days_since_epoch(const Day& day) {
  const std::chrono::year_month_day date{std::chrono::year(day.year),
                                         std::chrono::month(static_cast<unsigned>(day.month)),
                                         std::chrono::day(static_cast<unsigned>(day.day))};
  return static_cast<double>(Date(date).time_since_epoch().count());
}

}  // namespace

ReadMoment read_moment(std::string_view text, const std::vector<const DateFormat*>& formats, bool utc) {
  text = trimmed(text);
  if (text.empty()) return {ReadMoment::Kind::empty};
  for (const DateFormat* format : formats) {
    Scanner scanner(text);
    Day day;
    Time time;
    if (!read_day(scanner, *format, day) || !read_time(scanner, time)) continue;
    ReadMoment moment{ReadMoment::Kind::sound, 0.0, false, time.finest};
    if (!exists(day)) {
      moment.kind = ReadMoment::Kind::impossible;
      std::swap(day.day, day.month);
      if (format->order == Order::year_month || !exists(day)) return moment;
      moment.exchanged_exists = true;
    }
    moment.days = days_since_epoch(day) + time.days - (utc ? time.zone : 0.0);
    return moment;
  }
  return {ReadMoment::Kind::unreadable};
}

const DateFormat* other_format(std::string_view text, const std::vector<const DateFormat*>& formats) {
  for (const DateFormat& format : kFormats)
    if (std::find(formats.begin(), formats.end(), &format) == formats.end() &&
        read_moment(text, {&format}, false).kind == ReadMoment::Kind::sound)
      return &format;
  return nullptr;
}

std::string iso(double days) {
  const double whole = std::floor(days);
  const std::chrono::year_month_day date{Date(std::chrono::days(static_cast<int>(whole)))};
  std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  const int seconds = static_cast<int>(std::lround((days - whole) * 86400));
  if (seconds > 0) text += fmt::format("T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

}  // namespace monitor

std::span<const DateFormat> date_formats() { return monitor::kFormats; }

}  // namespace ketensim

#include "tools/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <utility>

namespace ketensim::cli {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr std::string_view kEraseLine = "\r\033[K";

}  // namespace

Progress::Progress(bool wanted, std::string unit)
    : shown_(wanted && ::isatty(STDERR_FILENO) == 1), unit_(std::move(unit)) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "{}", kEraseLine);
}

void Progress::update(int done, int total) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const std::string left = done > 0 ? fmt::format(", {} left", time_left(seconds / done * (total - done))) : "";
  fmt::print(stderr, "{}{} of {} {}{}", kEraseLine, done, total, unit_, left);
  std::fflush(stderr);
}

void Progress::count(const std::string& unit) {
  if (unit == unit_) return;
  unit_ = unit;
  begun_ = next_ = Clock::now();
}

void Progress::tell(const std::string& line) {
  if (shown_) fmt::print(stderr, "{}{}\n", kEraseLine, line);
}

std::string time_left(double seconds) {
  const auto minutes = static_cast<int>(std::lround(seconds / 60.0));
  if (seconds < 90.0) return fmt::format("{:.0f} s", std::ceil(seconds));
  if (minutes < 90) return fmt::format("{} min", minutes);
  return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

}  // namespace ketensim::cli

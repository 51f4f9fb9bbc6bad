#pragma once

#include <string_view>

#include "ketensim/monitor.hpp"

namespace ketensim::monitor {

/// A moment as it was written.
struct ReadMoment {
  enum class Kind { sound, empty, impossible, unreadable };
  Kind kind = Kind::unreadable;
  double days = 0.0;  // since 1970-01-01; of an impossible date that exists with day and month exchanged: that one
  bool exchanged_exists = false;  // of an impossible date
  unsigned char finest = 0;       // 0: a day, 1: an hour is given, 2: minutes, 3: seconds or finer
};

/// Reads text by the first of the formats whose shape it has.
ReadMoment read_moment(std::string_view text, const std::vector<const DateFormat*>& formats, bool utc);

/// The format that the text is written in, where it is none of those named; null if none fits.
const DateFormat* other_format(std::string_view text, const std::vector<const DateFormat*>& formats);

/// The day of a moment as ISO, for the ledger.
std::string iso(double days);

}  // namespace ketensim::monitor

// From dates to what they tell of a duration.
#include <algorithm>
#include <cmath>

#include "ketensim/calibrate.hpp"
#include "ketensim/monitor.hpp"

namespace ketensim {
namespace {

constexpr double kInfinity = Observation::kInfinity;

/// Moments on the calendar's own scale, and what the calendar makes of ends.
class Clock {
 public:
  Clock(const Calendar& calendar, Ends ends)
      : calendar_(calendar),
        offset_(static_cast<double>(calendar.origin().time_since_epoch().count())),
        moved_(ends == Ends::moved_to_working_day && !calendar.continuous()) {}

  double of(double moment) const { return moment - offset_; }

  /// The earliest true end of what is seen to end at `moment` or later: after days off, the end of the last working
  /// day.
  double earliest_end(double moment) const {
    if (!moved_ || !std::isfinite(moment) || moment != std::floor(moment)) return moment;
    auto day = static_cast<int>(moment);
    while (!calendar_.is_working(day - 1)) --day;
    return day;
  }

  double worked(double from, double to) const {
    return std::isfinite(to) ? calendar_.working_days_between(from, to) : to;
  }

 private:
  const Calendar& calendar_;
  double offset_;
  bool moved_;
};

/// The start in (begin, begin + blur], the end in (least, most].
struct Bounds {
  double begin, blur, least, most, entry, limit;
};

Observation on_calendar(const Bounds& b) {
  Observation o;
  o.entry = std::max(0.0, b.entry - b.begin);
  o.lower = std::max({0.0, b.least - b.begin, o.entry});
  o.upper = b.most - b.begin;
  o.blur = b.blur;
  o.limit = std::max(b.limit - b.begin, o.lower);
  return o;
}

/// The same in working time. An end on a day off, which is an error of a day, counts as one of the next working day.
Observation on_working_days(const Bounds& b, const Clock& clock) {
  Observation o;
  o.entry = b.entry > b.begin ? clock.worked(b.begin, b.entry) : 0.0;
  o.lower = std::max({0.0, b.least > b.begin ? clock.worked(b.begin, b.least) : 0.0, o.entry});
  o.upper = clock.worked(b.begin, b.most);
  if (o.upper <= o.lower) o.upper = o.lower + 1.0;
  o.blur = clock.worked(b.begin, b.begin + b.blur);
  o.limit = std::max(clock.worked(b.begin, b.limit), o.lower);
  return o;
}

std::optional<ObservedDuration> between(const Clock& clock, const Moment& start, double least, double most,
                                        const ObservationWindow& window) {
  if (!std::isfinite(start.earliest) || !std::isfinite(start.latest) || !(start.latest >= start.earliest)) return {};
  if (!std::isfinite(least) || !(most > least)) return {};
  Bounds b{clock.of(start.earliest),
           start.latest - start.earliest,
           clock.earliest_end(clock.of(least)),
           clock.of(most),
           -kInfinity,
           kInfinity};
  if (window.truncated && start.earliest < window.from) b.entry = clock.earliest_end(clock.of(window.from));
  if (std::isfinite(window.until)) b.limit = clock.earliest_end(clock.of(window.until));
  if (!(b.most > b.begin) || (std::isfinite(b.entry) && !(b.most > b.entry))) return {};
  return ObservedDuration{on_calendar(b), on_working_days(b, clock)};
}

}  // namespace

std::optional<ObservedDuration> observe(const Calendar& calendar, const Moment& start, const Moment& end,
                                        const ObservationWindow& window, Ends ends) {
  return between(Clock(calendar, ends), start, end.earliest, end.latest, window);
}

std::optional<ObservedDuration> observe_until(const Calendar& calendar, const Moment& start, const Moment& stopped,
                                              const ObservationWindow& window) {
  // What is not known to the day is followed only as long as it surely lasted.
  const double at = stopped.known() ? stopped.latest : stopped.earliest;
  return between(Clock(calendar, Ends::any_day), start, std::max(at, start.earliest), kInfinity, window);
}

}  // namespace ketensim

#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "ketensim/calibrate.hpp"
#include "ketensim/distribution.hpp"

namespace ketensim::simulated {

/// Days since 1970-01-01, as moments are counted.
double day(int year, unsigned month, unsigned day_of_month);

/// Uniform on (0, 1); the same on every machine.
double uniform(std::mt19937_64& random);

Distribution exponential(double mean);
Distribution gamma(double mean, double cv);
Distribution lognormal(double mean, double cv);
Distribution weibull(double mean, double shape);

/// A partner whose steps are seen in a window, with dates only.
struct Partner {
  CalendarKind kind = CalendarKind::continuous;
  ObservationWindow window{day(2018, 1, 1), day(2020, 1, 1), true};
  double first_start = day(2016, 1, 1);  // starts are spread evenly from then until the window ends
  Ends ends = Ends::any_day;
  bool working_days = false;  // the clock on which services run

  Calendar calendar() const;
};

/// `count` services as they are delivered: those that ended before the window are not, those that end after it are
/// open, and the rest are two dates.
std::vector<DurationCase> services(const Partner& partner, const Distribution& truth, int count,
                                   std::mt19937_64& random);

/// The same, with a duration that depends on what is put into the case.
std::vector<DurationCase> services(const Partner& partner, int count, std::mt19937_64& random,
                                   const std::function<double(DurationCase&)>& duration);

/// Within the 95% interval.
inline bool covers(const Estimate& figure, double truth) { return figure.low <= truth && truth <= figure.high; }

}  // namespace ketensim::simulated

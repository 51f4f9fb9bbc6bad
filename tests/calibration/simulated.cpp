#include "tests/calibration/simulated.hpp"

#include <cmath>

#include "ketensim/monitor.hpp"

namespace ketensim::simulated {
namespace {

constexpr Date kOrigin = std::chrono::sys_days{std::chrono::year{2010} / 1 / 1};

Distribution named(const char* kind, double mean, const char* shape = nullptr, double value = 0.0) {
  Distribution d;
  d.kind = kind;
  d.parameters["mean"] = mean;
  if (shape) d.parameters[shape] = value;
  return d;
}

}  // namespace

double day(int year, unsigned month, unsigned day_of_month) {
  return static_cast<double>(
      std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month}}
          .time_since_epoch()
          .count());
}

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53; }

Distribution exponential(double mean) { return named("exponential", mean); }
Distribution gamma(double mean, double cv) { return named("gamma", mean, "cv", cv); }
Distribution lognormal(double mean, double cv) { return named("lognormal", mean, "cv", cv); }
Distribution weibull(double mean, double shape) { return named("weibull", mean, "shape", shape); }

Calendar Partner::calendar() const { return {kind, kOrigin, 20 * 366}; }

std::vector<DurationCase> services(const Partner& partner, const Distribution& truth, int count,
                                   std::mt19937_64& random) {
  return services(partner, count, random, [&](DurationCase&) { return quantile_of(truth, uniform(random)); });
}

std::vector<DurationCase> services(const Partner& partner, int count, std::mt19937_64& random,
                                   const std::function<double(DurationCase&)>& duration) {
  const Calendar calendar = partner.calendar();
  const double origin = static_cast<double>(kOrigin.time_since_epoch().count());
  std::vector<DurationCase> cases;
  while (static_cast<int>(cases.size()) < count) {
    const double spread = partner.window.until - partner.first_start;
    const double start =
        calendar.next_working(std::floor(partner.first_start - origin + uniform(random) * spread)) + uniform(random);
    if (start + origin >= partner.window.until) continue;
    DurationCase c;
    c.child = static_cast<std::int32_t>(cases.size());
    c.begun = start / kDaysPerYear;
    double end = calendar.add(start, {duration(c), partner.working_days});
    if (partner.ends == Ends::moved_to_working_day) end = calendar.next_working(end);
    end += origin;
    if (end < partner.window.from && partner.window.truncated) continue;
    const double start_day = std::floor(start + origin), end_day = std::floor(end);
    const Moment ended =
        end >= partner.window.until ? Moment{partner.window.until, Moment::kInfinity} : Moment{end_day, end_day + 1.0};
    const auto observed = observe(calendar, {start_day, start_day + 1.0}, ended, partner.window, partner.ends);
    if (!observed) continue;
    c.duration = *observed;
    cases.push_back(std::move(c));
  }
  return cases;
}

}  // namespace ketensim::simulated

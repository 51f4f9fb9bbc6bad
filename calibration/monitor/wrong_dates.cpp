#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "calibration/monitor/clean.hpp"
#include "calibration/monitor/dates.hpp"

namespace ketensim::monitor {
namespace {

constexpr double kYearsAhead = 2 * kDaysPerYear;  // a later date than this after the snapshot stands for none
constexpr std::size_t kFewToLearn = 50;
constexpr double kFarBeyond = 2.0;  // times the longest service: one date of it must be wrong

double days_of(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

std::string said(Which which, double days) { return fmt::format("{}={}", kMomentNames[which], iso(days)); }

/// A reading of a wrong date that keeps to the order of the row.
struct Reading {
  Rule rule;
  Which which;
  double days;
};

double exchanged(double days) {
  const double day = std::floor(days);
  const std::chrono::year_month_day date{Date(std::chrono::days(static_cast<int>(day)))};
  const std::chrono::year_month_day other{date.year(), std::chrono::month(static_cast<unsigned>(date.day())),
                                          std::chrono::day(static_cast<unsigned>(date.month()))};
  return other.ok() && other != date ? days_of(Date(other)) + (days - day) : kMissing;
}

double years_later(double days, int years) {
  const double day = std::floor(days);
  const std::chrono::year_month_day date =
      std::chrono::year_month_day{Date(std::chrono::days(static_cast<int>(day)))} + std::chrono::years(years);
  return date.ok() ? days_of(Date(date)) + (days - day) : kMissing;
}

bool in_order(const RawVisit& visit) {
  return visit.has(kReceived) && visit.has(kStarted) && visit.has(kEnded) &&
         visit.at[kReceived] <= visit.at[kStarted] && visit.at[kStarted] <= visit.at[kEnded];
}

/// Mends what stands in the wrong order within one row, or too far apart.
class Mending {
 public:
  Mending(Raw& raw, const Window& window, const Calendar& calendar, double origin, const std::vector<StepHabit>& habits)
      : raw_(raw), window_(window), calendar_(calendar), origin_(origin), habits_(habits) {}

  void mend(RawVisit& visit) {
    if (visit.has(kReceived) && visit.has(kStarted) && visit.at[kStarted] < visit.at[kReceived]) mend_start(visit);
    const double before = began(visit);
    if (visit.has(kEnded) && visit.at[kEnded] < before) mend_end(visit);
    if (in_order(visit) && visit.at[kEnded] - visit.at[kStarted] > kFarBeyond * longest_of(visit)) mend_service(visit);
  }

 private:
  static double began(const RawVisit& visit) { return visit.has(kStarted) ? visit.at[kStarted] : visit.at[kReceived]; }

  void mend_start(RawVisit& visit) {
    readings_.clear();
    const double latest = visit.has(kEnded) ? visit.at[kEnded] : window_.until - 1;
    add_readings(visit, kStarted, visit.at[kReceived], latest);
    if (take_only_reading(visit)) return;
    raw_.note(visit, Rule::start_before_received, said(kStarted, visit.at[kStarted]), "");
    visit.at[kStarted] = kMissing;
    visit.started_was_wrong = true;
  }

  void mend_end(RawVisit& visit) {
    readings_.clear();
    add_readings(visit, kEnded, began(visit), window_.until - 1);
    double latest = window_.until;
    if (!readings_.empty()) {
      latest = 0.0;
      for (const Reading& reading : readings_) latest = std::max(latest, reading.days + 1);
    }
    if (visit.has(kStarted) && visit.has(kReceived) && visit.at[kEnded] >= visit.at[kReceived])
      add_readings(visit, kStarted, visit.at[kReceived], visit.at[kEnded]);
    if (take_only_reading(visit)) return;
    raw_.note(visit, Rule::end_before_start, said(kEnded, visit.at[kEnded]),
              fmt::format("ended={}..{}", iso(began(visit)), iso(latest - 1)));
    visit.at[kEnded] = kMissing;
    visit.ended_latest = latest;
    visit.has_outcome = true;  // it has ended, whatever its outcome
  }

  /// Far too long: stays so where not exactly one reading makes it as long as others.
  void mend_service(RawVisit& visit) {
    readings_.clear();
    add_if_it_fits(visit, {Rule::day_month_swap, kEnded, exchanged(visit.at[kEnded])}, visit.at[kStarted],
                   visit.at[kEnded]);
    add_if_it_fits(visit, {Rule::day_month_swap, kStarted, exchanged(visit.at[kStarted])},
                   std::max(visit.at[kReceived], visit.at[kEnded] - longest_of(visit)), visit.at[kEnded]);
    take_only_reading(visit);
  }

  double longest_of(const RawVisit& visit) const { return habits_[static_cast<std::size_t>(visit.step)].longest; }

  void add_readings(const RawVisit& visit, Which which, double earliest, double latest) {
    add_if_it_fits(visit, {Rule::day_month_swap, which, exchanged(visit.at[which])}, earliest, latest);
    constexpr int kMostYears = 30;
    for (int years = 1; years <= kMostYears; ++years)
      add_if_it_fits(visit, {Rule::wrong_year, which, years_later(visit.at[which], years)}, earliest, latest);
  }

  void add_if_it_fits(const RawVisit& visit, const Reading& reading, double earliest, double latest) {
    if (!(reading.days >= earliest && reading.days <= latest)) return;  // nor what is missing
    const StepHabit& habit = habits_[static_cast<std::size_t>(visit.step)];
    if (habit.working_days && !calendar_.is_working(static_cast<int>(std::floor(reading.days - origin_)))) return;
    if (reading.which == kEnded && reading.days - earliest > longest_of(visit)) return;
    readings_.push_back(reading);
  }

  bool take_only_reading(RawVisit& visit) {
    if (readings_.size() != 1) return false;
    const Reading& reading = readings_.front();
    raw_.note(visit, reading.rule, said(reading.which, visit.at[reading.which]), said(reading.which, reading.days));
    visit.at[reading.which] = reading.days;
    return true;
  }

  Raw& raw_;
  const Window& window_;
  const Calendar& calendar_;
  const double origin_;
  const std::vector<StepHabit>& habits_;
  std::vector<Reading> readings_;
};

}  // namespace

Window window_of(const Raw& raw) {
  const ImportPlan& plan = *raw.plan;
  const double plausible = days_of(plan.plausible_from);
  double first = Moment::kInfinity, last = -Moment::kInfinity;
  if (!plan.from || !plan.snapshot)
    for (const RawVisit& visit : raw.visits)
      for (const double days : visit.at) {
        const bool placeholder = std::isnan(days) || days < plausible ||
                                 std::count(plan.placeholders.begin(), plan.placeholders.end(),
                                            Date(std::chrono::days(static_cast<int>(std::floor(days)))));
        if (placeholder) continue;
        first = std::min(first, std::floor(days));
        last = std::max(last, std::floor(days));
      }
  if (first > last) first = last = 0.0;
  return {plan.from ? days_of(*plan.from) : first, (plan.snapshot ? days_of(*plan.snapshot) : last) + 1};
}

void drop_wrong_dates(Raw& raw, const Window& window) {
  const double plausible = days_of(raw.plan->plausible_from);
  std::vector<double> placeholders;
  for (const Date date : raw.plan->placeholders) placeholders.push_back(days_of(date));
  for (RawVisit& visit : raw.visits) {
    if (visit.rejected) continue;
    for (const Which which : {kReceived, kStarted, kEnded}) {
      const double days = visit.at[which];
      if (std::isnan(days) ||
          (days >= plausible && days < window.until &&
           std::find(placeholders.begin(), placeholders.end(), std::floor(days)) == placeholders.end()))
        continue;
      const bool late = days >= window.until && days < window.until + kYearsAhead;
      visit.rejected = late && which == kReceived;
      raw.note(visit, late ? Rule::after_snapshot : Rule::placeholder_date, said(which, days),
               visit.rejected ? "rejected" : "");
      visit.at[which] = kMissing;
      visit.started_was_wrong |= which == kStarted;
      if (visit.rejected) break;
    }
  }
}

std::vector<StepHabit> habits_of(const Raw& raw, const Calendar& calendar, double origin) {
  struct Seen {
    std::vector<float> services;
    std::size_t on_working_days = 0;
  };
  std::vector<Seen> seen(raw.steps.names().size());
  for (const RawVisit& visit : raw.visits) {
    if (visit.rejected || !in_order(visit)) continue;
    Seen& step = seen[static_cast<std::size_t>(visit.step)];
    step.services.push_back(static_cast<float>(visit.at[kEnded] - visit.at[kStarted]));
    step.on_working_days += calendar.is_working(static_cast<int>(std::floor(visit.at[kEnded] - origin)));
  }
  std::vector<StepHabit> habits(seen.size(), {false, Moment::kInfinity});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    std::vector<float>& services = seen[i].services;
    if (services.size() < kFewToLearn) continue;
    habits[i].working_days =
        static_cast<double>(seen[i].on_working_days) >= 0.995 * static_cast<double>(services.size());
    const std::size_t rank = services.size() - 1 - services.size() / 1000;
    std::nth_element(services.begin(), services.begin() + static_cast<std::ptrdiff_t>(rank), services.end());
    habits[i].longest = static_cast<double>(services[rank]);
  }
  return habits;
}

void mend_order_of_dates(Raw& raw, const Window& window, const Calendar& calendar, double origin,
                         const std::vector<StepHabit>& habits) {
  Mending mending(raw, window, calendar, origin, habits);
  for (RawVisit& visit : raw.visits)
    if (!visit.rejected) mending.mend(visit);
}

void note_missing_moments(Raw& raw) {
  for (RawVisit& visit : raw.visits) {
    if (visit.rejected) continue;
    const DeliveryFacts& facts = raw.facts[static_cast<std::size_t>(visit.delivery)];
    if (!visit.has(kReceived) && !visit.has(kStarted)) {
      visit.rejected = true;
      raw.note(visit, Rule::no_received, "", "rejected");
    } else if (facts.has_column[kStarted] && !visit.has(kStarted) && !visit.withdrawn && !visit.started_was_wrong &&
               (visit.has(kEnded) || visit.has_outcome)) {
      raw.note(visit, Rule::missing_start, "",
               visit.has(kEnded) ? fmt::format("started={}..{}", iso(visit.at[kReceived]), iso(visit.at[kEnded])) : "");
    }
  }
}

}  // namespace ketensim::monitor

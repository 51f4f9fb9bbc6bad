#include "tests/calibration/queues.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "ketensim/time.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim::simulated {
namespace {

using std::size_t;

size_t month_of(Date date) {
  const std::chrono::year_month_day day(date);
  return static_cast<size_t>(static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())));
}

struct Child {
  int received;
  bool urgent;
  int thought_of = 0, started = -1, passed_on = -1, freed = -1;  // days of the simulation; -1: not within it
};

/// The days of a desk, one by one: received in the morning, started on working days, ended in the evening of one.
class Days {
 public:
  explicit Days(const Desk& desk) : desk_(desk), random_(desk.seed), calendar_(dutch_calendar()) {}

  std::vector<Child> run() && {
    const int days = desk_.warm_up + desk_.days;
    ends_.resize(static_cast<size_t>(days) + 1);
    for (day_ = 0; day_ < days; ++day_) {
      receive();
      if (desk_.reused_same_day) end();
      if (working(day_)) start();
      if (!desk_.reused_same_day) end();
    }
    return std::move(children_);
  }

 private:
  static int offset() { return static_cast<int>(day(2018, 1, 1)); }
  Date date(int on) const { return Date(std::chrono::days(offset() + on - desk_.warm_up)); }
  bool working(int on) const { return calendar_.is_working(static_cast<int>((date(on) - calendar_.origin()).count())); }
  int geometric(double mean) { return static_cast<int>(-mean * std::log(uniform(random_))); }

  int slots() const {
    return static_cast<int>(std::floor(desk_.fte[month_of(date(day_)) % desk_.fte.size()] * desk_.per_fte + 1e-9));
  }

  void receive() {
    const double held = (desk_.held ? 2.0 : 1.0) * (desk_.service + 1.5);
    double mean_fte = 0.0;
    for (const double fte : desk_.fte) mean_fte += fte / static_cast<double>(desk_.fte.size());
    const double size = desk_.per_fte > 0.0 ? desk_.per_fte : 4.7;
    const double mean = desk_.load * mean_fte * size / held;
    double chance = std::exp(-mean), below = chance;
    const double u = uniform(random_);
    for (int count = 1; u > below; ++count) {
      add();
      below += chance *= mean / count;
    }
  }
  void add() {
    Child child{day_, uniform(random_) < desk_.urgent};
    child.thought_of = day_ + (desk_.delay > 0.0 ? geometric(desk_.delay) : 0);
    waiting_.push_back(children_.size());
    children_.push_back(child);
  }

  void start() {
    std::vector<size_t> ready;
    for (const size_t child : waiting_)
      if (children_[child].thought_of <= day_) ready.push_back(child);
    while (!ready.empty() && (desk_.per_fte == 0.0 || taken_ < slots())) {
      const auto chosen = choose(ready);
      begin(*chosen);
      std::erase(waiting_, *chosen);
      ready.erase(chosen);
    }
  }

  std::vector<size_t>::iterator choose(std::vector<size_t>& ready) {
    if (desk_.order == Desk::Order::random || uniform(random_) > desk_.strict)
      return ready.begin() + static_cast<std::ptrdiff_t>(uniform(random_) * static_cast<double>(ready.size()));
    return std::min_element(ready.begin(), ready.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  }
  std::pair<int, int> key(size_t child) const {
    const Child& of = children_[child];
    if (desk_.order == Desk::Order::last_received) return {0, -of.received};
    return {desk_.order == Desk::Order::urgent_first && !of.urgent, of.received};
  }

  int end_after(int from, double mean) {
    int end = from + geometric(mean);
    while (!working(end)) ++end;
    return end;
  }
  void begin(size_t child) {
    ++taken_;
    Child& of = children_[child];
    of.started = day_;
    of.passed_on = end_after(day_, desk_.service);
    of.freed = desk_.held ? end_after(of.passed_on, desk_.service) : of.passed_on;
    if (desk_.reused_same_day && of.freed == day_) of.freed = of.passed_on = end_after(day_ + 1, 0.0);
    if (of.freed < static_cast<int>(ends_.size())) ++ends_[static_cast<size_t>(of.freed)];
  }
  void end() { taken_ -= ends_[static_cast<size_t>(day_)]; }

  const Desk& desk_;
  std::mt19937_64 random_;
  Calendar calendar_;
  std::vector<Child> children_;
  std::vector<size_t> waiting_;
  std::vector<int> ends_;
  int day_ = 0, taken_ = 0;
};

/// Rows as they are delivered.
class Rows {
 public:
  explicit Rows(const Desk& desk) : desk_(desk), random_(desk.seed + 1000) {
    monitor_.organisations.add("D");
    monitor_.outcomes.add("on");
    monitor_.steps = {{"D.desk", "D", true}, {"D.care", "D", false}};
    monitor_.attributes = {"urgency", "side"};
    monitor_.attribute_values.resize(2);
    for (const char* value : {"normal", "urgent"}) monitor_.attribute_values[0].add(value);
    for (const char* value : {"left", "right"}) monitor_.attribute_values[1].add(value);
    monitor_.from = Date(std::chrono::days(static_cast<int>(day(2018, 1, 1))));
    monitor_.until = monitor_.from + std::chrono::days(desk.days);
    monitor_.truncated = true;
    if (!desk.fte_delivered) return;
    for (auto month = std::chrono::year(2017) / 1; Date(month / 1) < monitor_.until; month += std::chrono::months(1))
      monitor_.capacity.push_back(
          {0, desk.held ? 1 : 0, Date(month / 1), desk.fte[month_of(Date(month / 1)) % desk.fte.size()]});
  }

  Monitor of(const std::vector<Child>& children) && {
    for (const Child& child : children) {
      ++child_;
      add(0, child.received, child.started, child.passed_on, child.urgent);
      if (desk_.held && child.started >= 0 && in_window(child.passed_on))
        add(1, child.passed_on, child.passed_on, child.freed, child.urgent);
    }
    return std::move(monitor_);
  }

 private:
  double at(int on) const { return day(2018, 1, 1) + on - desk_.warm_up; }
  bool in_window(int on) const { return on < desk_.warm_up + desk_.days; }
  Moment moment(int on) const {
    const double until = day(2018, 1, 1) + desk_.days;
    return on >= 0 && in_window(on) ? Moment{at(on), at(on) + 1.0} : Moment{until, Moment::kInfinity};
  }

  void add(std::int32_t step, int received, int started, int ended, bool urgent) {
    if (started >= 0 && ended < desk_.warm_up) return;  // was over when the window began
    if (uniform(random_) < desk_.lost) return;
    MonitorVisit visit;
    visit.child = child_;
    visit.organisation = 0;
    visit.step = step;
    visit.received = moment(received), visit.started = moment(started), visit.ended = moment(ended);
    if (!visit.ended.open()) {
      visit.outcome = 0;
      visit.next = step == 0 && desk_.held ? 1 : kLeaves;
      if (uniform(random_) < desk_.start_missing) visit.started = {visit.received.earliest, visit.ended.latest};
      if (uniform(random_) < desk_.end_wrong) visit.ended = {visit.started.earliest, moment(-1).earliest};
    }
    monitor_.visits.push_back(visit);
    monitor_.values.push_back(urgent);
    monitor_.values.push_back(uniform(random_) < 0.5);
  }

  const Desk& desk_;
  std::mt19937_64 random_;
  Monitor monitor_;
  std::int32_t child_ = -1;
};

}  // namespace

Monitor deliveries(const Desk& desk) { return Rows(desk).of(Days(desk).run()); }

Calendar dutch_calendar() { return {CalendarKind::netherlands, Date(std::chrono::days(14000)), 9000}; }

}  // namespace ketensim::simulated

// What a spreadsheet makes of deliveries.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/calibration/truths.hpp"

namespace ketensim::truths {
namespace {

using partners::Row;
using std::size_t;

constexpr double kReach = 1.96;

Estimate mean_of_values(const std::vector<double>& values) {
  Estimate figure;
  figure.cases = values.size();
  double sum = 0.0, squares = 0.0;
  for (const double value : values) sum += value;
  const auto n = static_cast<double>(values.size());
  figure.estimate = sum / n;
  for (const double value : values) squares += (value - figure.estimate) * (value - figure.estimate);
  figure.standard_error = std::sqrt(squares / n / n);
  figure.low = figure.estimate - kReach * figure.standard_error;
  figure.high = figure.estimate + kReach * figure.standard_error;
  return figure;
}

Estimate share_of(double part, double whole) {
  Estimate figure{part / whole};
  figure.standard_error = std::sqrt(figure.estimate * (1.0 - figure.estimate) / whole);
  figure.low = figure.estimate - kReach * figure.standard_error;
  figure.high = figure.estimate + kReach * figure.standard_error;
  figure.cases = static_cast<size_t>(whole);
  return figure;
}

class Spreadsheet {
 public:
  Spreadsheet(const Scenario& truth, const std::vector<Row>& rows, Date from, Date snapshot)
      : truth_(truth),
        rows_(rows),
        from_(static_cast<int>(from.time_since_epoch().count())),
        snapshot_(static_cast<int>(snapshot.time_since_epoch().count())) {
    for (const Row& row : rows) of_child_[row.child].push_back(&row);
    for (auto& [child, own] : of_child_)
      std::stable_sort(own.begin(), own.end(), [](const Row* a, const Row* b) { return a->received < b->received; });
  }

  std::vector<Figure> figures() && {
    for (const Step& step : truth_.chain.steps) add_step(step);
    for (const Step& step : truth_.chain.steps)
      for (const Pool& pool : truth_.chain.pools)
        if (pool.id == step.pool) add_pool(step, pool);
    add_returns();
    add_reports();
    return std::move(figures_);
  }

 private:
  void add(const char* kind, const std::string& of, double truth, const Estimate& found) {
    if (found.cases >= 10) figures_.push_back({kind, of, truth, found});
  }

  void add_step(const Step& step) {
    if (step.duration_of_class.empty() && !step.duration.working_days) {
      std::vector<double> durations;
      for (const Row& row : rows_)
        if (row.step == step.id && row.started && row.ended && row.outcome != "withdrawn")
          durations.push_back(*row.ended - *row.started);
      add("duration: mean", step.id, mean_of(step.duration), mean_of_values(durations));
    }
    if (step.patience) {
      std::vector<double> waits;
      for (const Row& row : rows_)
        if (row.step == step.id && row.ended && row.outcome == "withdrawn") waits.push_back(*row.ended - row.received);
      add("patience: mean", step.id, mean_of(step.patience->after), mean_of_values(waits));
    }
    if (step.next.size() == 1) add_routes(step);
    for (const Target& target : step.next.back().to)
      if (target.after) add_hand_over(step, target);
  }

  void add_routes(const Step& step) {
    std::map<std::string, double> counts;
    double all = 0.0;
    for (const Row& row : rows_) {
      if (row.step != step.id || !row.ended || row.outcome == "withdrawn" || row.outcome == "?") continue;
      counts[row.outcome] += 1.0;
      all += 1.0;
    }
    if (step.next.front().to.size() < 2) return;
    for (const Target& target : step.next.front().to)
      add("route: share", step.id + " to " + target.to, target.share, share_of(counts[target.to], all));
  }

  void add_hand_over(const Step& step, const Target& target) {
    std::vector<double> delays;
    for (const auto& [child, own] : of_child_)
      for (size_t i = 0; i + 1 < own.size(); ++i)
        if (own[i]->step == step.id && own[i]->outcome == target.to && own[i]->ended && own[i + 1]->step == target.to)
          delays.push_back(own[i + 1]->received - *own[i]->ended);
    add("hand-over: mean", step.id + " to " + target.to, mean_of(*target.after), mean_of_values(delays));
  }

  /// As many cases as were at work on the busiest day, per fte of then.
  void add_pool(const Step& step, const Pool& pool) {
    std::map<std::string, std::vector<double>> busy;  // by organisation and day of the window
    const auto days = static_cast<size_t>(snapshot_ - from_ + 1);
    std::set<std::string> serves{step.id};
    if (!step.hold_until.empty())
      for (const Step& other : truth_.chain.steps)
        if (other.id.starts_with(step.id.substr(0, step.id.find('.') + 1))) serves.insert(other.id);
    for (const Row& row : rows_) {
      if (!serves.contains(row.step) || !row.started) continue;
      std::vector<double>& own = busy[row.organisation];
      own.resize(days);
      const int first = std::max(*row.started, from_), last = std::min(row.ended.value_or(snapshot_), snapshot_);
      for (int day = first; day <= last; ++day) own[static_cast<size_t>(day - from_)] += 1.0;
    }
    for (const auto& [organisation, slots] : busy) {
      const Schedule* fte = &pool.fte->common;
      for (const auto& [member, own] : pool.fte->by_member)
        if (member == organisation) fte = &own;
      Estimate busiest;
      busiest.estimate = 0.0;
      busiest.cases = days;
      for (size_t day = 0; day < days; ++day)
        busiest.estimate = std::max(busiest.estimate, slots[day] / value_at(*fte, from_ + static_cast<int>(day)));
      busiest.low = busiest.high = busiest.estimate;
      add("cases per fte", organisation + ": " + step.id, pool.cases_per_fte->common.from.front().second, busiest);
    }
  }

  static double value_at(const Schedule& schedule, int day) {
    double value = schedule.from.front().second;
    for (const auto& [since, amount] : schedule.from)
      if (since.time_since_epoch().count() <= day) value = amount;
    return value;
  }

  /// Of the children who left in the window, those who were received again in it.
  void add_returns() {
    if (!truth_.chain.returns) return;
    double left = 0.0, back = 0.0;
    std::vector<double> delays;
    for (const auto& [child, own] : of_child_)
      for (size_t i = 0; i < own.size(); ++i) {
        if (!own[i]->ended || (own[i]->outcome != "out" && own[i]->outcome != "withdrawn")) continue;
        left += 1.0;
        if (i + 1 == own.size() || own[i + 1]->received < *own[i]->ended) continue;
        back += 1.0;
        delays.push_back(own[i + 1]->received - *own[i]->ended);
      }
    add("returns: share", truth_.chain.returns->to, truth_.chain.returns->share, share_of(back, left));
    add("returns: mean delay", truth_.chain.returns->to, mean_of(truth_.chain.returns->after), mean_of_values(delays));
  }

  /// Families that come for the first time, by day over the whole window.
  void add_reports() {
    const Stream& stream = truth_.chain.streams.front();
    std::set<std::pair<std::string, int>> families;
    for (const auto& [child, own] : of_child_)
      if (own.front()->step == stream.to && own.front()->received >= from_)
        families.emplace(own.front()->family, own.front()->received);
    const double years = (snapshot_ + 1 - from_) / kDaysPerYear, days = snapshot_ + 1 - from_;
    const auto count = static_cast<double>(families.size());
    Estimate rate{count / days, std::sqrt(count) / days};
    rate.low = rate.estimate - kReach * rate.standard_error;
    rate.high = rate.estimate + kReach * rate.standard_error;
    rate.cases = families.size();
    add("reports: rate at the snapshot", stream.to, stream.per_day * std::pow(1.0 + stream.trend_per_year, years),
        rate);
  }

  const Scenario& truth_;
  const std::vector<Row>& rows_;
  int from_, snapshot_;
  std::map<std::string, std::vector<const Row*>> of_child_;
  std::vector<Figure> figures_;
};

}  // namespace

std::vector<Figure> naive(const Scenario& truth, const std::vector<Row>& rows, Date from, Date snapshot) {
  return Spreadsheet(truth, rows, from, snapshot).figures();
}

}  // namespace ketensim::truths

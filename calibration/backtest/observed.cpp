// Indicators as the deliveries tell them.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "calibration/chain/evidence.hpp"
#include "ketensim/replay.hpp"

namespace ketensim {
namespace {

using std::size_t;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// What happened at one step of one member in one period.
struct Tally {
  double inflow = 0.0, started = 0.0, outflow = 0.0, left = 0.0, queue = 0.0, wip = 0.0;
  double wait = 0.0, waits = 0.0, lead = 0.0, ended = 0.0, met = 0.0, wait_met = 0.0;
};

class Observing {
 public:
  Observing(const ImportPlan& plan, const Monitor& monitor, const Linked& nothing,
            std::span<const ReportedPeriod> periods)
      : evidence_(plan, monitor, nothing), monitor_(monitor), periods_(periods) {}

  std::vector<ObservedFigure> figures() && {
    for (const MonitorVisit& visit : monitor_.visits)
      if (visit.organisation != kUnknown) count(visit);
    std::vector<ObservedFigure> figures;
    for (const auto& [place, tallies] : tallies_) add(place, tallies, figures);
    return figures;
  }

 private:
  using Place = std::pair<std::int32_t, std::int32_t>;  // organisation and step

  const Norm& norm_of(std::int32_t step) const {
    static const Norm kNone;
    const std::string& id = monitor_.steps[static_cast<size_t>(step)].id;
    for (const auto& [name, norm] : evidence_.plan().norms)
      if (name == id) return norm;
    return kNone;
  }

  /// A moment as one; what has not come lies beyond every period.
  static double at(const Moment& moment) { return moment.earliest; }
  /// A start that was not delivered lies soon after receipt.
  static double started_at(const MonitorVisit& visit) {
    if (visit.withdrawn || !std::isfinite(visit.started.latest)) return Moment::kInfinity;
    if (visit.started.known()) return visit.started.earliest;
    return std::min(visit.started.earliest + 1.0, visit.started.latest - 1.0);
  }

  bool within(double from, double to, const std::optional<Duration>& term) const {
    if (!term) return true;
    const double origin = chain::moment_of(evidence_.calendar().origin());
    return evidence_.calendar().elapsed(from - origin, to - origin, term->working) <= term->days + 1e-8;
  }

  void count(const MonitorVisit& visit) {
    std::vector<Tally>& tallies = tallies_[{visit.organisation, visit.step}];
    tallies.resize(periods_.size());
    const double received = at(visit.received), started = started_at(visit), ended = at(visit.ended);
    const Norm& norm = norm_of(visit.step);
    for (size_t p = 0; p < periods_.size(); ++p) {
      const double from = chain::moment_of(periods_[p].from), until = chain::moment_of(periods_[p].until);
      const auto in = [&](double moment) { return moment >= from && moment < until; };
      Tally& tally = tallies[p];
      tally.inflow += in(received);
      if (in(started)) {
        ++tally.started;
        if (visit.started.known()) {
          ++tally.waits;
          tally.wait += started - received;
          tally.wait_met += within(received, started, norm.wait);
        }
      }
      if (in(ended)) {
        ++tally.outflow;
        tally.left += visit.withdrawn;
        if (!visit.withdrawn) {
          ++tally.ended;
          tally.lead += ended - received;
          tally.met += within(received, ended, norm.lead_time) && within(started, ended, norm.service);
        }
      }
      if (received >= until) continue;
      const bool gone = ended < until;
      tally.queue += !gone && started >= until;
      tally.wip += !gone && started < until;
    }
  }

  bool in_gap(const Place& place, const ReportedPeriod& period) const {
    for (const Gap& gap : monitor_.gaps)
      if (gap.organisation == place.first && (gap.step == kUnknown || gap.step == place.second) &&
          gap.from < period.until && period.from < gap.until)
        return true;
    return false;
  }

  void add(const Place& place, const std::vector<Tally>& tallies, std::vector<ObservedFigure>& figures) const {
    const std::string organisation(monitor_.organisations[static_cast<size_t>(place.first)]);
    const std::string& id = monitor_.steps[static_cast<size_t>(place.second)].id;
    const Norm& norm = norm_of(place.second);
    const auto put = [&](const char* indicator, auto&& value, auto&& cases) {
      ObservedFigure& figure =
          figures.emplace_back(ObservedFigure{organisation, id.substr(id.find('.') + 1), indicator, {}, {}});
      for (size_t p = 0; p < tallies.size(); ++p) {
        figure.values.push_back(in_gap(place, periods_[p]) ? kUndefined : value(tallies[p]));
        figure.cases.push_back(cases(tallies[p]));
      }
    };
    const auto count = [&](const char* indicator, double Tally::*of) {
      put(indicator, std::mem_fn(of), std::mem_fn(of));
    };
    const auto ratio = [&](const char* indicator, double Tally::*part, double Tally::*whole) {
      const auto value = [=](const Tally& t) { return t.*whole > 0.0 ? t.*part / t.*whole : kUndefined; };
      put(indicator, value, std::mem_fn(whole));
    };
    count("inflow", &Tally::inflow);
    count("started", &Tally::started);
    count("outflow", &Tally::outflow);
    count("left", &Tally::left);
    count("queue_end", &Tally::queue);
    count("wip_end", &Tally::wip);
    ratio("wait_mean", &Tally::wait, &Tally::waits);
    ratio("lead_mean", &Tally::lead, &Tally::ended);
    if (norm.service || norm.lead_time) ratio("norm_met", &Tally::met, &Tally::ended);
    if (norm.wait) ratio("norm_met_wait", &Tally::wait_met, &Tally::waits);
  }

  chain::Evidence evidence_;  // for its calendar and plan
  const Monitor& monitor_;
  std::span<const ReportedPeriod> periods_;
  std::map<Place, std::vector<Tally>> tallies_;
};

}  // namespace

std::vector<ObservedFigure> observed_figures(const ImportPlan& plan, const Monitor& monitor,
                                             std::span<const ReportedPeriod> periods) {
  const Linked nothing;
  return Observing(plan, monitor, nothing, periods).figures();
}

bool real_queue(std::span<const double> month_ends) {
  constexpr double kFewWaiting = 2.0;
  constexpr int kMonths = 3;
  int in_a_row = 0;
  for (const double waiting : month_ends) {
    in_a_row = waiting > kFewWaiting ? in_a_row + 1 : 0;
    if (in_a_row == kMonths) return true;
  }
  return false;
}

}  // namespace ketensim

#include "calibration/chain/evidence.hpp"

#include <algorithm>
#include <cmath>

namespace ketensim::chain {
namespace {

using std::size_t;

constexpr double kNoon = 0.5;             // when the engine begins a service that starts on a date
constexpr double kTold = 0.5;             // of the visits at entries: the attribute is one of arrival
constexpr double kSomeOnDaysOff = 0.005;  // of hand-overs received on days off: they come on any day
constexpr size_t kFewHandovers = 50;

Calendar calendar_of(const ImportPlan& plan, const Monitor& monitor) {
  const Date origin = std::chrono::floor<std::chrono::days>(plan.plausible_from) - std::chrono::days{400};
  const int length = static_cast<int>((monitor.until - origin).count()) + 4000;
  return {plan.calendar, origin, length};
}

}  // namespace

Evidence::Evidence(const ImportPlan& plan, const Monitor& monitor, const Linked& linked)
    : plan_(plan), monitor_(monitor), linked_(linked), calendar_(calendar_of(plan, monitor)) {
  for (const Granularity& granularity : monitor.granularities) daily_ &= granularity.days >= 1.0;
  find_followers();
  find_gaps();
  choose_attributes();
}

ObservationWindow Evidence::window() const {
  return {moment_of(monitor_.from), moment_of(monitor_.until), monitor_.truncated};
}

void Evidence::find_followers() {
  case_of_.assign(monitor_.visits.size(), kUnknown);
  before_ = after_ = case_of_;
  at_.resize(monitor_.steps.size());
  std::vector<double> pauses;
  for (size_t c = 0; c < linked_.cases.size(); ++c)
    for (size_t i = 0; i < linked_.cases[c].count; ++i) {
      const std::int32_t number = linked_.visits[linked_.cases[c].first + i];
      case_of_[static_cast<size_t>(number)] = static_cast<std::int32_t>(c);
      if (i == 0) continue;
      const std::int32_t before = linked_.visits[linked_.cases[c].first + i - 1];
      before_[static_cast<size_t>(number)] = before;
      after_[static_cast<size_t>(before)] = number;
      if (visit(before).follows) pauses.push_back(visit(number).started.earliest - visit(before).ended.earliest);
    }
  for (size_t v = 0; v < monitor_.visits.size(); ++v)
    if (case_of_[v] != kUnknown)
      at_[static_cast<size_t>(monitor_.visits[v].step)].push_back(static_cast<std::int32_t>(v));
  if (pauses.empty()) return;
  const auto at = pauses.begin() + static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(pauses.size() - 1));
  std::nth_element(pauses.begin(), at, pauses.end());
  longest_pause_ = std::max(0.0, *at);
}

/// What is told at entries of most visits, and what names the members of an organisation.
void Evidence::choose_attributes() {
  const size_t count = monitor_.attributes.size();
  std::vector<double> told(count);
  double entries = 0.0;
  for (const MonitorCase& of : linked_.cases) {
    if (of.beginning_unseen) continue;
    const auto first = static_cast<size_t>(linked_.visits[of.first]);
    entries += 1.0;
    for (size_t a = 0; a < count; ++a) told[a] += monitor_.value(first, a) != kUnknown;
  }
  at_entry_.resize(count);
  for (size_t a = 0; a < count; ++a) {
    at_entry_[a] = entries > 0.0 && told[a] > kTold * entries;
    const bool names_members =
        std::any_of(plan_.organisations.begin(), plan_.organisations.end(),
                    [&](const PartnerPlan& partner) { return partner.per == monitor_.attributes[a]; });
    if (at_entry_[a] || names_members) attributes_.push_back(static_cast<std::int32_t>(a));
  }
}

/// What is told at a visit or was told at an earlier one of the case; what only later ones tell depends on where the
/// case went.
std::int32_t Evidence::value(std::int32_t visit, std::int32_t attribute) const {
  for (std::int32_t at = visit; at != kUnknown; at = before(at)) {
    const std::int32_t told = monitor_.value(static_cast<size_t>(at), static_cast<size_t>(attribute));
    if (told != kUnknown || !at_entry(attribute)) return told;
  }
  return kUnknown;
}

std::vector<std::int32_t> Evidence::classes(std::int32_t visit) const {
  std::vector<std::int32_t> values;
  for (const std::int32_t attribute : attributes_) values.push_back(value(visit, attribute));
  return values;
}

std::int64_t Evidence::siblings(std::int32_t number) const {
  const MonitorCase& of = case_of(number);
  const MonitorVisit& first = visit(linked_.visits[of.first]);
  if (of.beginning_unseen || of.previous != kUnknown || first.family == kUnknown) return -1;
  for (std::int32_t at = before(number); at != kUnknown; at = before(at))
    if (visit(at).step == visit(number).step) return -1;
  const auto day = static_cast<std::int64_t>(std::floor(first.received.earliest - window().from));
  return static_cast<std::int64_t>(first.family) << 32 | (day & 0xffffffff);
}

std::int32_t Evidence::next(std::int32_t number) const {
  const MonitorVisit& of = visit(number);
  if (!of.follows) return of.ended.open() ? kUnknown : of.next;
  const std::int32_t after = after_[static_cast<size_t>(number)];
  if (after != kUnknown) return visit(after).step;
  if (of.ended.open() || window().until - of.ended.latest < longest_pause_) return kUnknown;
  return kLeaves;
}

Moment Evidence::as_start(const Moment& moment) const {
  if (!daily_ || !std::isfinite(moment.latest)) return moment;
  return {moment.earliest, std::max(moment.earliest, moment.latest - 1.0)};
}

Moment Evidence::as_start_of_service(const Moment& moment) const {
  Moment start = as_start(moment);
  if (daily_) start.earliest += kNoon, start.latest += kNoon;
  return start;
}

double Evidence::between(const Moment& from, const Moment& to) {
  return std::max(0.0, (to.earliest + to.latest - from.earliest - from.latest) / 2.0);
}

/// Steps at which a gap leaves visits out: one of its own, or all of the organisation's.
void Evidence::find_gaps() {
  for (const Gap& gap : monitor_.gaps) {
    GapSteps& of = gaps_.emplace_back(GapSteps{moment_of(gap.from), moment_of(gap.until), {}});
    of.steps.resize(monitor_.steps.size());
    for (const MonitorVisit& v : monitor_.visits)
      if (gap.step != kUnknown ? v.step == gap.step : v.organisation == gap.organisation)
        of.steps[static_cast<size_t>(v.step)] = true;
  }
}

bool Evidence::in_gap(std::int32_t number) const {
  const MonitorVisit& of = visit(number);
  return std::any_of(gaps_.begin(), gaps_.end(), [&](const GapSteps& gap) {
    return gap.steps[static_cast<size_t>(of.step)] && of.received.earliest >= gap.from &&
           of.received.earliest < gap.until;
  });
}

std::vector<std::pair<Date, Date>> Evidence::gaps_at(std::int32_t step) const {
  std::vector<std::pair<Date, Date>> gaps;
  for (size_t g = 0; g < gaps_.size(); ++g)
    if (gaps_[g].steps[static_cast<size_t>(step)]) gaps.emplace_back(monitor_.gaps[g].from, monitor_.gaps[g].until);
  return gaps;
}

bool Evidence::handed_over_on_working_days() const {
  if (calendar_.continuous()) return false;
  size_t all = 0, off = 0;
  const double origin = moment_of(calendar_.origin());
  for (const Handover& handover : linked_.handovers) {
    if (handover.to == kUnknown || handover.skipped || handover.at_most < 2.0) continue;
    const Moment& received = visit(handover.to).received;
    if (!received.known()) continue;
    ++all;
    off += !calendar_.is_working(static_cast<int>(received.earliest - origin));
  }
  return all >= kFewHandovers && static_cast<double>(off) <= kSomeOnDaysOff * static_cast<double>(all);
}

}  // namespace ketensim::chain

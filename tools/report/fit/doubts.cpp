#include "tools/report/fit/doubts.hpp"

#include <cmath>

namespace ketensim::report {
namespace {

using enum FitPhrase;

constexpr double kFar = 0.03;         // between a fit and the data: the tolerance of FitOptions
constexpr double kWide = 0.1;         // relative standard error of a mean: an interval of a fifth to both sides
constexpr std::size_t kFew = 50;      // cases, for a shape
constexpr std::size_t kFewDays = 20;  // with a queue, for a caseload
constexpr double kFollowUp = 0.8;     // of the delays until a return
constexpr std::size_t kShort = 730;   // days, for seasons and trend

FitPhrase sentence_of(ArrivalChange::Kind kind) {
  switch (kind) {
    case ArrivalChange::Kind::level:
      return change_sentence;
    case ArrivalChange::Kind::shock:
      return passing_sentence;
    case ArrivalChange::Kind::trend:
      break;
  }
  return bend_sentence;
}

class Doubting {
 public:
  explicit Doubting(const FitView& view) : view_(view) {}

  Doubts all() {
    const Calibration& calibration = view_.calibration();
    for (const StreamFit& stream : calibration.streams) add_arrivals(stream);
    for (const StepFit& step : calibration.steps) add_step(step);
    for (const CapacityFit& pool : calibration.capacity) add_pool(pool);
    if (calibration.returns) add_returns(*calibration.returns);
    return std::move(doubts_);
  }

 private:
  template <class... Arguments>
  void doubt(FitPhrase phrase, const Arguments&... arguments) {
    doubts_.doubtful.push_back(view_.say(phrase, arguments...));
  }

  void add_arrivals(const StreamFit& stream) {
    ++doubts_.fits;
    const std::string name = view_.say(arrivals) + ", " + view_.step(stream.to);
    const auto what = fmt::arg("what", name);
    if (!stream.arrivals.ok())
      doubt(doubt_none, what);
    else if (stream.per_day.size() < kShort)
      doubt(doubt_short, what);
    for (const ArrivalChange& change : stream.arrivals.changes) {
      doubts_.changes.push_back(view_.say(sentence_of(change.kind), what, fmt::arg("from", view_.day(change.from)),
                                          fmt::arg("until", view_.last_day(change.until)),
                                          fmt::arg("interval", view_.estimate(change.factor))));
    }
  }

  void add_duration(const std::string& name, const DurationFit& fit, bool patience = false) {
    ++doubts_.fits;
    const auto what = fmt::arg("what", name);
    if (fit.trend)
      doubts_.changes.push_back(view_.say(trend_sentence, what, fmt::arg("interval", view_.growth(*fit.trend))));
    if (!fit.ok() || fit.parts.empty()) return doubt(doubt_none, what);
    std::size_t cases = 0;
    const FittedDuration* widest = nullptr;
    const auto width = [](const FittedDuration& part) { return part.mean.standard_error / part.mean.estimate; };
    for (const FittedDuration& part : fit.parts) {
      cases += part.mean.cases;
      if (!widest || width(part) > width(*widest)) widest = &part;
    }
    if (cases < kFew) return doubt(doubt_few, what, fmt::arg("cases", view_.count(cases)));
    if (fit.family == "empirical") return doubt(doubt_rejected, what);
    if (fit.distance > kFar) return doubt(doubt_far, what, fmt::arg("points", view_.points(fit.distance)));
    if (patience && (fit.curve.share.empty() || fit.curve.share.back() < 0.5 || width(*widest) > kWide))
      return doubt(doubt_patience, what);
    if (width(*widest) > kWide)
      doubt(doubt_wide, what, fmt::arg("interval", view_.estimate(widest->mean)),
            fmt::arg("unit", view_.unit(fit.working_days)));
  }

  void add_step(const StepFit& step) {
    const std::string name = view_.step(step.step);
    add_duration(view_.say(duration_of, fmt::arg("step", name)), step.duration);
    if (step.patience) add_duration(view_.say(patience_of, fmt::arg("step", name)), *step.patience, true);
    for (const HandoverFit& handover : step.handovers)
      add_duration(view_.say(handover_of, fmt::arg("from", name), fmt::arg("to", view_.step(handover.to))),
                   handover.delay);
    if (step.outcomes.empty()) return;
    ++doubts_.fits;
    if (!step.routes.ok()) doubt(doubt_none, fmt::arg("what", view_.say(routes_of, fmt::arg("step", name))));
  }

  void add_pool(const CapacityFit& pool) {
    if (pool.ok() && !pool.limits) return;
    ++doubts_.fits;
    const std::string name = view_.step(pool.claimed_at != kUnknown ? pool.claimed_at : pool.reported_at) +
                             (pool.organisation == kUnknown ? "" : ", " + view_.organisation(pool.organisation));
    const auto what = fmt::arg("what", view_.say(capacity) + ", " + name);
    if (!pool.ok())
      doubt(doubt_none, what);
    else if (pool.full_days < kFewDays)
      doubt(doubt_queue, what, fmt::arg("days", pool.full_days));
  }

  void add_returns(const ShareFit& fit) {
    ++doubts_.fits;
    const auto what = fmt::arg("what", view_.say(returns));
    if (!fit.ok())
      doubt(doubt_none, what);
    else if (fit.follow_up < kFollowUp)
      doubt(doubt_follow_up, what);
  }

  const FitView& view_;
  Doubts doubts_;
};

}  // namespace

Doubts doubts_of(const FitView& view) { return Doubting(view).all(); }

}  // namespace ketensim::report

#include "calibration/fit/arrival_notes.hpp"

#include <fmt/core.h>

#include <cmath>

namespace ketensim::fit {
namespace {

using Kind = ArrivalChange::Kind;

std::string date(Date day) {
  const std::chrono::year_month_day d{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

std::string percent(double change) { return fmt::format("{:+.1f}%", 100.0 * change); }

std::string note_of(const ArrivalChange& change) {
  const std::string interval = fmt::format("{} ({} to {})", percent(change.factor.estimate - 1.0),
                                           percent(change.factor.low - 1.0), percent(change.factor.high - 1.0));
  switch (change.kind) {
    case Kind::level:
      return fmt::format("the level changed about {}: {}; what holds from then on goes on", date(change.from),
                         interval);
    case Kind::shock:
      return fmt::format("from about {} to {} the level was off by {}; it passed, and is no part of the forecast",
                         date(change.from), date(change.until), interval);
    case Kind::trend:
      break;
  }
  return fmt::format("the trend changed about {}: growth per year by {}", date(change.from), interval);
}

}  // namespace

void note_of_rule(ArrivalFit& fit, const RuleScore& present, const RuleScore& chosen, const RuleScore& best) {
  if (present.by_origin.empty()) {
    fit.notes.push_back(fmt::format(
        "how the past goes on could not be checked from origins in the past (that takes three years of data): {}",
        present.rule.name));
    return;
  }
  const auto origins = present.by_origin.size();
  const std::string scores = fmt::format("mean log score of the next four quarters from {} origins in the past: {:.3f}",
                                         origins, present.mean());
  if (chosen.rule.name != present.rule.name)
    fit.notes.push_back(
        fmt::format("BIC stands for `{}` ({}), but `{}` foretold better beyond chance ({:.3f}): that "
                    "is what goes on",
                    present.rule.name, scores, chosen.rule.name, chosen.mean()));
  else if (best.rule.name != present.rule.name)
    fit.notes.push_back(
        fmt::format("what goes on is `{}`, as BIC has it ({}); `{}` scored {:.3f}, which is no better "
                    "beyond chance or asks for a trend that BIC does not",
                    present.rule.name, scores, best.rule.name, best.mean()));
  else
    fit.notes.push_back(fmt::format("what goes on is `{}`, as BIC has it, and nothing foretold better ({})",
                                    present.rule.name, scores));
}

void add_notes(ArrivalFit& fit, const ArrivalRegression& regression, const RuleScore& kept, double wander,
               const std::optional<LateChange>& late) {
  const ForecastRule& rule = kept.rule;
  if (!regression.fit.fit.converged)
    fit.notes.emplace_back("the regression did not converge: its figures are doubtful");
  for (const ArrivalChange& change : fit.changes) fit.notes.push_back(note_of(change));
  if (rule.trend && rule.kept < 1.0)
    fit.notes.push_back(fmt::format("of the trend of the past, {} per year, {} goes on",
                                    percent(std::expm1(regression.fit.fit.at[1])),
                                    rule.kept > 0.0 ? "half" : "nothing"));
  if (wander > 0.0)
    fit.notes.push_back(fmt::format(
        "the level wanders by about {:.1f}% a year (standard deviation) beyond its growth: forecasts do too",
        100.0 * wander));
  else if (kept.drift > 0.0)
    fit.notes.push_back(fmt::format(
        "from origins in the past the level went off by about {:.0f}% more than its error within the year: the "
        "error of the rate has that in it",
        100.0 * kept.drift));
  if (late)
    fit.notes.push_back(
        fmt::format("since about {} the level is off by {}; whether that stays can't be told yet, and "
                    "the forecast takes it to pass",
                    date(late->from), percent(late->factor - 1.0)));
  const ArrivalTerms& terms = regression.design.terms();
  if (regression.problem.days() < 730)
    fit.notes.emplace_back(
        "less than two years of days: seasons, trend and changes can't be told apart, so none is in the model");
  else if (terms.months == Months::none)
    fit.notes.emplace_back("no seasons over the year beyond chance");
  if (fit.month_dispersion.estimate > 0.0)
    fit.notes.push_back(fmt::format(
        "months lie off the model by {:.1f}% (standard deviation) beyond chance; changes of level too small to be "
        "found are in that as well, and forecasts vary as much",
        100.0 * std::sqrt(fit.month_dispersion.estimate)));
  if (fit.day_dispersion.estimate > 0.0)
    fit.notes.push_back(fmt::format("days vary by {:.1f}% (standard deviation) beyond chance",
                                    100.0 * std::sqrt(fit.day_dispersion.estimate)));
}

}  // namespace ketensim::fit

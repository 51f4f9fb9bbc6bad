#include "tools/report/since/score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "calibration/backtest/scores.hpp"

namespace ketensim::report {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

const HistoryFigure* find_history(const std::vector<HistoryFigure>& history, const Place& place,
                                  std::string_view indicator) {
  for (const HistoryFigure& figure : history)
    if (figure.organisation == place.organisation && figure.step == place.step && figure.indicator == indicator)
      return &figure;
  return nullptr;
}

std::vector<double> sorted_futures(const Results& forecast, std::size_t figure, std::size_t period) {
  std::vector<double> values;
  for (int replication = 0; replication < forecast.replications; ++replication) {
    const double value = forecast.value(replication, figure, period);
    if (!std::isnan(value)) values.push_back(value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

/// The value of the last month before the forecast began.
double last_known(const HistoryFigure& history, Date start) {
  double value = kUnknown;
  for (std::size_t i = 0; i < history.months.size() && history.months[i] < start; ++i) value = history.values[i];
  return value;
}

/// Sums over months, from which a score is made.
struct Sums {
  Score score;
  double observed = 0.0, expected = 0.0, off = 0.0, naive_off = 0.0, crps = 0.0;

  void add(std::vector<double> futures, double came, double naive) {
    const double median = rolling::quantile(futures, 0.5);
    ++score.months;
    score.inside += came >= rolling::quantile(futures, 0.05) && came <= rolling::quantile(futures, 0.95) ? 1 : 0;
    observed += came;
    expected += median;
    off += std::abs(median - came);
    naive_off += std::abs(naive - came);
    crps += rolling::crps(futures, came);
  }
  Score finished() {
    score.observed = observed / score.months;
    score.expected = expected / score.months;
    score.off = observed > 0.0 ? off / observed : kUnknown;
    score.naive_off = observed > 0.0 ? naive_off / observed : kUnknown;
    score.skill = naive_off > 0.0 ? 1.0 - crps / naive_off : kUnknown;
    return score;
  }
};

Sums sums_of(const Results& forecast, const HistoryFigure& history, const Place& place, std::string_view indicator) {
  Sums sums;
  sums.score.place = place;
  sums.score.indicator = indicator;
  const std::size_t figure = forecast.find(place.organisation, place.step, indicator);
  if (figure == Results::npos) return sums;
  const double naive = last_known(history, forecast.periods.front().from);
  for (std::size_t period = 0; period < forecast.base_periods; ++period) {
    const ReportedPeriod& month = forecast.periods[period];
    const auto at = std::find(history.months.begin(), history.months.end(), month.from);
    if (at == history.months.end() ||
        Date{std::chrono::year_month_day(month.from) + std::chrono::months(1)} != month.until)
      continue;
    const double came = history.values[static_cast<std::size_t>(at - history.months.begin())];
    std::vector<double> futures = sorted_futures(forecast, figure, period);
    if (!std::isnan(came) && !futures.empty()) sums.add(std::move(futures), came, naive);
  }
  return sums;
}

}  // namespace

std::vector<Score> scores_of(const Results& forecast, const std::vector<HistoryFigure>& history,
                             const std::vector<Place>& places, const std::vector<std::string_view>& indicators) {
  std::vector<Score> scores;
  for (const Place& place : places)
    for (const std::string_view indicator : indicators) {
      const HistoryFigure* figure = find_history(history, place, indicator);
      if (!figure) continue;
      Sums sums = sums_of(forecast, *figure, place, indicator);
      if (sums.score.months > 0) scores.push_back(sums.finished());
    }
  return scores;
}

Score together(const std::vector<Score>& scores, std::string_view indicator) {
  Score all;
  all.indicator = indicator;
  double observed = 0.0, expected = 0.0, off = 0.0, naive_off = 0.0;
  for (const Score& score : scores) {
    if (score.indicator != indicator) continue;
    all.months += score.months;
    all.inside += score.inside;
    const double sum = score.observed * score.months;
    observed += sum;
    expected += score.expected * score.months;
    if (sum == 0.0) continue;
    off += score.off * sum;
    naive_off += score.naive_off * sum;
  }
  all.observed = observed / all.months;
  all.expected = expected / all.months;
  all.off = observed > 0.0 ? off / observed : kUnknown;
  all.naive_off = observed > 0.0 ? naive_off / observed : kUnknown;
  all.skill = kUnknown;
  return all;
}

}  // namespace ketensim::report

#include "tools/results/past.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>

#include "tools/results/csv.hpp"
#include "tools/results/csv_table.hpp"
#include "tools/results/dates.hpp"

namespace ketensim {
namespace {

constexpr double kUntold = std::numeric_limits<double>::quiet_NaN();
constexpr double kRounded = 5.0;

void append(std::string& text, std::initializer_list<double> values) {
  for (const double value : values) text += ',' + csv_number(value);
}

}  // namespace

bool counts_cases(std::string_view indicator) {
  const auto kinds = indicator_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& row) { return row.name == indicator; });
  return kind != kinds.end() && kind->unit == "cases";
}

double told(double observed, double cases, bool counts, int min_cell) {
  if (min_cell <= 1) return observed;
  if (cases < min_cell) return kUntold;
  return counts ? kRounded * std::round(observed / kRounded) : observed;
}

std::string replay_csv(const Replay& replay, int min_cell) {
  std::string text = "organisation,step,period,indicator,observed,mean,p05,p50,p95,inside\n";
  for (const Replayed& of : replay.figures) {
    const double observed = told(of.observed, of.cases, counts_cases(of.indicator), min_cell);
    text += fmt::format("{},{},{},{}", csv_field(of.organisation), csv_field(of.step), of.period.label, of.indicator);
    append(text, {observed, of.simulated.mean, of.simulated.p05, of.simulated.p50, of.simulated.p95});
    text += std::isnan(observed) ? ",\n" : of.inside() ? ",1\n" : ",0\n";
  }
  return text;
}

std::string backtest_csv(const Backtest& backtest, int min_cell) {
  std::string text = "origin,organisation,step,indicator,period,horizon_quarters,observed,mean";
  for (const double share : kForecastShares) text += fmt::format(",p{:02.0f}", 100.0 * share);
  text += ",crps,pinball";
  for (const std::string_view name : kBenchmarks) text += fmt::format(",crps_{}", name);
  text += '\n';
  for (const Forecast& of : backtest.forecasts) {
    const ForecastSeries& series = backtest.series[of.series];
    const double observed = told(of.observed, of.cases, counts_cases(series.indicator), min_cell);
    text += fmt::format("{},{},{},{},{},{}", iso_date(backtest.origins[of.origin]), csv_field(series.organisation),
                        csv_field(series.step), series.indicator, iso_date(of.period), of.quarters());
    append(text, {observed, of.mean});
    for (const double quantile : of.quantiles) append(text, {quantile});
    // A score tells what was observed.
    const bool told = !std::isnan(observed);
    append(text, {told ? of.crps : kUntold, told ? of.pinball : kUntold});
    for (const double crps : of.benchmark) append(text, {told ? crps : kUntold});
    text += '\n';
  }
  return text;
}

std::string skill_note(const Skill& skill) { return skill.beats_naive() ? "" : "no better than naive"; }

namespace {

std::string skill_header() {
  std::string text = "organisation,step,indicator,horizon_quarters,forecasts,crps,skill";
  for (const std::string_view name : kBenchmarks) text += fmt::format(",crps_{0},skill_{0}", name);
  for (const int share : {50, 80, 90}) text += fmt::format(",coverage_{0},coverage_{0}_low,coverage_{0}_high", share);
  return text + ",wape,bias,note";
}

}  // namespace

std::string skill_csv(const Backtest& backtest) {
  std::string text = skill_header() + "\n";
  for (const Skill& of : backtest.skills) {
    text += fmt::format("{},{},{},{},{}", csv_field(of.organisation), csv_field(of.step), of.indicator, of.horizon,
                        of.forecasts);
    append(text, {of.crps, of.skill});
    for (std::size_t b = 0; b < kBenchmarks.size(); ++b) append(text, {of.benchmark[b], of.against[b]});
    for (const Coverage& coverage : {of.coverage_50, of.coverage_80, of.coverage_90})
      append(text, {coverage.share, coverage.low, coverage.high});
    append(text, {of.wape, of.bias});
    text += ',' + skill_note(of) + '\n';
  }
  return text;
}

std::vector<Skill> read_skill(const std::string& text) {
  const CsvTable table("skill.csv", "backtest", text, skill_header());
  std::vector<Skill> skills;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto number = [&](const std::string& column) { return table.number(row, column); };
    Skill& of = skills.emplace_back();
    of.organisation = table.text(row, "organisation");
    of.step = table.text(row, "step");
    of.indicator = table.text(row, "indicator");
    of.horizon = table.text(row, "horizon_quarters");
    of.forecasts = static_cast<std::size_t>(number("forecasts"));
    of.crps = number("crps");
    of.skill = number("skill");
    for (std::size_t b = 0; b < kBenchmarks.size(); ++b) {
      of.benchmark[b] = number(fmt::format("crps_{}", kBenchmarks[b]));
      of.against[b] = number(fmt::format("skill_{}", kBenchmarks[b]));
    }
    for (const auto& [share, coverage] :
         {std::pair(50, &of.coverage_50), {80, &of.coverage_80}, {90, &of.coverage_90}}) {
      coverage->share = number(fmt::format("coverage_{}", share));
      coverage->low = number(fmt::format("coverage_{}_low", share));
      coverage->high = number(fmt::format("coverage_{}_high", share));
    }
    of.wape = number("wape");
    of.bias = number("bias");
  }
  return skills;
}

}  // namespace ketensim

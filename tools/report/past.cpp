#include "tools/report/past.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "tools/results/past.hpp"

namespace ketensim::report {
namespace {

constexpr std::string_view kNear = "1-4";  // quarters
constexpr std::array<std::string_view, 5> kHorizons{"1", "2", "4", "8", kNear};

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f}%", 100.0 * share); }

std::string decimals(double value, int digits) { return number(value, digits, plain_style()); }

std::string cause_text(const ReplayedStep& step) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kCauses{
      {{"route", "route: the inflow differs"},
       {"capacity", "capacity: the number in service differs"},
       {"duration", "duration: the pace of service differs"},
       {"order", "order: inflow, number in service and pace agree"}}};
  for (const auto& [cause, text] : kCauses)
    if (step.cause == cause) return std::string(text);
  return "";
}

std::string coverage_text(const Coverage& coverage) {
  if (std::isnan(coverage.low)) return percent(coverage.share);
  return fmt::format("{} ({}-{})", percent(coverage.share), percent(coverage.low), percent(coverage.high));
}

std::vector<Table::Header> skill_headers(std::string first) {
  return {{std::move(first), ""},
          {"quarters ahead", ""},
          {"skill", ""},
          {"over smoothing", ""},
          {"over stock and flow", ""},
          {"within 90%", ""},
          {"error", ""},
          {"bias", ""},
          {"", ""}};
}

std::vector<std::string> skill_row(std::string first, const Skill& skill) {
  return {std::move(first),
          skill.horizon,
          decimals(skill.skill, 2),
          decimals(skill.against[2], 2),
          decimals(skill.against[3], 2),
          coverage_text(skill.coverage_90),
          percent(skill.wape),
          percent(skill.bias),
          skill_note(skill)};
}

bool queues(const Backtest& backtest, const Skill& skill) {
  return std::any_of(backtest.series.begin(), backtest.series.end(), [&](const ForecastSeries& series) {
    return series.queues && series.organisation == skill.organisation && series.step == skill.step;
  });
}

}  // namespace

Table replay_table(const Replay& replay, int min_cell) {
  Table table;
  table.title = "Queues as simulated and as observed, at the ends of months";
  table.headers = {{"step", ""},
                   {"months", ""},
                   {"observed", "mean"},
                   {"simulated", "mean"},
                   {"within 90% band", ""},
                   {"no more by chance", ""},
                   {"Little observed", ""},
                   {"Little simulated", ""},
                   {"where they part", ""}};
  std::size_t others = 0;
  for (const ReplayedStep& step : replay.steps) {
    if (!step.queues) {
      ++others;
      continue;
    }
    table.rows.push_back({step.organisation + "." + step.step, fmt::format("{}", step.months),
                          decimals(told(step.queue_observed, step.queue_observed, true, min_cell), 0),
                          decimals(step.queue_simulated, 1), percent(step.inside), percent(step.by_chance),
                          decimals(step.little_observed, 2), decimals(step.little_simulated, 2), cause_text(step)});
  }
  table.notes.push_back(
      fmt::format("{} steps without a real queue (more than two left waiting at three month-ends in a row) are in "
                  "replay.csv alone.",
                  others));
  table.notes.emplace_back(
      "No more by chance: the share of the simulated pasts that would have kept no more months within the band, had "
      "they been observed. A queue that is off stays off for months.");
  table.notes.emplace_back(
      "Little: the mean queue over starts per day x mean wait; 1 where nobody withdraws and the queue is steady.");
  return table;
}

Table queue_skill_table(const Backtest& backtest) {
  Table table;
  table.title = "Queues at the ends of months, as forecast (staff as it came)";
  table.headers = skill_headers("step");
  for (const Skill& skill : backtest.skills) {
    if (skill.indicator != "queue_end" || !(skill.organisation == "chain" || queues(backtest, skill))) continue;
    if (std::find(kHorizons.begin(), kHorizons.end(), skill.horizon) == kHorizons.end() && skill.horizon != "all")
      continue;
    table.rows.push_back(skill_row(skill.organisation + "." + skill.step, skill));
  }
  if (table.rows.empty()) table.notes.emplace_back("No step has a real queue.");
  table.notes.emplace_back(
      "Skill: 1 - CRPS over that of the better naive forecast (last value; same month last year). Error: sum of "
      "absolute errors of the median over the sum observed. Intervals of 95% by blocks of origins.");
  return table;
}

Table flow_skill_table(const Backtest& backtest) {
  Table table;
  table.title = "Other figures of the steps with a queue, one to four quarters ahead";
  table.headers = skill_headers("figure");
  std::size_t figures = 0, beaten = 0;
  for (const Skill& skill : backtest.skills) {
    if (skill.horizon != kNear || skill.organisation == "chain") continue;
    ++figures;
    beaten += skill.beats_naive() ? 0 : 1;
    if (skill.indicator == "queue_end" || !queues(backtest, skill)) continue;
    table.rows.push_back(skill_row(fmt::format("{}.{} {}", skill.organisation, skill.step, skill.indicator), skill));
  }
  table.notes.push_back(fmt::format(
      "Of all {} figures, {} are no better than naive one to four quarters ahead: see skill.csv.", figures, beaten));
  return table;
}

}  // namespace ketensim::report

#include "tools/results/history.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/results/csv.hpp"
#include "tools/results/csv_table.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/past.hpp"

namespace ketensim {
namespace {

constexpr std::string_view kHeader = "organisation,step,period,indicator,value";

std::string total_of(const ImportPlan& plan, const std::string& organisation) {
  for (const PartnerPlan& partner : plan.organisations)
    for (const auto& [id, name] : partner.members)
      if (id == organisation) return partner.id;
  return organisation;
}

/// A count that is not known of one member is not known of all.
double added_count(double sum, double value) { return sum + value; }

/// A mean over no cases adds nothing.
double added_mean(double mean, double cases, double other, double other_cases) {
  if (other_cases == 0.0) return mean;
  if (cases == 0.0) return other;
  return (mean * cases + other * other_cases) / (cases + other_cases);
}

void add(ObservedFigure& total, const ObservedFigure& member) {
  const bool counts = counts_cases(total.indicator);
  for (std::size_t i = 0; i < total.values.size(); ++i) {
    total.values[i] = counts ? added_count(total.values[i], member.values[i])
                             : added_mean(total.values[i], total.cases[i], member.values[i], member.cases[i]);
    total.cases[i] += member.cases[i];
  }
}

}  // namespace

std::vector<ReportedPeriod> history_months(Date from, Date until) {
  const std::vector<Date> first = whole_months(from, until);
  std::vector<ReportedPeriod> months;
  for (std::size_t i = 0; i + 1 < first.size(); ++i) months.push_back({iso_date(first[i]), first[i], first[i + 1]});
  return months;
}

std::vector<ObservedFigure> added_per_step(const ImportPlan& plan, std::span<const ObservedFigure> figures) {
  std::vector<ObservedFigure> totals;
  for (const ObservedFigure& figure : figures) {
    const std::string organisation = total_of(plan, figure.organisation);
    const auto same = std::find_if(totals.begin(), totals.end(), [&](const ObservedFigure& total) {
      return total.organisation == organisation && total.step == figure.step && total.indicator == figure.indicator;
    });
    if (same != totals.end()) {
      add(*same, figure);
    } else {
      totals.push_back(figure);
      totals.back().organisation = organisation;
    }
  }
  return totals;
}

std::string history_csv(std::span<const ObservedFigure> figures, std::span<const ReportedPeriod> months, int min_cell) {
  std::string text(kHeader);
  text += '\n';
  for (const ObservedFigure& figure : figures)
    for (std::size_t i = 0; i < months.size(); ++i)
      text += fmt::format(
          "{},{},{},{},{}\n", csv_field(figure.organisation), csv_field(figure.step), months[i].label, figure.indicator,
          csv_number(told(figure.values[i], figure.cases[i], counts_cases(figure.indicator), min_cell)));
  return text;
}

std::vector<HistoryFigure> read_history(const std::string& text) {
  const CsvTable table("history.csv", "calibrate", text, kHeader);
  std::vector<HistoryFigure> figures;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto field = [&](std::string_view column) -> const std::string& { return table.text(row, column); };
    if (figures.empty() || figures.back().organisation != field("organisation") ||
        figures.back().step != field("step") || figures.back().indicator != field("indicator"))
      figures.push_back({field("organisation"), field("step"), field("indicator"), {}, {}});
    figures.back().months.push_back(table.day(row, "period"));
    figures.back().values.push_back(table.number(row, "value"));
  }
  return figures;
}

}  // namespace ketensim

#include "calibration/fit/arrival_design.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ketensim::fit {
namespace {

using Eigen::Index;
using std::chrono::year_month_day;

/// A weak prior on the logarithms of factors, with a standard deviation of 3: it moves nothing that the counts tell of,
/// and keeps the factor of days without any arrival above 0.
constexpr double kPrecision = 1.0 / 9.0;

Index columns_of(Months months) {
  switch (months) {
    case Months::none:
      return 0;
    case Months::wave:
      return 2;
    case Months::two_waves:
      return 4;
    case Months::each:
      break;
  }
  return 11;
}

Index columns_of(bool weekdays) { return weekdays ? 6 : 0; }

double on_month(Months months, Index column, std::size_t month) {
  if (months == Months::each) return month == 11 ? -1.0 : static_cast<Index>(month) == column ? 1.0 : 0.0;
  const double angle = 2.0 * std::numbers::pi * (static_cast<double>(month) + 0.5) / 12.0;
  const double turns = column < 2 ? 1.0 : 2.0;
  return column % 2 == 0 ? std::cos(turns * angle) : std::sin(turns * angle);
}

double on_weekday(Index column, std::size_t weekday) {
  return weekday == 6 ? -1.0 : static_cast<Index>(weekday) == column ? 1.0 : 0.0;
}

}  // namespace

bool ArrivalTerms::operator==(const ArrivalTerms& other) const {
  const auto same = [](const ArrivalChange& a, const ArrivalChange& b) {
    return a.kind == b.kind && a.from == b.from && a.until == b.until;
  };
  return months == other.months && weekdays == other.weekdays && school_holidays == other.school_holidays &&
         public_holidays == other.public_holidays && trend == other.trend &&
         std::equal(changes.begin(), changes.end(), other.changes.begin(), other.changes.end(), same);
}

double years_from(Date at, Date day) { return (static_cast<double>((day - at).count()) + 0.5) / kDaysPerYear; }

std::vector<ArrivalDay> arrival_days(std::span<const int> per_day, Date from, const ArrivalOptions& options) {
  const bool holidays = options.calendar == CalendarKind::netherlands;
  std::vector<ArrivalDay> days;
  days.reserve(per_day.size());
  for (const int count : per_day) {
    ArrivalDay day;
    day.date = from + std::chrono::days{days.size()};
    day.month = static_cast<unsigned>(year_month_day{day.date}.month()) - 1;
    day.weekday = std::chrono::weekday{day.date}.iso_encoding() - 1;
    day.school_holiday = holidays && is_school_holiday(options.region, day.date);
    day.public_holiday = holidays && is_dutch_public_holiday(day.date);
    day.count = count;
    if (days.size() < options.inflation.size()) day.log_inflation = std::log(options.inflation[days.size()]);
    for (const auto& [begin, end] : options.unobserved)
      if (begin <= day.date && day.date < end) day.observed = false;
    days.push_back(day);
  }
  return days;
}

ArrivalDesign::ArrivalDesign(ArrivalTerms terms, Date at) : terms_(std::move(terms)), at_(at) {}

Index ArrivalDesign::lasting() const {
  return 1 + terms_.trend + columns_of(terms_.months) + columns_of(terms_.weekdays) + terms_.school_holidays +
         terms_.public_holidays;
}

Index ArrivalDesign::columns() const { return lasting() + static_cast<Index>(terms_.changes.size()); }

int ArrivalDesign::parameters() const {
  int dates = 0;
  for (const ArrivalChange& change : terms_.changes) dates += change.kind == ArrivalChange::Kind::shock ? 2 : 1;
  return static_cast<int>(columns()) + dates;
}

double ArrivalDesign::price(const CountProblem& problem) const {
  const auto seasons = static_cast<double>(columns_of(terms_.months));
  return seasons * std::log(static_cast<double>(problem.months())) +
         (parameters() - seasons) * std::log(static_cast<double>(problem.days()));
}

double ArrivalDesign::change_on(const ArrivalChange& change, Date day) const {
  switch (change.kind) {
    case ArrivalChange::Kind::level:
      return day < change.from ? -1.0 : 0.0;
    case ArrivalChange::Kind::shock:
      return change.from <= day && day < change.until ? 1.0 : 0.0;
    case ArrivalChange::Kind::trend:
      break;
  }
  return std::max(0.0, years_from(at_, change.from) - years_from(at_, day));
}

void ArrivalDesign::fill(const ArrivalDay& day, Eigen::Ref<Eigen::RowVectorXd> row) const {
  Index column = 0;
  row[column++] = 1.0;
  if (terms_.trend) row[column++] = years_from(at_, day.date);
  for (Index i = 0; i < columns_of(terms_.months); ++i) row[column++] = on_month(terms_.months, i, day.month);
  for (Index i = 0; i < columns_of(terms_.weekdays); ++i) row[column++] = on_weekday(i, day.weekday);
  if (terms_.school_holidays) row[column++] = day.school_holiday ? 1.0 : 0.0;
  if (terms_.public_holidays) row[column++] = day.public_holiday ? 1.0 : 0.0;
  for (const ArrivalChange& change : terms_.changes) row[column++] = change_on(change, day.date);
}

Eigen::MatrixXd ArrivalDesign::basis() const {
  Eigen::MatrixXd basis = Eigen::MatrixXd::Zero(kLogs, lasting());
  Index column = 0;
  basis(kLogLevel, column++) = 1.0;
  if (terms_.trend) basis(kLogGrowth, column++) = 1.0;
  for (Index i = 0; i < columns_of(terms_.months); ++i, ++column)
    for (std::size_t m = 0; m < 12; ++m)
      basis(kLogMonth + static_cast<Index>(m), column) = on_month(terms_.months, i, m);
  for (Index i = 0; i < columns_of(terms_.weekdays); ++i, ++column)
    for (std::size_t w = 0; w < 7; ++w) basis(kLogWeekday + static_cast<Index>(w), column) = on_weekday(i, w);
  if (terms_.school_holidays) basis(kLogSchool, column++) = 1.0;
  if (terms_.public_holidays) basis(kLogPublic, column++) = 1.0;
  return basis;
}

std::string ArrivalDesign::name() const {
  std::vector<std::string> parts;
  if (terms_.months == Months::each) parts.emplace_back("month (12)");
  if (terms_.months == Months::two_waves) parts.emplace_back("month (two waves)");
  if (terms_.months == Months::wave) parts.emplace_back("month (one wave)");
  if (terms_.weekdays) parts.emplace_back("weekday (7)");
  if (terms_.school_holidays) parts.emplace_back("school holidays");
  if (terms_.public_holidays) parts.emplace_back("public holidays");
  if (terms_.trend) parts.emplace_back("trend");
  for (const auto& [kind, what] :
       {std::pair{ArrivalChange::Kind::level, "change of level"}, std::pair{ArrivalChange::Kind::shock, "shock"},
        std::pair{ArrivalChange::Kind::trend, "change of trend"}}) {
    const auto count = std::count_if(terms_.changes.begin(), terms_.changes.end(),
                                     [k = kind](const ArrivalChange& c) { return c.kind == k; });
    if (count > 0) parts.push_back(fmt::format("{} ({})", what, count));
  }
  return parts.empty() ? "constant" : fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<ArrivalDay> observed_before(const std::vector<ArrivalDay>& days, Date until) {
  std::vector<ArrivalDay> rows;
  for (const ArrivalDay& day : days)
    if (day.observed && day.date < until) rows.push_back(day);
  return rows;
}

CountProblem count_problem(const std::vector<ArrivalDay>& days, const ArrivalDesign& design, Date until,
                           const Eigen::VectorXd& offset) {
  std::vector<Index> kept;
  for (std::size_t d = 0; d < days.size(); ++d)
    if (days[d].observed && days[d].date < until) kept.push_back(static_cast<Index>(d));
  const auto size = static_cast<Index>(kept.size());
  CountProblem problem;
  problem.design.resize(size, design.columns());
  problem.count.resize(size);
  problem.offset = Eigen::VectorXd::Zero(size);
  problem.precision = Eigen::VectorXd::Constant(design.columns(), kPrecision);
  problem.precision[0] = 0.0;
  Eigen::RowVectorXd line(design.columns());
  std::chrono::year_month last{};
  for (Index row = 0; row < size; ++row) {
    const ArrivalDay& day = days[static_cast<std::size_t>(kept[static_cast<std::size_t>(row)])];
    design.fill(day, line);
    problem.design.row(row) = line;
    problem.count[row] = day.count;
    problem.offset[row] = day.log_inflation;
    if (offset.size() > 0) problem.offset[row] += offset[kept[static_cast<std::size_t>(row)]];
    const year_month_day date{day.date};
    if (row == 0 || date.year() / date.month() != last) problem.month_begin.push_back(row);
    last = date.year() / date.month();
  }
  problem.month_begin.push_back(size);
  return problem;
}

Eigen::VectorXd log_means(const std::vector<ArrivalDay>& days, const ArrivalDesign& design, const Eigen::VectorXd& at) {
  Eigen::VectorXd result(static_cast<Index>(days.size()));
  Eigen::RowVectorXd line(design.columns());
  for (std::size_t d = 0; d < days.size(); ++d) {
    design.fill(days[d], line);
    result[static_cast<Index>(d)] = line.dot(at);
  }
  return result;
}

}  // namespace ketensim::fit

#include "calibration/monitor/table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "calibration/monitor/codes.hpp"
#include "calibration/monitor/csv.hpp"
#include "calibration/monitor/dates.hpp"
#include "calibration/monitor/deliveries.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim::monitor {
namespace {

std::string name_of(char separator) { return separator == '\t' ? "tab" : std::string(1, separator); }

/// Why the columns may be missing.
std::string explained(const std::vector<std::string>& header, const std::set<std::string>& missing, char separator) {
  for (const char other : {';', ',', '\t', '|'})
    if (other != separator && header.size() == 1 && header[0].find(other) != std::string::npos)
      return fmt::format("; the separator seems to be `{}`, not `{}`", name_of(other), name_of(separator));
  const std::string nearest = nearest_name(*missing.begin(), header);
  if (!nearest.empty()) return fmt::format(" (did you mean `{}`?)", nearest);
  constexpr std::size_t kMostShown = 20;
  std::string known;
  for (std::size_t i = 0; i < std::min(header.size(), kMostShown); ++i)
    known += fmt::format("{}`{}`", i == 0 ? "" : ", ", header[i].substr(0, 40));
  return fmt::format("; there are: {}{}", known, header.size() > kMostShown ? ", ..." : "");
}

std::size_t find_column(const std::vector<std::string>& header, const std::string& name) {
  const std::string wanted = folded(name);
  std::size_t found = kNoColumn;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (folded(header[i]) != wanted) continue;
    if (found != kNoColumn) throw BadFile{1, 0, fmt::format("two columns are called `{}`", name)};
    found = i;
  }
  return found;
}

/// Reads `12.5` and `12,5`; a number below 0 or none is not a number.
double read_fte(std::string_view text) {
  std::string plain(trimmed(text));
  std::replace(plain.begin(), plain.end(), ',', '.');
  double value = 0.0, scale = 1.0;
  bool point = false;
  for (const char c : plain) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      if (point) scale *= 10;
    } else {
      return kMissing;
    }
  }
  return plain.empty() || plain == "." || plain.size() > 15 ? kMissing : value / scale;
}

}  // namespace

std::vector<std::size_t> find_columns(const std::vector<std::string>& header, const std::vector<std::string>& wanted,
                                      char separator) {
  std::vector<std::size_t> at;
  std::set<std::string> missing;
  for (const std::string& name : wanted) {
    at.push_back(name.empty() ? kNoColumn : find_column(header, name));
    if (!name.empty() && at.back() == kNoColumn) missing.insert(name);
  }
  if (missing.empty()) return at;
  std::string names;
  for (const std::string& name : missing) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
  throw BadFile{1, 0,
                fmt::format("{} {} missing{}", missing.size() == 1 ? "column" : "columns",
                            names + (missing.size() == 1 ? " is" : " are"), explained(header, missing, separator))};
}

void read_capacity(Raw& raw, const CapacityPlan& plan, const std::filesystem::path& file) {
  CsvReader csv(file, plan.separator, plan.encoding);
  const auto at = find_columns(csv.header(), {plan.organisation, plan.step, plan.month, plan.fte}, plan.separator);
  CodeReader steps(plan.steps);
  Interner names;
  while (csv.next()) {
    const auto value = [&](std::size_t i) { return trimmed(csv.values()[at[i]]); };
    const auto wrong = [&](std::size_t i, const char* what) {
      return BadFile{csv.line(), 0,
                     fmt::format("column `{}`: `{}` is {}", csv.header()[at[i]], value(i).substr(0, 60), what)};
    };
    const PartnerPlan* partner = nullptr;
    for (const PartnerPlan& candidate : raw.plan->organisations) {
      const bool member = !candidate.per.empty() && [&] {
        const std::size_t attribute =
            raw.member_attribute(static_cast<std::size_t>(&candidate - raw.plan->organisations.data()));
        return attribute < raw.attributes.size() && raw.attribute_values[attribute].find(value(0)) != kUnknown;
      }();
      if (member || (candidate.per.empty() && candidate.id == value(0))) partner = &candidate;
    }
    if (!partner) throw wrong(0, "no organisation, and no member of one");
    const std::int32_t step = steps.read(value(1), names);
    if (step == kUnknown) throw wrong(1, "no step that the import file knows");
    const ReadMoment month = read_moment(value(2), plan.dates, false);
    if (month.kind != ReadMoment::Kind::sound) throw wrong(2, "no month");
    const double fte = read_fte(value(3));
    if (std::isnan(fte)) throw wrong(3, "no number of fte");
    const Date day{std::chrono::days(static_cast<int>(month.days))};
    const std::chrono::year_month_day date{day};
    raw.capacity.push_back({raw.organisations.number(value(0)),
                            step_number(raw, partner->id, names.names()[static_cast<std::size_t>(step)]),
                            Date(date.year() / date.month() / 1), fte});
  }
  if (raw.capacity.empty()) throw BadFile{1, 0, "there is a header, and no row below it"};
}

}  // namespace ketensim::monitor

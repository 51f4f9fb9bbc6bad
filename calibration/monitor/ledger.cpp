#include <fmt/core.h>

#include <string>

#include "ketensim/monitor.hpp"

namespace ketensim {
namespace {

std::string csv(std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string iso_date(Date date) {
  const std::chrono::year_month_day day(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

}  // namespace

std::string repairs_csv(const Monitor& monitor) {
  std::string text = "file,line,rule,old,new\n";
  for (const Repair& repair : monitor.repairs)
    text += fmt::format("{},{},{},{},{}\n", csv(monitor.files[static_cast<std::size_t>(repair.file)]), repair.line,
                        cleaning_rules()[static_cast<std::size_t>(repair.rule)].name, csv(repair.old_value),
                        csv(repair.new_value));
  return text;
}

std::string cleaning_summary(const Monitor& monitor) {
  std::string text;
  for (const PartnerSummary& partner : monitor.partners) {
    text += fmt::format("{}: {} rows\n", partner.partner, partner.rows);
    for (std::size_t rule = 0; rule < partner.touched.size(); ++rule) {
      if (partner.touched[rule] == 0) continue;
      const CleaningRule& row = cleaning_rules()[rule];
      text += fmt::format("  {:5.2f}%  {:21}  may bias {}\n",
                          100.0 * static_cast<double>(partner.touched[rule]) / static_cast<double>(partner.rows),
                          row.name, row.bias);
    }
  }
  for (const Gap& gap : monitor.gaps)
    text += fmt::format("gap: {}{} from {} up to {}, about {:.0f} rows\n",
                        monitor.organisations[static_cast<std::size_t>(gap.organisation)],
                        gap.step == kUnknown ? "" : " (" + monitor.steps[static_cast<std::size_t>(gap.step)].id + ")",
                        iso_date(gap.from), iso_date(gap.until), gap.expected);
  return text;
}

}  // namespace ketensim

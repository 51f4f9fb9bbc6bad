#include "tools/results/gaps.hpp"

#include <fmt/format.h>

#include "tools/results/csv.hpp"
#include "tools/results/csv_table.hpp"
#include "tools/results/dates.hpp"

namespace ketensim {
namespace {

constexpr std::string_view kHeader = "organisation,step,from,until", kEveryStep = "all";

}  // namespace

std::string gaps_csv(const Monitor& monitor) {
  std::string text(kHeader);
  text += '\n';
  for (const Gap& gap : monitor.gaps) {
    std::string step(kEveryStep);
    if (gap.step != kUnknown) {
      const MonitorStep& of = monitor.steps[static_cast<std::size_t>(gap.step)];
      step = of.id.substr(of.organisation.size() + 1);
    }
    text += fmt::format("{},{},{},{}\n", csv_field(monitor.organisations[static_cast<std::size_t>(gap.organisation)]),
                        csv_field(step), iso_date(gap.from), iso_date(gap.until));
  }
  return text;
}

std::vector<DeliveryGap> read_gaps(const std::string& text) {
  const CsvTable table("gaps.csv", "calibrate", text, kHeader);
  std::vector<DeliveryGap> gaps;
  for (std::size_t row = 0; row < table.rows(); ++row)
    gaps.push_back(
        {table.text(row, "organisation"), table.text(row, "step"), table.day(row, "from"), table.day(row, "until")});
  return gaps;
}

}  // namespace ketensim

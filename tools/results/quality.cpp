#include "tools/results/quality.hpp"

#include <fmt/format.h>

#include <set>

#include "tools/results/csv.hpp"
#include "tools/results/csv_table.hpp"
#include "tools/results/past.hpp"

namespace ketensim {
namespace {

constexpr std::string_view kHeader = "partner,rule,rows,touched", kAny = "any";

std::size_t touched_by_any(const Monitor& monitor, std::size_t partner) {
  std::set<std::pair<std::int32_t, std::int32_t>> rows;  // file and line
  for (const Repair& repair : monitor.repairs)
    if (static_cast<std::size_t>(repair.partner) == partner) rows.emplace(repair.file, repair.line);
  return rows.size();
}

}  // namespace

std::string quality_csv(const Monitor& monitor, int min_cell) {
  std::string text(kHeader);
  text += '\n';
  const auto count = [&](std::size_t rows) {
    const auto value = static_cast<double>(rows);
    return csv_number(rows == 0 ? 0.0 : told(value, value, true, min_cell));
  };
  for (std::size_t p = 0; p < monitor.partners.size(); ++p) {
    const PartnerSummary& partner = monitor.partners[p];
    const auto row = [&](std::string_view rule, std::size_t touched) {
      text += fmt::format("{},{},{},{}\n", csv_field(partner.partner), rule, count(partner.rows), count(touched));
    };
    row(kAny, touched_by_any(monitor, p));
    for (std::size_t rule = 0; rule < partner.touched.size(); ++rule)
      if (partner.touched[rule] > 0) row(cleaning_rules()[rule].name, partner.touched[rule]);
  }
  return text;
}

std::vector<PartnerQuality> read_quality(const std::string& text) {
  const CsvTable table("quality.csv", "calibrate", text, kHeader);
  std::vector<PartnerQuality> partners;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string &partner = table.text(row, "partner"), &rule = table.text(row, "rule");
    if (rule == kAny)
      partners.push_back({partner, table.number(row, "rows"), table.number(row, "touched"), {}});
    else if (!partners.empty() && partners.back().partner == partner)
      partners.back().rules.emplace_back(rule, table.number(row, "touched"));
    else
      table.refuse(row, "the row `any` of a partner first");
  }
  return partners;
}

}  // namespace ketensim

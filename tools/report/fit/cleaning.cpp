// What the cleaning did to each partner's rows, and what that may bias.
#include <algorithm>

#include "tools/report/fit/parts.hpp"
#include "tools/report/fit/rules.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

std::string share_text(const FitView& view, std::size_t touched, std::size_t rows) {
  if (touched == 0) return "–";
  const auto share = [&](std::size_t count) { return 100.0 * static_cast<double>(count) / static_cast<double>(rows); };
  if (!view.disclosure().may_tell(touched))
    return view.say(under_share, fmt::arg("share", view.number(share(view.disclosure().least()), 2)));
  return view.number(share(view.disclosure().rounded(touched)), 2) + "%";
}

}  // namespace

void put_cleaning(Page& page, const FitView& view) {
  const std::vector<PartnerSummary>& partners = view.monitor().partners;
  Table table{view.say(rows_touched), {{view.say(rule), ""}}, {}, {}};
  std::vector<std::string> meanings;
  for (const PartnerSummary& partner : partners)
    table.headers.push_back(
        {view.partner(partner.partner), view.say(rows_of, fmt::arg("rows", view.count(partner.rows)))});
  for (std::size_t r = 0; r < cleaning_rules().size(); ++r) {
    const auto touched = [&](const PartnerSummary& partner) {
      return r < partner.touched.size() ? partner.touched[r] : 0;
    };
    if (std::all_of(partners.begin(), partners.end(), [&](const auto& partner) { return touched(partner) == 0; }))
      continue;
    const std::string name = rule_name(r, view.language());
    std::vector<std::string>& row = table.rows.emplace_back(1, name);
    for (const PartnerSummary& partner : partners) row.push_back(share_text(view, touched(partner), partner.rows));
    meanings.push_back(view.say(rule_sentence, fmt::arg("rule", name),
                                fmt::arg("finds", rule_finds(r, view.language())),
                                fmt::arg("bias", rule_bias(r, view.language()))));
  }
  page.section(view.say(cleaning));
  if (meanings.empty()) {
    page.note(view.say(nothing_cleaned));
  } else {
    page.table(table);
    page.element("h3", view.say(what_rules_find));
    page.list(meanings);
    page.note(view.say(repairs_note));
  }
  page.close("section");
}

}  // namespace ketensim::report

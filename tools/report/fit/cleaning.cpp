// What the cleaning did to each partner's rows, and what that may bias.
#include <algorithm>

#include "tools/report/fit/parts.hpp"
#include "tools/report/fit/rules.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

const RulePhraseRow* in_dutch(std::size_t rule) {
  for (const RulePhraseRow& row : dutch_rules())
    if (row.rule == cleaning_rules()[rule].name) return &row;
  return nullptr;
}

std::string share_text(const FitView& view, std::size_t touched, std::size_t rows) {
  if (touched == 0) return "–";
  const auto share = [&](std::size_t count) { return 100.0 * static_cast<double>(count) / static_cast<double>(rows); };
  if (!view.disclosure().may_tell(touched))
    return view.say(under_share, fmt::arg("share", view.number(share(view.disclosure().least()), 2)));
  return view.number(share(view.disclosure().rounded(touched)), 2) + "%";
}

}  // namespace

std::string rule_name(std::size_t rule, Language language) {
  if (const RulePhraseRow* dutch = in_dutch(rule); dutch && language == Language::nl) return std::string(dutch->name);
  std::string name(cleaning_rules()[rule].name);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string rule_finds(std::size_t rule, Language language) {
  const RulePhraseRow* dutch = in_dutch(rule);
  return std::string(dutch && language == Language::nl ? dutch->finds : cleaning_rules()[rule].finds);
}

std::string rule_bias(std::size_t rule, Language language) {
  const RulePhraseRow* dutch = in_dutch(rule);
  return std::string(dutch && language == Language::nl ? dutch->bias : cleaning_rules()[rule].bias);
}

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
  page.open("section");
  page.element("h2", view.say(cleaning));
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

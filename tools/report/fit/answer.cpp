// How far to trust the chain: what was read and mended, what is missing, and which fits are doubtful.
#include <algorithm>
#include <set>

#include "tools/report/fit/doubts.hpp"
#include "tools/report/fit/parts.hpp"
#include "tools/report/fit/rules.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

std::vector<std::string> what_was_read(const FitView& view) {
  const Monitor& monitor = view.monitor();
  const Calibration& calibration = view.calibration();
  std::size_t rows = 0;
  for (const PartnerSummary& partner : monitor.partners) rows += partner.rows;
  std::vector<std::string> items{
      view.say(read_sentence, fmt::arg("rows", view.count(rows)), fmt::arg("partners", monitor.partners.size()),
               fmt::arg("from", view.day(monitor.from)), fmt::arg("until", view.last_day(monitor.until)),
               fmt::arg("steps", calibration.scenario.chain.steps.size()),
               fmt::arg("pools", calibration.scenario.chain.pools.size()))};
  for (const std::string& problem : calibration.problems)
    items.push_back(view.say(no_chain, fmt::arg("problem", problem)));
  return items;
}

/// Rows of a partner that any rule touched, each counted once.
std::size_t touched_rows(const Monitor& monitor, std::size_t partner) {
  std::set<std::pair<std::int32_t, std::int32_t>> rows;
  for (const Repair& repair : monitor.repairs)
    if (repair.partner == static_cast<std::int32_t>(partner)) rows.insert({repair.file, repair.line});
  return rows.size();
}

std::string cleaned(const FitView& view, std::size_t number) {
  const PartnerSummary& partner = view.monitor().partners[number];
  const std::size_t touched = touched_rows(view.monitor(), number);
  const std::string name = view.partner(partner.partner), row_count = view.count(partner.rows);
  const auto who = fmt::arg("partner", name), rows = fmt::arg("rows", row_count);
  if (touched == 0 || partner.rows == 0) return view.say(untouched_sentence, who, rows);
  if (!view.disclosure().may_tell(touched))
    return view.say(little_touched_sentence, who, rows, fmt::arg("least", view.disclosure().least()));
  const auto most = std::max_element(partner.touched.begin(), partner.touched.end());
  const double share = static_cast<double>(view.disclosure().rounded(touched)) / static_cast<double>(partner.rows);
  return view.say(
      touched_sentence, who, rows, fmt::arg("share", view.number(100.0 * share, 1)),
      fmt::arg("rule", rule_finds(static_cast<std::size_t>(most - partner.touched.begin()), view.language())));
}

std::vector<std::string> gap_sentences(const FitView& view) {
  std::vector<std::string> items;
  for (const Gap& gap : view.monitor().gaps) {
    const std::string who = gap.step == kUnknown
                                ? view.organisation(gap.organisation)
                                : view.organisation(gap.organisation) + " (" + view.step(gap.step) + ")";
    items.push_back(view.say(gap_sentence, fmt::arg("partner", who), fmt::arg("from", view.day(gap.from)),
                             fmt::arg("until", view.last_day(gap.until)),
                             fmt::arg("rows", view.count(static_cast<std::size_t>(gap.expected + 0.5)))));
  }
  if (items.empty()) items.push_back(view.say(no_gaps));
  return items;
}

}  // namespace

void put_answer(Page& page, const FitView& view) {
  const Doubts doubts = doubts_of(view);
  std::vector<std::string> items = what_was_read(view);
  for (std::size_t partner = 0; partner < view.monitor().partners.size(); ++partner)
    items.push_back(cleaned(view, partner));
  for (std::string& sentence : gap_sentences(view)) items.push_back(std::move(sentence));
  items.push_back(doubts.doubtful.empty() ? view.say(all_fits_sound, fmt::arg("all", doubts.fits))
                                          : view.say(doubtful_fits, fmt::arg("all", doubts.fits),
                                                     fmt::arg("doubtful", doubts.doubtful.size())));
  page.section(view.say(trust), "answer");
  page.list(items);
  if (!doubts.doubtful.empty()) {
    page.element("h3", view.say(doubtful));
    page.list(doubts.doubtful);
  }
  if (!doubts.changes.empty()) {
    page.element("h3", view.say(changes));
    page.list(doubts.changes);
  }
  page.close("section");
  page.note(view.say(interval_note));
  page.note(view.disclosure().exact() ? view.say(exact_note)
                                      : view.say(privacy_note, fmt::arg("least", view.disclosure().least())));
  if (!view.calibration().notes.empty()) page.folded(view.say(remarks), view.calibration().notes);
}

}  // namespace ketensim::report

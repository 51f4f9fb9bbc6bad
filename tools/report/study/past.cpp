// How good earlier forecasts were, and how good the data are that this one rests on.
#include "ketensim/monitor.hpp"
#include "tools/report/earlier.hpp"
#include "tools/report/fit/rules.hpp"
#include "tools/report/study/parts.hpp"
#include "tools/results/gaps.hpp"
#include "tools/results/quality.hpp"

namespace ketensim::report {
namespace {

using enum PastPhrase;

constexpr std::string_view kQueue = "queue_end", kNear = "1-4";
constexpr std::array<std::string_view, 3> kAhead{"1", "4", "8"};  // quarters
constexpr std::size_t kFewMembers = 3;                            // that are told one by one

/// Whether it goes on from a past at all.
bool from_state(const StudyView& view) {
  return std::any_of(view.study().conditions.begin(), view.study().conditions.end(),
                     [](const Conditions& of) { return of.start == Conditions::Start::state; });
}

std::string figure_name(const StudyView& view, std::string_view indicator) {
  return view.say(indicator == kQueue ? queue_at_end : mean_wait);
}

std::string percent(const StudyView& view, double share) { return view.number(100.0 * share, 0); }

std::string chain_sentence(const StudyView& view) {
  const Skill* skill = find_skill(view.skills(), {"chain", "all"}, kQueue, kNear);
  if (!skill) return "";
  return view.say(earlier_sentence, fmt::arg("off", percent(view, skill->wape)),
                  fmt::arg("inside", percent(view, skill->coverage_90.share))) +
         " " +
         (skill->beats_naive() ? view.say(earlier_better, fmt::arg("gain", percent(view, skill->skill)))
                               : view.say(earlier_no_better));
}

std::string horizon_text(const StudyView& view, std::string_view horizon) {
  return view.say(horizon == kNear ? near_horizon : whole_horizon);
}

void add_row(const StudyView& view, const Place& place, std::string_view indicator, Table& table) {
  const Skill* judged = find_skill(view.skills(), place, indicator, judged_horizon(view.baseline()));
  if (!judged) return;
  const std::string name = place.organisation == "chain" ? view.say(all_queues) : view.place(place);
  std::vector<std::string> row{name, figure_name(view, indicator)};
  for (const std::string_view quarters : kAhead) {
    const Skill* skill = find_skill(view.skills(), place, indicator, quarters);
    row.push_back(skill ? percent(view, skill->wape) : "–");
  }
  row.push_back(percent(view, judged->coverage_90.share));
  row.push_back(percent(view, judged->skill));
  row.push_back(judged->beats_naive() ? "–" : view.say(no_better));
  table.rows.push_back(std::move(row));
}

Table earlier_table(const StudyView& view) {
  Table table;
  table.headers = {{view.say(Phrase::step), ""}, {view.say(scored_figure), "", "", true}};
  for (const std::string_view quarters : kAhead)
    table.headers.push_back(
        {view.say(quarters == "1" ? quarter_ahead : quarters_ahead, fmt::arg("quarters", quarters)), view.say(off_by)});
  table.headers.push_back({view.say(within_band), "%"});
  table.headers.push_back({view.say(less_off), "%"});
  table.headers.push_back({view.say(judgement), "", "", true});
  add_row(view, {"chain", "all"}, kQueue, table);
  for (const Place& place : shown_places(view.study(), view.baseline(), false))
    if (has_queue(view.baseline(), place))
      for (const std::string_view indicator : kScoredFigures) add_row(view, place, indicator, table);
  table.notes.push_back(
      table.rows.empty()
          ? view.say(no_scores)
          : view.say(earlier_table_note, fmt::arg("horizon", horizon_text(view, judged_horizon(view.baseline())))));
  return table;
}

std::string rule_text(const StudyView& view, const PartnerQuality& of) {
  const std::pair<std::string, double>* most = nullptr;
  for (const auto& rule : of.rules)
    if (rule.second > (most ? most->second : 0.0)) most = &rule;
  if (!most) return of.rules.empty() ? view.say(nothing_touched) : view.say(too_few);
  const auto rules = cleaning_rules();
  for (std::size_t rule = 0; rule < rules.size(); ++rule)
    if (rules[rule].name == most->first)
      return fmt::format("{} ({}%)", rule_name(rule, view.language()), view.number(100.0 * most->second / of.rows, 1));
  return most->first;
}

Table quality_table(const StudyView& view) {
  Table table;
  table.headers = {{view.say(partner), ""},
                   {view.say(rows_delivered), ""},
                   {view.say(rows_touched_share), ""},
                   {view.say(most_by), "", "", true}};
  for (const PartnerQuality& of : read_quality(view.study().quality)) {
    const double share = of.touched / of.rows;
    table.rows.push_back({view.study().label(of.partner).name, view.number(of.rows, 0),
                          std::isnan(share) ? view.say(too_few) : view.number(100.0 * share, 1), rule_text(view, of)});
  }
  table.notes.push_back(view.say(quality_note));
  return table;
}

/// Times of which a partner delivered nothing; empty where that is not known.
std::vector<std::string> gap_sentences(const StudyView& view) {
  if (view.study().gaps.empty()) return {};
  std::vector<std::string> items;
  for (const DeliveryGap& gap : read_gaps(view.study().gaps)) {
    const bool everywhere = gap.step == "all";
    items.push_back(view.say(everywhere ? gap_sentence : gap_of_step_sentence,
                             fmt::arg("partner", view.study().label(gap.organisation).name), fmt::arg("step", gap.step),
                             fmt::arg("from", day_text(gap.from, view.language())),
                             fmt::arg("until", view.last_day(gap.until))));
  }
  if (items.empty()) items.push_back(view.say(no_gaps));
  return items;
}

std::string joined(const StudyView& view, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 < names.size() ? ", " : view.say(and_last)) + names[i];
  return text;
}

}  // namespace

void put_earlier(Page& page, const StudyView& view) {
  if (!from_state(view)) return;
  page.section(view.say(earlier));
  if (view.skills().empty()) {
    page.note(view.say(not_backtested));
  } else {
    page.element("p", view.say(earlier_note));
    if (const std::string sentence = chain_sentence(view); !sentence.empty()) page.element("p", sentence);
    page.table(earlier_table(view));
  }
  page.close("section");
}

void put_doubts(Page& page, const StudyView& view, const Place& place) {
  const auto doubts = no_better_than_naive(view.skills(), view.study(), view.baseline(), place);
  for (const std::string_view indicator : kScoredFigures) {
    std::vector<std::string> members;
    bool here = false;
    for (const PlaceFigure& doubt : doubts) {
      if (doubt.indicator != indicator) continue;
      if (doubt.place.organisation == place.organisation)
        here = true;
      else
        members.push_back(view.study().label(doubt.place.organisation).name);
    }
    const std::string figure = figure_name(view, indicator);
    if (here) page.note(view.say(doubt_here, fmt::arg("figure", figure)));
    if (members.empty()) continue;
    if (members.size() <= kFewMembers)
      page.note(view.say(doubt_at_members, fmt::arg("figure", figure), fmt::arg("members", joined(view, members))));
    else
      page.note(view.say(doubt_of_members, fmt::arg("figure", figure), fmt::arg("count", members.size())));
  }
}

void put_doubts_in_short(Page& page, const StudyView& view) {
  std::vector<std::string> doubted;
  for (const Place& place : view.places()) {
    std::vector<std::string> figures;
    for (const std::string_view indicator : kScoredFigures)
      for (const PlaceFigure& doubt : no_better_than_naive(view.skills(), view.study(), view.baseline(), place))
        if (doubt.indicator == indicator && (figures.empty() || figures.back() != figure_name(view, indicator)))
          figures.push_back(figure_name(view, indicator));
    if (!figures.empty()) doubted.push_back(fmt::format("{} ({})", view.place(place), joined(view, figures)));
  }
  if (!doubted.empty()) page.note(view.say(doubts_in_all, fmt::arg("places", joined(view, doubted))));
}

void put_quality(Page& page, const StudyView& view) {
  if (!from_state(view)) return;
  page.section(view.say(quality));
  if (view.study().quality.empty())
    page.note(view.say(quality_unknown));
  else
    page.table(quality_table(view));
  for (const std::string& sentence : gap_sentences(view)) page.element("p", sentence);
  page.close("section");
}

}  // namespace ketensim::report

// What the newest forecast says beside the one before.
#include "tools/report/since/parts.hpp"
#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum SincePhrase;

constexpr std::string_view kQueue = "queue_end";
const Place kChain{"chain", "all"};

Summary now_at_end(const Forecasts& forecasts, const Place& place, std::string_view indicator) {
  return figure_at(forecasts.view().results(0), place, indicator, forecasts.common().back().now);
}
Summary earlier_at_end(const Forecasts& forecasts, const Place& place, std::string_view indicator) {
  return figure_at(forecasts.view().results(1), place, indicator, forecasts.common().back().earlier);
}

std::string children_sentence(const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  const Summary now = now_at_end(forecasts, kChain, "children_end"),
                earlier = earlier_at_end(forecasts, kChain, "children_end");
  if (now.defined == 0 || earlier.defined == 0) return "";
  const auto whole = [&](double value) { return view.number(value, 0); };
  return forecasts.say(children_then_now, fmt::arg("end", forecasts.last_day(forecasts.common().back())),
                       fmt::arg("now", whole(now.mean)), fmt::arg("now_low", whole(now.p05)),
                       fmt::arg("now_high", whole(now.p95)), fmt::arg("earlier", whole(earlier.mean)),
                       fmt::arg("earlier_low", whole(earlier.p05)), fmt::arg("earlier_high", whole(earlier.p95)));
}

/// How far the queue now expected lies outside the earlier band, in cases.
double beyond(const Summary& now, const Summary& earlier) {
  return std::max({0.0, now.mean - earlier.p95, earlier.p05 - now.mean});
}

std::string most_changed_sentence(const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  const Place* most = nullptr;
  double furthest = 0.0;
  for (const Place& place : forecasts.places()) {
    const double by = beyond(now_at_end(forecasts, place, kQueue), earlier_at_end(forecasts, place, kQueue));
    if (by <= furthest) continue;
    furthest = by;
    most = &place;
  }
  if (!most) return forecasts.say(nothing_changed_much);
  const Summary earlier = earlier_at_end(forecasts, *most, kQueue);
  return forecasts.say(most_changed, fmt::arg("step", view.place(*most)),
                       fmt::arg("end", forecasts.last_day(forecasts.common().back())),
                       fmt::arg("now", view.number(now_at_end(forecasts, *most, kQueue).mean, 0)),
                       fmt::arg("earlier", view.number(earlier.mean, 0)), fmt::arg("low", view.number(earlier.p05, 0)),
                       fmt::arg("high", view.number(earlier.p95, 0)));
}

std::string fared_sentence(const Forecasts& forecasts) {
  const Score all = together(forecasts.scores(1), kQueue);
  if (all.months == 0) return forecasts.say(not_scored_yet);
  const StudyView& view = forecasts.view();
  const auto percent = [&](double share) { return view.number(100.0 * share, 0); };
  std::string text = forecasts.say(fared, fmt::arg("months", all.months), fmt::arg("inside", all.inside),
                                   fmt::arg("off", percent(all.off)));
  if (all.naive_off == all.naive_off)
    text += " " + forecasts.say(fared_naive, fmt::arg("naive", percent(all.naive_off)));
  return text;
}

std::string with_band(const StudyView& view, const Summary& summary) {
  return fmt::format("{} ({}–{})", view.number(summary.mean, 0), view.number(summary.p05, 0),
                     view.number(summary.p95, 0));
}

Table expectations_table(const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  Table table;
  table.title = forecasts.say(expected_at, fmt::arg("end", forecasts.last_day(forecasts.common().back())));
  table.headers = {{view.say(Phrase::step), ""},
                   {forecasts.say(earlier_expected), view.say(Phrase::cases)},
                   {forecasts.say(now_expected), view.say(Phrase::cases)},
                   {view.say(Phrase::difference), ""},
                   {forecasts.say(outside), "", "", true}};
  for (const Place& place : forecasts.places()) {
    const Summary now = now_at_end(forecasts, place, kQueue), earlier = earlier_at_end(forecasts, place, kQueue);
    if (now.defined == 0 || earlier.defined == 0 || (now.mean == 0.0 && earlier.mean == 0.0)) continue;
    table.rows.push_back({view.place(place), with_band(view, earlier), with_band(view, now),
                          view.number(now.mean - earlier.mean, 0),
                          now.mean > earlier.p95   ? forecasts.say(above_band)
                          : now.mean < earlier.p05 ? forecasts.say(below_band)
                                                   : "–"});
  }
  table.notes.push_back(forecasts.say(expectations_note));
  return table;
}

}  // namespace

void put_answer(Page& page, const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  page.section(view.say(Phrase::answer), "answer");
  std::vector<std::string> sentences{forecasts.say(no_common_period)};
  if (!forecasts.common().empty()) sentences = {children_sentence(forecasts), most_changed_sentence(forecasts)};
  sentences.push_back(fared_sentence(forecasts));
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) page.element("p class=\"first\"", sentence);
  put_doubts_in_short(page, view);
  page.close("section");

  page.open("section");
  put_children(page, view);
  page.close("section");
}

void put_expectations(Page& page, const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  page.section(forecasts.say(expectations));
  if (!forecasts.common().empty()) page.table(expectations_table(forecasts));
  if (over_time(view)) {
    page.note(forecasts.say(charts_note));
    if (view.has_history()) page.note(view.say(StudyPhrase::history_note));
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < forecasts.count(); ++i) all.push_back(i);
    std::vector<ChartSeries> legend = legend_of(view, all);
    if (view.has_history()) legend.push_back(delivered(view));
    page.legend(legend);
    for (const Place& place : forecasts.places()) {
      page.element("h3", view.place(place));
      put_courses(page, view, place, all);
    }
  }
  page.close("section");
}

}  // namespace ketensim::report

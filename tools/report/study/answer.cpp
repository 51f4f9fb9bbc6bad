// The answer first: three sentences made from the figures, then what is behind them.
#include <algorithm>

#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

const Place kChainPlace{"chain", "all"};

/// How the children in the chain at the end relate to those after the first period, or nothing.
std::string trend_of(const StudyView& view, const Results& results) {
  const std::size_t figure = results.find("chain", "all", "children_end");
  if (figure == Results::npos || results.base_periods < 2) return "";
  const std::size_t last = results.base_periods - 1;
  const double more_share = share_of(results, figure, last, results, figure, 0, std::greater<>()).value_or(0.5);
  const double fewer_share = share_of(results, figure, last, results, figure, 0, std::less<>()).value_or(0.5);
  const std::string start = view.number(summarise(results, figure, 0).mean, 0);
  const bool rising = more_share > fewer_share;
  const auto sure = view.sure(rising ? more_share : fewer_share);
  if (!sure) return view.say(trend_unsure_clause, fmt::arg("start", start));
  return view.say(trend_clause, fmt::arg("sure", *sure), fmt::arg("direction", view.say(rising ? more : fewer)),
                  fmt::arg("start", start));
}

std::string children_sentence(const StudyView& view, const Results& results, bool unchanged) {
  const std::size_t whole = whole_period(results);
  const Summary children = figure_at(results, kChainPlace, "children_end", whole);
  if (children.defined == 0) return "";
  return view.say(unchanged ? unchanged_sentence : scenario_sentence,
                  fmt::arg("end", view.last_day(results.periods[whole].until)),
                  fmt::arg("mean", view.number(children.mean, 0)), fmt::arg("low", view.number(children.p05, 0)),
                  fmt::arg("high", view.number(children.p95, 0)), fmt::arg("trend", trend_of(view, results)));
}

/// Whether the wait at a place is longer in the last quarter than in the first, or nothing.
std::string wait_clause_of(const StudyView& view, const Results& results, const Place& place) {
  const std::size_t figure = results.find(place.organisation, place.step, "wait_mean");
  const std::size_t first = results.base_periods;
  std::size_t last = results.periods.size();
  if (last > first && results.periods[last - 1].label == "all") --last;
  if (figure == Results::npos || last < first + 2) return "";
  const auto longer_share = share_of(results, figure, last - 1, results, figure, first, std::greater<>());
  const auto shorter_share = share_of(results, figure, last - 1, results, figure, first, std::less<>());
  if (!longer_share) return "";
  const bool rising = *longer_share > *shorter_share;
  const auto sure = view.sure(rising ? *longer_share : *shorter_share);
  if (!sure) return " " + view.say(wait_unsure_clause);
  return " " +
         view.say(wait_clause, fmt::arg("sure", *sure), fmt::arg("direction", view.say(rising ? longer : shorter)));
}

std::string longest_wait(const StudyView& view, const Results& results) {
  const std::size_t whole = whole_period(results);
  const Place* longest = nullptr;
  double days = 0.0;
  const std::vector<Place> places = view.places();
  for (const Place& place : places) {
    const Summary wait = figure_at(results, place, "wait_mean", whole);
    if (wait.defined > 0 && wait.mean > days) {
      longest = &place;
      days = wait.mean;
    }
  }
  if (!longest) return "";
  return view.say(
             Phrase::longest_wait_sentence, fmt::arg("step", view.place(*longest)),
             fmt::arg("mean", with_interval(figure_at(results, *longest, "wait_mean", whole), 1.0, view.view().style)),
             fmt::arg("p90", view.number(figure_at(results, *longest, "wait_p90", whole).mean))) +
         wait_clause_of(view, results, *longest);
}

std::string least_norm(const StudyView& view, const Results& results) {
  const std::size_t whole = whole_period(results);
  const Place* least = nullptr;
  double share = 2.0;
  const std::vector<Place> places = view.places();
  for (const Place& place : places) {
    const Summary met = figure_at(results, place, "norm_met", whole);
    if (met.defined > 0 && met.mean < share) {
      least = &place;
      share = met.mean;
    }
  }
  if (!least) return "";
  return view.say(Phrase::norm_sentence, fmt::arg("step", view.place(*least)),
                  fmt::arg("share", view.number(100.0 * share, 0)));
}

/// What an alternative costs beyond the baseline; empty where no lever says so.
std::string cost_sentence_of(const StudyView& view, std::size_t alternative) {
  const Results& baseline = view.baseline();
  const Summary cost = effect_at(baseline, view.results(alternative), kChainPlace, "cost", whole_period(baseline));
  return cost.defined > 0 && cost.mean > 0.0 ? view.say(cost_sentence, fmt::arg("euros", view.number(cost.mean, 0)))
                                             : "";
}

/// Which alternative brings help soonest, and what it costs.
std::string sooner_help(const StudyView& view) {
  const Results& baseline = view.baseline();
  const std::size_t whole = whole_period(baseline), figure = baseline.find("chain", "all", "to_help_mean");
  if (figure == Results::npos) return "";
  std::size_t best = 0;
  Summary most{};
  for (std::size_t i = 1; i < view.scenarios(); ++i) {
    const Summary change = effect(baseline, view.results(i), figure, whole);
    if (stands_out(change) && change.mean < 0.0 && (best == 0 || change.mean < most.mean)) {
      best = i;
      most = change;
    }
  }
  if (best == 0) return view.say(no_sooner_help_sentence);
  const Results& alternative = view.results(best);
  const std::size_t theirs = alternative.find("chain", "all", "to_help_mean");
  const double held = share_of(alternative, theirs, whole, baseline, figure, whole, std::less<>()).value_or(0.0);
  const std::string name = view.title(best);
  return view.say(view.scenarios() > 2 ? sooner_help_of_sentence : sooner_help_sentence, fmt::arg("name", name),
                  fmt::arg("count", view.scenarios() - 1), fmt::arg("sure", view.sure(held).value_or(view.say(rather))),
                  fmt::arg("days", view.number(-most.mean)), fmt::arg("low", view.high(most, -1.0)),
                  fmt::arg("high", view.low(most, -1.0))) +
         cost_sentence_of(view, best);
}

/// Where an alternative makes most children wait beyond those of the baseline, and when.
std::string other_side(const StudyView& view) {
  const Results& baseline = view.baseline();
  const std::vector<Place> places = view.places();
  std::size_t by = 0;
  Rise most{};
  for (std::size_t i = 1; i < view.scenarios(); ++i)
    for (const Rise& rise : rises(baseline, view.results(i), places))
      if (by == 0 || rise.extra.mean > most.extra.mean) {
        by = i;
        most = rise;
      }
  if (by == 0) return view.say(no_other_side);
  return view.say(other_side_queue, fmt::arg("name", view.title(by)), fmt::arg("step", view.place(most.place)),
                  fmt::arg("peak", view.period(baseline, most.period)), fmt::arg("extra", view.number(most.extra.mean)),
                  fmt::arg("low", view.low(most.extra)), fmt::arg("high", view.high(most.extra)));
}

void put_sentences(Page& page, const std::vector<std::string>& sentences) {
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) page.element("p class=\"first\"", sentence);
}

bool all_identical(const StudyView& view) {
  for (std::size_t i = 1; i < view.scenarios(); ++i)
    if (!identical(view.baseline(), view.results(i))) return false;
  return true;
}

std::vector<std::string> compared_answer(const StudyView& view) {
  const std::string unchanged = children_sentence(view, view.baseline(), true);
  if (all_identical(view)) return {unchanged, view.say(Phrase::zero_everywhere)};
  if (view.baseline().replications < 2) return {unchanged, view.say(Phrase::too_few_replications)};
  return {unchanged, sooner_help(view), other_side(view)};
}

}  // namespace

void put_answer(Page& page, const StudyView& view) {
  page.section(view.say(Phrase::answer), "answer");
  if (view.compared()) {
    put_sentences(page, compared_answer(view));
  } else {
    for (std::size_t i = 0; i < view.scenarios(); ++i) {
      const Results& results = view.results(i);
      if (view.scenarios() > 1) page.element("h3", view.title(i));
      put_sentences(page,
                    {children_sentence(view, results, false), longest_wait(view, results), least_norm(view, results)});
    }
  }
  put_doubts_in_short(page, view);
  page.close("section");

  page.open("section");
  put_children(page, view);
  if (view.compared()) page.table(overview_table(view.study(), view.view()));
  page.close("section");
}

}  // namespace ketensim::report

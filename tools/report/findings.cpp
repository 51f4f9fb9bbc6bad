#include "tools/report/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ketensim::report {
namespace {

constexpr std::size_t kMostBursts = 3;
constexpr double kWorthASentence = 0.5;  // extra children at the peak of a burst

template <class... Arguments>
std::string say(Phrase phrase, const View& view, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(text_of(phrase, view.language)), arguments...);
}

struct Extreme {
  Place place;
  Summary summary;
};

/// The place whose figure ranks first by `better`; nothing where no place has it.
template <class Get, class Better>
std::optional<Extreme> extreme(const std::vector<Place>& places, Get get, Better better) {
  std::optional<Extreme> best;
  for (const Place& place : places) {
    const Summary summary = get(place);
    if (summary.defined > 0 && (!best || better(summary.mean, best->summary.mean))) best = Extreme{place, summary};
  }
  return best;
}

std::string sentence_of(const Study& study, const Results& baseline, const Burst& burst, const View& view) {
  const auto when = [&](std::size_t period) {
    return period == Results::npos ? "" : period_text(baseline.periods[period], view.language);
  };
  return say(burst.gone == Results::npos ? Phrase::burst_stays_sentence : Phrase::burst_sentence, view,
             fmt::arg("step", place_text(study, {burst.organisation, burst.step}, view)),
             fmt::arg("first", when(burst.first)), fmt::arg("peak", when(burst.peak)),
             fmt::arg("extra", with_interval(burst.at_peak, 1.0, view.style)), fmt::arg("gone", when(burst.gone)));
}

/// Steps to speak of: a group by its total, never by its members.
std::vector<Place> places_to_speak_of(const Study& study, const Results& results) {
  std::vector<Place> places = shown_places(study, results, false);
  std::erase_if(places, [&](const Place& place) { return !study.label(place.organisation).group.empty(); });
  return places;
}

/// The largest bursts, in the order of their arrival.
std::vector<Burst> largest(std::vector<Burst> bursts) {
  std::erase_if(bursts, [](const Burst& burst) { return burst.at_peak.mean < kWorthASentence; });
  std::vector<double> peaks;
  for (const Burst& burst : bursts) peaks.push_back(burst.at_peak.mean);
  std::sort(peaks.rbegin(), peaks.rend());
  if (peaks.size() > kMostBursts)
    std::erase_if(bursts, [&](const Burst& burst) { return burst.at_peak.mean < peaks[kMostBursts - 1]; });
  return bursts;
}

}  // namespace

std::vector<std::string> findings(const Study& study, const Results& results, const View& view) {
  const std::size_t whole = whole_period(results);
  const std::vector<Place> places = places_to_speak_of(study, results);
  const auto figure = [&](std::string_view indicator) {
    return [&results, indicator, whole](const Place& place) { return figure_at(results, place, indicator, whole); };
  };
  std::vector<std::string> sentences;

  const Summary children = figure_at(results, {"chain", "all"}, "children_end", whole);
  if (children.defined > 0)
    sentences.push_back(say(
        Phrase::children_sentence, view,
        fmt::arg("end", day_text(results.periods[whole].until - std::chrono::days(1), view.language)),
        fmt::arg("mean", number(children.mean, 0, view.style)), fmt::arg("low", number(children.p05, 0, view.style)),
        fmt::arg("high", number(children.p95, 0, view.style))));
  const auto longest = extreme(places, figure("wait_mean"), std::greater<>());
  if (longest && longest->summary.mean > 0.0)
    sentences.push_back(say(Phrase::longest_wait_sentence, view,
                            fmt::arg("step", place_text(study, longest->place, view)),
                            fmt::arg("mean", with_interval(longest->summary, 1.0, view.style)),
                            fmt::arg("p90", number(figure("wait_p90")(longest->place).mean, view.style))));
  const Summary to_help = figure_at(results, {"chain", "all"}, "to_help_mean", whole);
  if (to_help.defined > 0)
    sentences.push_back(say(Phrase::to_help_sentence, view, fmt::arg("mean", with_interval(to_help, 1.0, view.style))));
  const auto least = extreme(places, figure("norm_met"), std::less<>());
  if (least)
    sentences.push_back(say(Phrase::norm_sentence, view, fmt::arg("step", place_text(study, least->place, view)),
                            fmt::arg("share", number(100.0 * least->summary.mean, 0, view.style))));
  return sentences;
}

std::vector<std::string> findings(const Study& study, const Results& baseline, const Results& alternative,
                                  const View& view) {
  if (identical(baseline, alternative)) return {say(Phrase::zero_everywhere, view)};
  if (baseline.replications < 2) return {say(Phrase::too_few_replications, view)};

  const std::size_t whole = whole_period(baseline);
  const std::vector<Place> places = places_to_speak_of(study, baseline);
  const auto queue = [&](const Place& place) { return effect_at(baseline, alternative, place, "queue_mean", whole); };
  std::vector<std::string> sentences;
  const auto say_queue = [&](Phrase phrase, const std::optional<Extreme>& at, bool holds) {
    if (holds && stands_out(at->summary))
      sentences.push_back(
          say(phrase, view, fmt::arg("step", place_text(study, at->place, view)),
              fmt::arg("mean", with_interval(at->summary, at->summary.mean < 0.0 ? -1.0 : 1.0, view.style))));
  };
  const auto shortest = extreme(places, queue, std::less<>());
  say_queue(Phrase::shorter_queue_sentence, shortest, shortest && shortest->summary.mean < 0.0);
  for (const Burst& burst : largest(shown_bursts(baseline, alternative, places).bursts))
    sentences.push_back(sentence_of(study, baseline, burst, view));
  const auto longest = extreme(places, queue, std::greater<>());
  say_queue(Phrase::longer_queue_sentence, longest, longest && longest->summary.mean > 0.0);

  const Summary to_help = effect_at(baseline, alternative, {"chain", "all"}, "to_help_mean", whole);
  if (stands_out(to_help))
    sentences.push_back(
        say(Phrase::to_help_change_sentence, view, fmt::arg("mean", difference(to_help, 1.0, view.style))));
  if (sentences.empty()) sentences.push_back(say(Phrase::no_differences, view));
  return sentences;
}

}  // namespace ketensim::report

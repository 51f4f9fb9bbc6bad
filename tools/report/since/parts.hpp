#pragma once

#include <vector>

#include "tools/report/since.hpp"
#include "tools/report/since/phrases.hpp"
#include "tools/report/since/score.hpp"
#include "tools/report/study/view.hpp"

namespace ketensim::report {

/// The forecasts of a page in one language: as one study of their baselines, the newest first.
class Forecasts {
 public:
  Forecasts(const std::vector<PastForecast>& oldest_first, Language language);

  const StudyView& view() const { return view_; }
  std::size_t count() const { return study_.results.size(); }
  const PastForecast& of(std::size_t number) const { return oldest_first_[count() - 1 - number]; }
  const PastForecast& now() const { return of(0); }
  const PastForecast& earlier() const { return of(1); }

  template <class... Arguments>
  std::string say(SincePhrase phrase, const Arguments&... arguments) const {
    return view_.say(phrase, arguments...);
  }

  /// The steps with a queue or a norm that the newest and the one before have in common.
  const std::vector<Place>& places() const { return places_; }
  /// A period of the report that both have: its number in the newest and in the one before.
  struct Common {
    std::size_t now, earlier;
  };
  /// In their order; empty: there are none.
  const std::vector<Common>& common() const { return common_; }
  std::string last_day(const Common& period) const {
    return view_.last_day(view_.results(0).periods[period.now].until);
  }
  /// What came of a forecast by what was delivered until the newest one; by places.
  const std::vector<Score>& scores(std::size_t number) const { return scores_[number]; }

 private:
  const std::vector<PastForecast>& oldest_first_;
  Study study_;
  StudyView view_;
  std::vector<Place> places_;
  std::vector<Common> common_;
  std::vector<std::vector<Score>> scores_;  // by number
};

/// The parts of the page, in their order.
void put_answer(Page& page, const Forecasts& forecasts);
void put_expectations(Page& page, const Forecasts& forecasts);
void put_scores(Page& page, const Forecasts& forecasts);
void put_amounts(Page& page, const Forecasts& forecasts);
void put_reasons(Page& page, const Forecasts& forecasts);

}  // namespace ketensim::report

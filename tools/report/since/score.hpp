#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/report/figures.hpp"
#include "tools/results/history.hpp"

namespace ketensim::report {

/// How an earlier forecast of one figure of a step stands beside the months that were delivered since. Staff was
/// forecast too: it is that of the plans of then.
struct Score {
  Place place;
  std::string_view indicator;
  int months = 0;          // that were forecast, and whose figure was told since
  int inside = 0;          // of these, within the 90% band
  double observed = 0.0;   // mean over these months
  double expected = 0.0;   // mean of the median forecasts
  double off = 0.0;        // sum of |median - observed| over the sum observed; NaN where that is 0
  double naive_off = 0.0;  // the same of the last month that was known then; NaN: not told
  double skill = 0.0;      // 1 - CRPS over that of the last month known; NaN: not told, or it made no error
};

/// Of each figure in `indicators` at each place: those with a month. `history`: as it was delivered since.
std::vector<Score> scores_of(const Results& forecast, const std::vector<HistoryFigure>& history,
                             const std::vector<Place>& places, const std::vector<std::string_view>& indicators);

/// All of one indicator together.
Score together(const std::vector<Score>& scores, std::string_view indicator);

}  // namespace ketensim::report

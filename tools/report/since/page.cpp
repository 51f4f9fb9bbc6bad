#include <algorithm>

#include "tools/report/since/parts.hpp"

namespace ketensim::report {
namespace {

std::string title_of(const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  const auto day = [&](std::size_t number) {
    const Conditions& conditions = view.study().conditions[number];
    return day_text(
        conditions.start == Conditions::Start::state ? conditions.snapshot : view.results(number).periods.front().from,
        view.language());
  };
  const Results& baseline = forecasts.now().study.results.front();
  return forecasts.say(SincePhrase::subject,
                       fmt::arg("name", baseline.name.empty() ? baseline.scenario : baseline.name),
                       fmt::arg("earlier", day(1)), fmt::arg("now", day(0)));
}

std::optional<Page> page_in(const std::vector<PastForecast>& oldest_first, Language language) {
  const Forecasts forecasts(oldest_first, language);
  if (forecasts.places().empty()) return std::nullopt;
  Page page(language);
  page.header(forecasts.say(SincePhrase::title), title_of(forecasts));
  page.open("main");
  put_answer(page, forecasts);
  put_expectations(page, forecasts);
  put_scores(page, forecasts);
  put_reasons(page, forecasts);
  page.close("main");
  return page;
}

}  // namespace

std::optional<std::string> changes_report(std::vector<PastForecast> forecasts, Language first) {
  std::stable_sort(forecasts.begin(), forecasts.end(), [](const PastForecast& a, const PastForecast& b) {
    return a.study.results.front().periods.front().from < b.study.results.front().periods.front().from;
  });
  std::vector<Page> pages;
  for (const Language language : {first, first == Language::nl ? Language::en : Language::nl}) {
    std::optional<Page> page = page_in(forecasts, language);
    if (!page) return std::nullopt;
    pages.push_back(std::move(*page));
  }
  return finished(pages);
}

}  // namespace ketensim::report

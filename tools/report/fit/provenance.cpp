// From what, as known when, and by which program the chain was made.
#include "tools/report/fit/parts.hpp"

namespace ketensim::report {

using enum FitPhrase;

void put_provenance(Page& page, const FitView& view) {
  const Monitor& monitor = view.monitor();
  const Scenario& scenario = view.calibration().scenario;
  std::vector<std::string> items{
      view.say(snapshot, fmt::arg("day", view.last_day(monitor.until)), fmt::arg("from", view.day(monitor.from)))};
  if (monitor.truncated) items.push_back(view.say(truncated, fmt::arg("from", view.day(monitor.from))));
  std::string names;
  for (const std::string& file : monitor.files) names += (names.empty() ? "" : ", ") + file;
  if (!names.empty()) items.push_back(view.say(files, fmt::arg("files", names)));
  items.push_back(view.say(options, fmt::arg("seed", scenario.seed), fmt::arg("draws", scenario.drawn.size()),
                           fmt::arg("least", view.disclosure().least())));
  items.push_back(view.say(chain_file));
  items.push_back(view.say(made_by, fmt::arg("version", KETENSIM_VERSION)));
  page.section(view.say(provenance));
  page.list(items);
  page.close("section");
}

}  // namespace ketensim::report

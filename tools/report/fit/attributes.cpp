// The shares of the values of each attribute that the chain carries.
#include <numeric>

#include "tools/report/fit/parts.hpp"

namespace ketensim::report {

using enum FitPhrase;

void put_attributes(Page& page, const FitView& view) {
  if (view.calibration().attributes.empty()) return;
  page.section(view.say(attributes));
  page.open("div class=\"beside\"");
  for (const AttributeShares& of : view.calibration().attributes) {
    const std::string where = view.say(of.told_later ? told_by_members : at_arrival);
    Table table{view.attribute(of.attribute) + ", " + where,
                {{view.say(value), ""}, {view.say(share), "%"}, {view.say(families), ""}},
                {},
                {}};
    std::vector<std::size_t> counts;
    for (const auto& [value, count] : of.counts) counts.push_back(count);
    const std::vector<bool> hidden = view.disclosure().hidden(counts);
    const std::vector<std::string> told = view.counts(counts);
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
    for (std::size_t i = 0; i < counts.size(); ++i)
      table.rows.push_back(
          {view.value(of.attribute, of.counts[i].first),
           hidden[i] || total == 0.0 ? "·" : view.number(100.0 * static_cast<double>(counts[i]) / total, 1), told[i]});
    page.open("div");
    page.table(table);
    page.close("div");
  }
  page.close("div");
  page.close("section");
}

}  // namespace ketensim::report

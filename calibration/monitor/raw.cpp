#include "calibration/monitor/raw.hpp"

#include <algorithm>

#include "calibration/monitor/rules.hpp"

namespace ketensim::monitor {

std::size_t Raw::member_attribute(std::size_t partner) const {
  const std::string& per = plan->organisations[partner].per;
  if (per.empty()) return std::string::npos;
  return static_cast<std::size_t>(std::find(attributes.begin(), attributes.end(), per) - attributes.begin());
}

std::size_t Raw::note(const RawVisit& visit, Rule rule, std::string old_value, std::string new_value) {
  const auto partner = static_cast<std::size_t>(visit.partner), number = static_cast<std::size_t>(rule);
  Touched& touched_by = touched[partner][number];
  if (touched_by.file != visit.file || touched_by.line != visit.line) ++touched_by.rows;
  touched_by.file = visit.file;
  touched_by.line = visit.line;
  repairs.push_back({visit.file, visit.line, static_cast<std::int32_t>(rule), visit.partner, std::move(old_value),
                     std::move(new_value)});
  return repairs.size() - 1;
}

}  // namespace ketensim::monitor

#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

// States written down in a few lines, or cut from a run.
namespace ketensim::support {

/// Days since 1970-01-01.
inline double days_since_epoch(Date day) { return static_cast<double>(day.time_since_epoch().count()); }

/// Rows of a state under construction; moments are days since the end of the snapshot's day, so most are negative.
class StateBuilder {
 public:
  explicit StateBuilder(Date snapshot) : origin_(days_since_epoch(snapshot) + 1.0) {
    state.file = "state.csv";
    state.snapshot = snapshot;
  }

  ChainState state;

  OpenCase& waiting(const std::string& step, double received) {
    OpenCase& row = state.cases.emplace_back();
    row.line = static_cast<int>(state.cases.size()) + 1;
    row.child = row.case_id = "k" + std::to_string(row.line);
    row.step = step;
    row.first_received = row.received = origin_ + received;
    return row;
  }
  OpenCase& in_service(const std::string& step, double received, double started) {
    OpenCase& row = waiting(step, received);
    row.started = origin_ + started;
    return row;
  }
  /// `next` may be empty: not known.
  OpenCase& ended(const std::string& step, double ended, const std::string& next) {
    OpenCase& row = in_service(step, ended - 2.0, ended - 1.0);
    row.ended = origin_ + ended;
    row.next = next;
    return row;
  }

 private:
  double origin_;
};

/// Who is in the chain at 00:00 of `day`, and who has left it before, as the visits of a run tell it. `known`: where a
/// case is on its way to, and whether it has left. Attributes are those of the visit's end.
inline ChainState cut(const Watched& run, Date day, bool known = true) {
  const double moment = run.moment(day), origin = days_since_epoch(run.model.origin);
  const auto name = [&](std::size_t step) {
    return run.model.organisation_of(step) + "." + run.model.step_names[step];
  };
  std::map<std::uint64_t, std::vector<LoggedVisit>> cases;
  for (const LoggedVisit& visit : run.visits)
    if (visit.received < moment) cases[visit.case_id].push_back(visit);
  ChainState state{"state.csv", day - std::chrono::days{1}, {}};
  for (auto& [id, visits] : cases) {
    std::stable_sort(visits.begin(), visits.end(), [](const LoggedVisit& a, const LoggedVisit& b) {
      return a.received != b.received ? a.received < b.received : a.started < b.started;
    });
    const LoggedVisit& last = visits.back();
    OpenCase& row = state.cases.emplace_back();
    row.line = static_cast<int>(state.cases.size()) + 1;
    row.child = std::to_string(id & ~std::uint64_t{0xff});
    row.case_id = std::to_string(id);
    row.first_received = origin + visits.front().received;
    row.step = name(last.step);
    row.received = origin + last.received;
    if (last.was_started() && last.started < moment) row.started = origin + last.started;
    if (last.is_over() && last.ended < moment) {
      row.ended = origin + last.ended;
      if (known) row.next = last.next == Visit::kOut ? "out" : name(static_cast<std::size_t>(last.next));
    }
    for (std::size_t a = 0; a < run.model.attributes.size(); ++a)
      if (last.values[a] < run.model.values[a].size())
        row.attributes.emplace_back(run.model.attributes[a], run.model.values[a][last.values[a]]);
  }
  return state;
}

}  // namespace ketensim::support

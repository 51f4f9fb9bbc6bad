#include "tests/support/naive_pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace ketensim::support {
namespace {

/// What comes at one moment.
struct Moment {
  std::vector<const LoggedVisit*> freed, withdrawn, received;
};

/// The one who is served first.
std::size_t first_of(const std::vector<const LoggedVisit*>& queue, double now, const NaivePool& pool,
                     const std::function<bool(const LoggedVisit&)>& eligible) {
  std::size_t best = queue.size();
  for (std::size_t i = 0; i < queue.size(); ++i)
    if (eligible(*queue[i]) && (best == queue.size() || pool.before(*queue[i], *queue[best], now))) best = i;
  return best;
}

}  // namespace

std::size_t NaivePool::compare(const std::vector<LoggedVisit>& visits) const {
  std::map<double, Moment> moments;
  for (const double change : changes) moments[change];
  for (const Clearing& clearing : clearings) moments[clearing.moment];
  double last = 0.0;
  const auto was_cleared = [&](const LoggedVisit& visit) {
    return std::any_of(clearings.begin(), clearings.end(), [&](const Clearing& c) {
      return c.step == visit.step && c.moment == visit.started && visit.started == visit.ended;
    });
  };
  for (const LoggedVisit& visit : visits) {
    if (std::find(steps.begin(), steps.end(), visit.step) == steps.end()) continue;
    moments[visit.received].received.push_back(&visit);
    if (visit.withdrawn)
      moments[visit.ended].withdrawn.push_back(&visit);
    else if (const double end = visit.was_started() ? freed(visit) : NAN; !std::isnan(end) && !was_cleared(visit))
      moments[end].freed.push_back(&visit);
    for (const double moment : {visit.received, visit.started, visit.ended})
      if (moment > last) last = moment;
  }
  for (double day = 0.0; day < last; day += 1.0) moments[day];

  std::vector<const LoggedVisit*> queue;
  std::size_t compared = 0;
  double busy = 0.0;
  for (const auto& [now, moment] : moments) {
    for (const Clearing& clearing : clearings)
      for (std::size_t done = 0; clearing.moment == now && done < clearing.at_most; ++done) {
        const std::size_t i =
            first_of(queue, now, *this, [&](const LoggedVisit& v) { return v.step == clearing.step; });
        if (i == queue.size()) break;
        EXPECT_EQ(queue[i]->started, now) << "case " << queue[i]->case_id << " was not cleared";
        EXPECT_EQ(queue[i]->ended, now);
        queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(i));
        ++compared;
      }
    busy -= static_cast<double>(moment.freed.size());
    for (const LoggedVisit* visit : moment.withdrawn) {
      const auto at = std::find(queue.begin(), queue.end(), visit);
      if (at == queue.end()) {
        ADD_FAILURE() << "case " << visit->case_id << " withdrew at " << now << " but should have been in service";
        return compared;
      }
      queue.erase(at);
    }
    queue.insert(queue.end(), moment.received.begin(), moment.received.end());
    while (works(now) && busy < slots(now) && !queue.empty()) {
      const std::size_t i = first_of(queue, now, *this, [](const LoggedVisit&) { return true; });
      if (queue[i]->started != now) {
        ADD_FAILURE() << "case " << queue[i]->case_id << " received at " << queue[i]->received
                      << " should have been started at " << now << ", not at " << queue[i]->started;
        return compared;
      }
      queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(i));
      busy += 1.0;
      ++compared;
    }
  }
  for (const LoggedVisit* visit : queue)
    EXPECT_FALSE(visit->was_started()) << "case " << visit->case_id << " was started at " << visit->started
                                       << " without a slot";
  return compared;
}

}  // namespace ketensim::support

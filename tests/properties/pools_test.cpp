// Pools on random chains: never more in service than there are slots, and more slots never harm who waits for them.
#include <fmt/core.h>

#include <array>
#include <limits>
#include <map>
#include <tuple>

#include "tests/properties/any_chain.hpp"
#include "tests/properties/slots_by_hand.hpp"
#include "tests/support/chain_text.hpp"

namespace ketensim {
namespace {

using namespace support;

RC_GTEST_PROP(Pools, NeverStartACaseBeyondTheirSlots, (const AnyChain& chain)) {
  Scenario scenario = chain.scenario;
  std::erase_if(scenario.interventions, [](const Intervention& i) { return i.kind == "together"; });
  RC_PRE(is_valid(scenario));
  const auto run = watch(scenario);
  const std::vector<Claim> claims = claims_of(scenario, *run);
  for (const Claim& claim : claims) {
    double taken = 0.0;
    for (const Claim& other : claims)
      taken += other.pool == claim.pool && other.from <= claim.from && claim.from < other.until;
    const Date day = run->day_of(claim.from);
    const double slots = own_slots(scenario, claim.pool, day) + borrowed_at_most(scenario, claim.pool, day);
    if (taken > slots)
      RC_FAIL(fmt::format("{} are in service at {} {}, which has {}, when this starts:\n{}", taken, claim.pool.pool->id,
                          claim.pool.member, slots, in_words(*run, *claim.visit)));
  }
}

/// What happens at this pool has no influence on who comes to it when: none of the steps that follow on it, and none of
/// those that share a pool with such a step, leads to it again.
bool is_free_of_itself(const Scenario& scenario, const std::string& pool) {
  const std::vector<Step>& steps = scenario.chain.steps;
  std::vector<bool> influenced(steps.size());
  const auto spread = [&](std::size_t from) {
    const std::vector<bool> after = steps_after(scenario, from);
    bool more = false;
    for (std::size_t i = 0; i < steps.size(); ++i)
      for (std::size_t j = 0; after[i] && j < steps.size(); ++j) {
        const bool shares = i == j || (!steps[i].pool.empty() && steps[i].pool == steps[j].pool);
        more |= shares && !influenced[j];
        influenced[j] = influenced[j] || shares;
      }
    return more;
  };
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i].pool == pool || influenced[i]) more |= spread(i);
  }
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].pool == pool && influenced[i]) return false;
  return true;
}

// Kiefer and Wolfowitz (1955) and Jacobs and Schach (1972) compare queues with one server more; here case by case, for
// slots that vary. Take a pool that has no influence on who comes to it when. It serves in the order of receiving, and
// a service belongs to the case: its end does not come sooner where it starts later (not even where ends wait for a
// working day). Say that with more slots the first n - 1 start no later. When case n started with fewer slots, the
// n - 1 before it had all started; those whom the richer pool still serves then, the poorer one served too, as they
// ended no sooner there; so there is a slot for case n, with more slots, by then. (Further on it may fail: behind this
// pool a case may be overtaken.)
RC_GTEST_PROP(Pools, WithMoreSlotsStartNobodyLater, (const PlainChain& chain)) {
  constexpr std::array<std::string_view, 3> kElsewhere{"arrivals", "capacity", "norm"};
  Chance chance = chain.chance();
  Scenario fewer = chain.scenario;
  std::vector<std::string> pools;
  for (const Pool& pool : fewer.chain.pools)
    if (is_free_of_itself(fewer, pool.id)) pools.push_back(pool.id);
  RC_PRE(!pools.empty());
  const std::string pool = chance.pick(pools);
  add_random_interventions(chance, fewer, 3, kElsewhere);
  std::erase_if(fewer.interventions, [](const Intervention& i) { return i.settings.has("waited"); });  // out of turn
  Scenario more = fewer;
  more.interventions.push_back({"capacity",
                                {{{"pool", pool},
                                  {"from", random_day(chance, fewer)},
                                  {"change", Change{Change::Kind::add_slots, chance.pick({1.0, 2.0, 10.0})}}}}});
  RC_PRE(is_valid(more));

  const auto poor = watch(fewer), rich = watch(more);
  using Place = std::pair<std::uint64_t, std::size_t>;
  std::map<Place, LoggedVisit> visits;
  for (const LoggedVisit& visit : rich->visits) visits[{visit.case_id, visit.step}] = visit;
  for (const LoggedVisit& with_fewer : poor->visits) {
    const bool there = std::any_of(fewer.chain.steps.begin(), fewer.chain.steps.end(), [&](const Step& s) {
      return s.pool == pool && s.id.substr(s.id.find('.')) == "." + poor->model.step_names[with_fewer.step];
    });
    if (!there) continue;
    const LoggedVisit& with_more = visits[{with_fewer.case_id, with_fewer.step}];
    const bool no_later = !with_fewer.was_started() || with_more.started <= with_fewer.started;
    if (with_more.received != with_fewer.received || !no_later)
      RC_FAIL(written(more.interventions.back()) + "\n" + in_words(*poor, with_fewer) + "\n" +
              in_words(*rich, with_more));
  }
}

}  // namespace
}  // namespace ketensim

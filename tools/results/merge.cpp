#include "tools/results/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

bool same(const Figure& a, const Figure& b) {
  return a.organisation == b.organisation && a.step == b.step && a.indicator == b.indicator;
}
bool same(const ReportedPeriod& a, const ReportedPeriod& b) {
  return a.label == b.label && a.from == b.from && a.until == b.until;
}
bool same(const Conditions& a, const Conditions& b) {
  return a.calendar == b.calendar && a.warm_up_days == b.warm_up_days;
}
bool same(const OrganisationLabel& a, const OrganisationLabel& b) {
  return a.id == b.id && a.name == b.name && a.group == b.group;
}
/// All but the replications.
bool same(const Results&, const Results&);

template <class Value>
bool all_same(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Value& x, const Value& y) { return same(x, y); });
}
bool same(const Results& a, const Results& b) {
  return a.scenario == b.scenario && a.name == b.name && a.text == b.text && a.seed == b.seed &&
         a.base_periods == b.base_periods && all_same(a.figures, b.figures) && all_same(a.periods, b.periods);
}
bool same_but_for_shard(const Study& a, const Study& b) {
  return a.compared == b.compared && a.shards == b.shards && all_same(a.results, b.results) &&
         all_same(a.conditions, b.conditions) && all_same(a.organisations, b.organisations);
}

void require_whole(const std::vector<Study>& shards) {
  const int expected = shards.front().shards;
  for (const Study& shard : shards)
    if (!same_but_for_shard(shard, shards.front()))
      throw InputError("merge: the folders do not hold shards of one run: scenarios, seed or parts differ");
  for (int number = 0; number < expected; ++number) {
    const auto count =
        std::count_if(shards.begin(), shards.end(), [&](const Study& shard) { return shard.shard == number; });
    if (count != 1)
      throw InputError(fmt::format("merge: shard {}/{} is {}", number + 1, expected,
                                   count == 0 ? "missing" : "there more than once"));
  }
  for (std::size_t i = 1; i < shards.size(); ++i)
    for (std::size_t s = 0; s < shards[i].results.size(); ++s) {
      const Results& before = shards[i - 1].results[s];
      if (shards[i].results[s].first_replication != before.first_replication + before.replications)
        throw InputError("merge: the shards have different numbers of replications in all");
    }
}

}  // namespace

Study merge_shards(std::vector<Study> shards) {
  std::sort(shards.begin(), shards.end(), [](const Study& a, const Study& b) { return a.shard < b.shard; });
  require_whole(shards);
  Study whole = std::move(shards.front());
  whole.shard = 0;
  whole.shards = 1;
  for (std::size_t i = 1; i < shards.size(); ++i)
    for (std::size_t s = 0; s < whole.results.size(); ++s) {
      Results& into = whole.results[s];
      Results& part = shards[i].results[s];
      into.values.insert(into.values.end(), part.values.begin(), part.values.end());
      into.flows = joined(into.flows, into.replications, part.flows, part.replications);
      into.replications += part.replications;
      part.values = {};
    }
  return whole;
}

}  // namespace ketensim

#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool; a pool of a `per:` organisation means all its members"},
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`+20%`, `x1.2`, `+6 slots`, `-1.5 fte`, or absolute `30 slots`, `4 fte`; percentages multiply, slots are "
        "added "
        "after all percentages, and the result is rounded down once"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  for (const std::uint32_t pool : compilation.pools_named(settings.get<std::string>("pool")))
    compilation.add_capacity_change({pool, from, until, settings.get<Change>("change")});
}

}  // namespace

const InterventionRule kCapacity{
    {"capacity", kKeys,
     "The pool's slots change from one day until another. When a pool shrinks, running cases go on and nothing starts "
     "while as many slots are taken as there are.",
     "capacity: {pool: RVDK.research, from: 2024-03-01, until: 2024-09-01, change: +20%}"},
    apply};

}  // namespace ketensim

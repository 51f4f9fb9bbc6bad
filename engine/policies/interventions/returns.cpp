#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "", "`-20%` or `x0.8`: a factor on the share of children who come back"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  compilation.add_returns_change({0, from, until, settings.get<Change>("change").amount});
}

}  // namespace

const InterventionRule kReturns{
    {"returns", kKeys, "Of the children whose case goes out then, a smaller or larger share comes back.",
     "returns: {from: 2024-06-01, change: -20%}"},
    apply};

}  // namespace ketensim

#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"stream", ValueType::stream, true, "", "the stream of arrivals"},
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "", "`-10%`, `+5%` or `x0.9`: a factor on the intensity"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  compilation.add_arrivals_change(settings.get<std::string>("stream"), from, until,
                                  settings.get<Change>("change").amount);
}

}  // namespace

const InterventionRule kArrivals{{"arrivals", kKeys,
                                  "Fewer or more families: a decrease takes some of the baseline's families away (with "
                                  "the children who would have come "
                                  "back), an increase adds families beside them.",
                                  "arrivals: {stream: reports, from: 2024-06-01, change: -10%}"},
                                 apply};

}  // namespace ketensim

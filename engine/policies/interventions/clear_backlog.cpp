#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "",
        "the step whose queue is cleared; a step of a `per:` organisation means all its members"},
    Key{"on", ValueType::date, true, "", "the day; it happens at 00:00, working day or not"},
    Key{"at_most", ValueType::integer, false, "all",
        "clear only the first so many cases in the order of the queue (per member)"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const double on = compilation.moment(settings.get<Date>("on"));
  const double at_most = settings.get_or<double>("at_most", 4e9);
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step")))
    compilation.add_tick({on, Tick::Kind::clear_backlog, step, static_cast<std::uint32_t>(at_most)});
}

}  // namespace

const InterventionRule kClearBacklog{
    {"clear_backlog", kKeys,
     "Everyone who waits at the step at that moment is finished without service and goes on along the routes with the "
     "route draw that the case would have had, counted as started and ended then: the burst that reaches the next "
     "partner.",
     "clear_backlog: {step: VTT.research, on: 2024-02-01}"},
    apply};

}  // namespace ketensim

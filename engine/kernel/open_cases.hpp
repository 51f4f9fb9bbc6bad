#pragma once

#include "engine/kernel/model.hpp"

namespace ketensim {

inline constexpr std::uint16_t kUnknownValue = 0xffff;

/// How much of a service was over for certain when the simulation began, in days on its clock: whoever ended on days
/// off is still in service until the next working day.
double least_service(const Model& model, double started, bool working_days);
/// The same of a patience, and of a transfer or an absence from the chain: these end on any day, unless cases are handed
/// over on working days alone.
double least_patience(const Model& model, double received, bool working_days);
double least_hand_over(const Model& model, double ended, bool working_days);

/// By what the duration of a service that began before then was multiplied, because the case had waited long.
double worsened_by(const Model& model, const StepModel& step, double received, double started);

/// Calls `keeps(step)` for every step whose slot a case still has at `step` (or on its way to it from `ended_at`, if
/// that is not kNone): one slot of each pool.
template <class Keeps>
void each_kept_slot(const Model& model, const OpenCases& open, const std::uint16_t* values, std::uint32_t step, std::uint32_t ended_at,
                    Keeps keeps) {
  for (const KeptSlotModel& kept : open.kept) {
    const Destination& d = model.destinations[kept.destination];
    std::int32_t claimed_at = d.step;
    if (d.attribute != kNone) {
      const std::uint16_t value = values[d.attribute];
      claimed_at = value < d.by_value.size() ? d.by_value[value] : kOut;
    }
    if (claimed_at == kOut) continue;
    const auto claimer = static_cast<std::uint32_t>(claimed_at);
    const std::vector<std::uint8_t>& reaches = kept.reaches[claimer];
    if (reaches.empty() || reaches[step] == 0 || claimer == step) continue;
    if (ended_at != kNone && model.holds[model.steps[claimer].hold].frees[ended_at] != 0) continue;
    keeps(claimer);
  }
}

}  // namespace ketensim

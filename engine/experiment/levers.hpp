#pragma once

#include <string>
#include <vector>

#include "engine/kernel/model.hpp"

namespace ketensim {

/// `capacity`: a change of the pool from that day until the end, or until another day.
Intervention capacity_change(const std::string& pool, Date from, Change change);
Intervention capacity_change(const std::string& pool, Date from, Date until, Change change);

/// A stretch of days, from the origin, on which a pool has so many slots.
struct SlotSpan {
  int from, until;
  std::uint32_t slots;
};
/// Of a pool of the model, over the reported period, when nobody is absent by chance and nothing is lent.
std::vector<SlotSpan> slot_spans(const Model& model, std::uint32_t pool);

/// Levers by which the pool has the same slots on every day of a calendar year, as many slot-days in all as before: its
/// leave is spread. Where that is no whole number, one more in the first part of the year. None where it has already.
std::vector<Intervention> spread_leave(const Model& model, std::uint32_t pool);

/// The steps at which slots of the pool are taken or kept, and those before that lead to them alone: at least half of
/// those who leave such a step go on to one of these, and the others leave the chain.
std::vector<std::string> steps_towards(const Model& model, std::uint32_t pool);

}  // namespace ketensim

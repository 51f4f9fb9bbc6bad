// Staff that falls ill or leaves by chance, and comes back or is replaced.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

void Simulator::begin_absence(std::uint32_t absence, bool begin) {
  const AbsenceModel& model = model_.absences[absence];
  for (std::uint32_t m = 0; m < members_.size(); ++m) {
    Member& member = members_[m];
    if (member.absence != absence) continue;
    member.state = Member::State::present;
    member.moment = now_;
    ++member.serial;
    if (!begin) continue;
    const Block block = draws_.at(member.number, model.tag, member.spell, Purpose::staff);
    if (block.second() < model.absent_at_first) member.state = Member::State::absent;
    next_spell(m);
  }
  set_staffed_slots(model.pool);
}

/// Draws how long the member stays in the state that has just begun. Who learns may leave before that is over; because
/// the time until then is exponential, it may be drawn anew when learning ends.
void Simulator::next_spell(std::uint32_t m) {
  Member& member = members_[m];
  const AbsenceModel& model = model_.absences[member.absence];
  const Block block = draws_.at(member.number, model.tag, member.spell++, Purpose::staff);
  const double mean = member.state == Member::State::absent ? model.mean_absent : model.mean_present;
  double length = -mean * std::log(1.0 - block.unit());
  if (member.state == Member::State::learning) length = std::min(length, model.learning);
  member.moment += length;
  ++member.serial;
  events_.push(Event::at(morning_of(member.moment), EventKind::staff, m, member.serial));
}

void Simulator::change_state(std::uint32_t m) {
  using State = Member::State;
  Member& member = members_[m];
  const AbsenceModel& model = model_.absences[member.absence];
  if (member.state == State::absent) {
    member.state = model.learning > 0.0 ? State::learning : State::present;
  } else if (member.state == State::learning) {
    const Block block = draws_.at(member.number, model.tag, member.spell - 1, Purpose::staff);
    const bool learned = -model.mean_present * std::log(1.0 - block.unit()) >= model.learning;
    member.state = learned ? State::present : State::absent;
  } else {
    member.state = State::absent;
  }
  next_spell(m);
  set_staffed_slots(model.pool);
}

/// What is left of the staff: the n-th member counts for the n-th fte, and for less where the last is a part of one.
double Simulator::present_share(std::uint32_t pool) {
  const double staff = model_.staffings[pools_[pool].staffing].staff;
  if (staff <= 0.0) return 1.0;
  productivity_.assign(static_cast<std::size_t>(std::ceil(staff)), 1.0);
  for (const Member& member : members_) {
    const AbsenceModel& model = model_.absences[member.absence];
    if (model.pool != pool || member.number >= productivity_.size()) continue;
    if (member.state == Member::State::absent) productivity_[member.number] = 0.0;
    if (member.state == Member::State::learning) productivity_[member.number] *= model.productivity;
  }
  double present = 0.0;
  for (std::size_t i = 0; i < productivity_.size(); ++i)
    present += productivity_[i] * std::min(1.0, staff - static_cast<double>(i));
  return present / staff;
}

/// How much of the staff that is planned there is in this replication (by Box and Muller 1958).
double Simulator::share_of_plan(std::uint32_t pool) const {
  if (model_.pools[pool].plan_tag == kNone || now_ < model_.start) return 1.0;
  const Block block = draws_.at(0, model_.pools[pool].plan_tag, 0, Purpose::plan);
  const double sigma = model_.staffing_sigma;
  const double normal = std::sqrt(-2.0 * std::log(block.unit())) * std::cos(2.0 * std::numbers::pi * block.third());
  return std::exp(sigma * normal - sigma * sigma / 2.0);
}

void Simulator::set_staffed_slots(std::uint32_t pool) {
  const StaffingModel& staffing = model_.staffings[pools_[pool].staffing];
  const double present = share_of_plan(pool) * (model_.pools[pool].has_absences ? present_share(pool) : 1.0);
  recorder_.staff(pool, now_, staffing.fte(present));
  const double slots = std::floor(staffing.slots * present + staffing.added + 1e-9);
  pools_[pool].own_slots = static_cast<std::uint32_t>(std::clamp(slots, 0.0, 4e9));
  set_slots(pool);
}

}  // namespace ketensim

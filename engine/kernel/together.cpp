// Steps that a case passes at once: it falls into branches and goes on as one.
#include <algorithm>
#include <utility>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

bool Simulator::fork(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  const std::uint32_t index = model_.together_at[step];
  if (index == kNone || !together_[index] || join_of_[slot] != kNone) return false;
  const TogetherModel& model = model_.togethers[index];
  const StepModel& s = *steps_[step];
  const std::uint32_t visit = s.visit_counter == kNone ? 0 : visits_[slot * model_.visit_counters + s.visit_counter];
  if (draws_.at(cases_[slot].id, s.tag, visit, Purpose::together).unit() >= model.share) return false;

  std::uint32_t join = static_cast<std::uint32_t>(joins_.size());
  if (free_joins_.empty()) {
    joins_.emplace_back();
  } else {
    join = free_joins_.back();
    free_joins_.pop_back();
  }
  join_of_[slot] = join;
  joins_[join].open = static_cast<std::uint32_t>(model.destinations.size());
  branches_.clear();
  for (std::size_t i = 0; i < model.destinations.size(); ++i) branches_.push_back(i == 0 ? slot : copy_case(slot));
  joins_[join].main = branches_.back();
  // Receiving one branch forks no other, so that `branches_` stands. Who of them starts first is for the dispatch to
  // say.
  const bool more_to_come = std::exchange(ticking_, true);
  for (std::size_t i = 0; i < branches_.size(); ++i)
    arrive_at(branches_[i], static_cast<std::uint32_t>(resolve(model.destinations[i], slot)), from);
  ticking_ = more_to_come;
  return true;
}

std::uint32_t Simulator::copy_case(std::uint32_t slot) {
  const std::uint32_t copy = take_slot();
  const std::uint32_t serial = cases_[copy].serial;
  cases_[copy] = cases_[slot];
  cases_[copy].serial = serial;
  cases_[copy].holds = kNone;
  join_of_[copy] = join_of_[slot];
  const std::size_t width = model_.attributes.size(), counters = model_.visit_counters;
  std::copy_n(&attributes_[slot * width], width, &attributes_[copy * width]);
  std::copy_n(&arrival_attributes_[slot * width], width, &arrival_attributes_[copy * width]);
  std::copy_n(visits_.begin() + slot * counters, counters, visits_.begin() + copy * counters);
  return copy;
}

void Simulator::finish_branch(std::uint32_t slot, bool withdrawn) {
  const std::uint32_t join = join_of_[slot], main = joins_[join].main;
  Case& c = cases_[slot];
  if (observer_)
    observe(c, now_, withdrawn, slot == main ? Visit::kUndecided : static_cast<std::int32_t>(cases_[main].step));
  if (slot == main) {
    if (withdrawn) c.word = draws_.at(c.id, steps_[c.step]->tag, c.visit, Purpose::service).word[2];
    c.phase = Phase::joining;
  } else {
    merge_branch(slot, main);
  }
  if (--joins_[join].open > 0) return;
  join_of_[main] = kNone;
  free_joins_.push_back(join);
  go_on(main);
}

/// What the branch has is the case's own again. With a slot that the branch kept, it may wait in another line.
void Simulator::merge_branch(std::uint32_t branch, std::uint32_t main) {
  Case &from = cases_[branch], &to = cases_[main];
  const bool changes_line = from.holds != kNone && to.phase == Phase::queue;
  if (changes_line) dequeue(main);
  to.waited = std::max(to.waited, from.waited);
  to.helped = to.helped || from.helped;
  std::uint32_t* last = &to.holds;
  while (*last != kNone) last = &holds_[*last].next;
  *last = from.holds;
  from.holds = join_of_[branch] = kNone;
  if (changes_line) enqueue(main);
  for (std::uint32_t i = 0; i < model_.visit_counters; ++i)
    visits_[main * model_.visit_counters + i] =
        std::max(visits_[main * model_.visit_counters + i], visits_[branch * model_.visit_counters + i]);
  if (!limits_.empty()) return_cards(branch, 0);
  if (steps_[from.step]->organisation != steps_[to.step]->organisation)
    recorder_.crossed(steps_[from.step]->organisation, kNone);
  free_slot(branch);
}

}  // namespace ketensim

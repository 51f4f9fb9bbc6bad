// Who comes into the chain, who leaves it, and who comes back.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

void Simulator::next_candidate(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  while (static_cast<std::size_t>(s.day) < model.per_day.size()) {
    const auto day = static_cast<std::size_t>(s.day);
    if (model.per_day[day] > 0.0) {
      if (s.number >= CaseId::kNumbers) throw std::runtime_error("more arrivals on one day than can be told apart");
      s.block = draws_.at(family_id(stream), 0, 0, Purpose::arrival);
      s.offset -= std::log(1.0 - s.block.unit()) / model.per_day[day];
      if (s.offset < 1.0) {
        if (model.keep.empty() || s.block.second() < model.keep[day]) {
          events_.push(Event::at(s.day + s.offset, EventKind::arrival, stream));
          return;
        }
        ++s.number;  // a candidate that an intervention takes away
        continue;
      }
    }
    s = {s.day + 1, 0, 0.0, {}};
  }
}

std::uint64_t Simulator::family_id(std::uint32_t stream) const {
  const StreamState& s = streams_[stream];
  return CaseId::family(static_cast<std::uint64_t>(model_.origin_day + s.day), model_.streams[stream].tag, s.number);
}

void Simulator::arrive(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  const std::uint64_t family = family_id(stream);
  std::uint32_t children = 1;
  if (model.children.size() > 1 || model.children.front().second != 1) {
    std::size_t size = 0;
    while (size + 1 < model.children.size() && s.block.third() >= model.children[size].first) ++size;
    children = model.children[size].second;
  }
  std::uint16_t drawn[8];
  Block block{};
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) drawn[a] = 0xffff;
  for (std::size_t i = 0; i < model.attributes.size(); ++i) {
    if (i % 4 == 0) block = draws_.at(family, static_cast<std::uint32_t>(i / 4), 0, Purpose::family);
    const std::vector<double>& cumulative = model.attributes[i].cumulative;
    const double u = Block::unit32(block.word[i % 4]);
    std::uint16_t value = 0;
    while (value + 1u < cumulative.size() && u >= cumulative[value]) ++value;
    drawn[model.attributes[i].attribute] = value;
  }
  for (std::uint32_t sibling = 0; sibling < children; ++sibling) {
    const std::uint32_t slot = take_slot();
    Case& c = cases_[slot];
    c.id = CaseId::child(family, sibling);
    c.first_received = now_;
    c.waited = 0.0;
    c.helped = false;
    for (std::size_t a = 0; a < model_.attributes.size(); ++a)
      attributes(slot)[a] = arrival_attributes_[slot * model_.attributes.size() + a] = drawn[a];
    recorder_.entered_chain(false);
    arrive_at(slot, static_cast<std::uint32_t>(redirect(resolve(model.destination, slot), slot)), kNone);
  }
  ++s.number;
  next_candidate(stream);
}

void Simulator::leave_chain(std::uint32_t slot) {
  Case& c = cases_[slot];
  const double lead = now_ - c.first_received;
  recorder_.left_chain(lead, lead - unseen_of(c), c.waited);
  if (return_share_ > 0.0 && CaseId::episode(c.id) + 1 < CaseId::kEpisodes) {
    const Block block = draws_.at(c.id, 0, 0, Purpose::returning);
    if (block.second() < return_share_) {
      const Sampler& after = model_.samplers[model_.return_after];
      c.phase = Phase::away;
      events_.push(Event::at(add(now_, {after(block), after.working_days()}), EventKind::returning, slot));
      return;
    }
  }
  free_slot(slot);
}

void Simulator::come_back(std::uint32_t slot) {
  Case& c = cases_[slot];
  ++c.id;  // the child's next episode
  c.first_received = now_;
  c.waited = 0.0;
  c.helped = false;
  std::copy_n(&arrival_attributes_[slot * model_.attributes.size()], model_.attributes.size(), attributes(slot));
  std::fill_n(visits_.begin() + slot * model_.visit_counters, model_.visit_counters, std::uint16_t{0});
  recorder_.entered_chain(true);
  arrive_at(slot, static_cast<std::uint32_t>(redirect(resolve(model_.return_to, slot), slot)), kNone);
}

std::uint32_t Simulator::take_slot() {
  if (!free_.empty()) {
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    std::fill_n(visits_.begin() + slot * model_.visit_counters, model_.visit_counters, std::uint16_t{0});
    return slot;
  }
  const auto slot = static_cast<std::uint32_t>(cases_.size());
  cases_.emplace_back();
  attributes_.resize(attributes_.size() + model_.attributes.size());
  arrival_attributes_.resize(attributes_.size());
  visits_.resize(visits_.size() + model_.visit_counters);
  if (!limits_.empty()) cards_.push_back(0);
  return slot;
}

void Simulator::free_slot(std::uint32_t slot) {
  cases_[slot].phase = Phase::free;
  free_.push_back(slot);
}

}  // namespace ketensim

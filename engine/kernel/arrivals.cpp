// Who comes into the chain, who leaves it, and who comes back.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

void Simulator::begin_day(std::uint32_t stream, std::int32_t day) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  s = {};
  s.day = day;
  if (static_cast<std::size_t>(day) < model.per_day.size())
    s.per_day = model.per_day[static_cast<std::size_t>(day)] * dispersion(model, day);
}

/// The factors of that day and of its month on the intensity.
double Simulator::dispersion(const StreamModel& model, std::int32_t day) const {
  using std::chrono::year_month_day;
  constexpr std::uint32_t kOfDay = 0, kOfMonth = 1;
  const auto factor = [&](std::uint32_t sampler, std::int64_t number, std::uint32_t span) {
    const std::uint64_t key = CaseId::family(static_cast<std::uint64_t>(number), model.factor_tag, 0);
    return model_.samplers[sampler](draws_.at(key, 0, span, Purpose::dispersion));
  };
  double product = 1.0;
  if (model.day_factor != kNone) product *= factor(model.day_factor, model_.origin_day + day, kOfDay);
  if (model.month_factor != kNone) {
    const year_month_day date{model_.origin + std::chrono::days{day}};
    const int month = static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
    product *= factor(model.month_factor, month, kOfMonth);
  }
  return product;
}

void Simulator::next_arrival(std::uint32_t stream) {
  if (model_.streams[stream].families)
    next_recorded(stream);
  else
    next_candidate(stream);
}

void Simulator::next_candidate(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  while (static_cast<std::size_t>(s.day) < model.per_day.size()) {
    const auto day = static_cast<std::size_t>(s.day);
    if (s.per_day > 0.0) {
      if (s.number >= CaseId::kNumbers) throw std::runtime_error("more arrivals on one day than can be told apart");
      if (s.number == s.known) draw_ahead(stream);
      s.block = s.ahead[s.number % StreamState::kAhead];
      s.offset += s.gaps[s.number % StreamState::kAhead];
      if (s.offset < 1.0) {
        if (model.keep.empty() || s.block.second() < model.keep[day]) {
          events_.push(Event::at(daily_ ? s.day : s.day + s.offset, EventKind::arrival, stream));
          return;
        }
        ++s.number;  // a candidate that an intervention takes away
        continue;
      }
    }
    begin_day(stream, s.day + 1);
  }
}

/// Draws the next candidates of the day; where few come on a day, only one, for the others might be in vain.
void Simulator::draw_ahead(std::uint32_t stream) {
  StreamState& s = streams_[stream];
  const std::uint64_t first = family_id(stream), next = CaseId::family(0, 0, 1);
  const std::uint32_t count =
      s.per_day < StreamState::kAhead ? 1 : StreamState::kAhead - s.number % StreamState::kAhead;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t at = (s.number + i) % StreamState::kAhead;
    s.ahead[at] = draws_.at(first + i * next, 0, 0, Purpose::arrival);
    s.gaps[at] = -natural_log(1.0 - s.ahead[at].unit()) / s.per_day;
  }
  s.known = s.number + count;
}

/// Each recorded family is thinned by its own draw, as candidates are. Of x copies there come floor(x), and one more
/// with the rest as its probability: a copy's draw is its own, so that more copies keep those that fewer would bring.
void Simulator::next_recorded(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  for (; s.family < model.families->size(); ++s.family, s.copy = 0) {
    const StreamModel::Family& family = (*model.families)[s.family];
    const double copies = model.copies.empty() ? 1.0 : model.copies[family.day];
    for (; s.copy < copies; ++s.copy) {
      s.day = static_cast<std::int32_t>(family.day);
      s.number = family.number + s.copy * family.of_that_day;
      if (s.number >= CaseId::kNumbers) throw std::runtime_error("more arrivals on one day than can be told apart");
      s.block = draws_.at(family_id(stream), 0, 0, Purpose::arrival);
      if (s.block.unit() >= copies - s.copy) continue;
      if (!model.keep.empty() && s.block.second() >= model.keep[family.day]) continue;
      events_.push(Event::at(daily_ ? s.day : family.moment, EventKind::arrival, stream));
      return;
    }
  }
}

std::uint64_t Simulator::family_id(std::uint32_t stream) const {
  const StreamState& s = streams_[stream];
  return CaseId::family(static_cast<std::uint64_t>(model_.origin_day + s.day), model_.streams[stream].tag, s.number);
}

std::uint32_t Simulator::children_of(std::uint32_t stream) const {
  const StreamModel& model = model_.streams[stream];
  const StreamState& s = streams_[stream];
  if (model.families) return (*model.families)[s.family].children;
  if (model.children.size() == 1 && model.children.front().second == 1) return 1;
  std::size_t size = 0;
  while (size + 1 < model.children.size() && s.block.third() >= model.children[size].first) ++size;
  return model.children[size].second;
}

void Simulator::draw_attributes(std::uint32_t stream, std::uint16_t* values) const {
  const StreamModel& model = model_.streams[stream];
  const std::uint64_t family = family_id(stream);
  const std::uint16_t* recorded =
      model.families ? model.values->data() + streams_[stream].family * model.attributes.size() : nullptr;
  for (std::size_t i = 0; i < model_.attributes.size(); ++i) values[i] = kNoValue;
  Block block{};
  for (std::size_t i = 0; i < model.attributes.size(); ++i) {
    const StreamModel::Attribute& attribute = model.attributes[i];
    if (i % 4 == 0) block = draws_.at(family, static_cast<std::uint32_t>(i / 4), 0, Purpose::family);
    std::uint16_t value = recorded ? recorded[i] : kNoValue;
    if (value == kNoValue) {
      const std::vector<double>& cumulative = attribute.cumulative_for(values);
      const double u = Block::unit32(block.word[i % 4]);
      value = static_cast<std::uint16_t>(std::upper_bound(cumulative.begin(), cumulative.end() - 1, u) -
                                         cumulative.begin());
    }
    values[attribute.attribute] = value;
  }
}

void Simulator::arrive(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  const std::uint64_t family = family_id(stream);
  const std::uint32_t children = children_of(stream);
  std::uint16_t drawn[8];
  draw_attributes(stream, drawn);
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
  StreamState& s = streams_[stream];
  ++(model.families ? s.copy : s.number);
  next_arrival(stream);
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
      const double moment = end_of_hand_over(add(now_, {after(block), after.working_days()}));
      events_.push(Event::at(moment, EventKind::returning, slot));
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
  if (first_free_ != kNone) {
    const std::uint32_t slot = first_free_;
    first_free_ = cases_[slot].word;
    if (model_.visit_counters > 0)
      std::fill_n(visits_.begin() + slot * model_.visit_counters, model_.visit_counters, std::uint16_t{0});
    return slot;
  }
  const auto slot = static_cast<std::uint32_t>(cases_.size());
  cases_.emplace_back();
  attributes_.resize(attributes_.size() + model_.attributes.size());
  arrival_attributes_.resize(attributes_.size());
  visits_.resize(visits_.size() + model_.visit_counters);
  if (!limits_.empty()) cards_.push_back(0);
  if (!model_.togethers.empty()) join_of_.push_back(kNone);
  return slot;
}

void Simulator::free_slot(std::uint32_t slot) {
  cases_[slot].phase = Phase::free;
  cases_[slot].word = first_free_;
  first_free_ = slot;
}

}  // namespace ketensim

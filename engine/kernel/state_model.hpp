#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/policies/sampler.hpp"

namespace ketensim {

/// A case with which the simulation begins. Moments are days since the origin, so most are negative.
struct OpenCaseModel {
  enum class Where : std::uint8_t {
    queue,
    service,
    transfer,  // has ended at `step`, on its way to `destination`
    ended,     // has ended at `step`, and nobody knows where it went
    out,       // has left the chain
  };
  Where where = Where::queue;
  bool draws_attributes = false;  // some are not known
  std::uint32_t step = 0;
  std::uint32_t destination = 0;
  std::uint64_t id = 0;
  double first_received = 0.0, received = 0.0, started = 0.0, ended = 0.0;
};

/// What is left of a duration, for a case that has spent part of it.
struct TailModel {
  std::uint32_t sampler = 0;
  Sampler::Tail tail;
};

/// A step that keeps the slot it claims, as the destination that stands for all its members, and to which steps a case
/// can have come since then with that slot.
struct KeptSlotModel {
  std::uint32_t destination = 0;
  std::vector<std::vector<std::uint8_t>> reaches;  // [step that claims][step]; empty where a step claims none
};

/// What does not hang together in a state and was settled in a way of its own, for those who should know.
struct StateRepairs {
  std::size_t attributes_drawn = 0;  // cases of which one is not known that others at their step tell
  std::size_t members_followed = 0;  // cases that stand at another member than their attribute says
  std::size_t at_more_steps = 0;     // rows of cases that stand at several steps
  std::size_t returned_already = 0;  // rows of children who left, and are in the state after that
  std::vector<std::pair<std::string, std::uint32_t>> crowded;  // pools, and how many are in service above the slots
};

/// What does not depend on the figures of the chain: drawn chains share it.
struct OpenCases {
  std::vector<OpenCaseModel> cases;            // in the order in which they were received
  std::vector<std::uint16_t> values;           // [case][attribute]
  std::vector<std::uint8_t> drawn_at_arrival;  // per attribute: a child that returns comes back with it
  std::vector<KeptSlotModel> kept;
  std::vector<std::uint32_t> streams;     // by which unknown attributes are drawn,
  std::vector<double> stream_cumulative;  // and with which cumulative share
  std::vector<double> unseen;             // per case by its number: days in the chain of which its waits are not known
  StateRepairs repairs;
};

struct StateModel {
  std::shared_ptr<const OpenCases> open;  // null: it begins empty
  std::vector<TailModel> tails;           // each once
  std::vector<std::uint32_t> tails_of;    // of the cases, one after the other,
  std::vector<std::uint32_t> first_tail;  // each from here on
  std::size_t beyond_service = 0, beyond_patience = 0, beyond_transfer = 0;  // cases that took longer than can be
};

}  // namespace ketensim

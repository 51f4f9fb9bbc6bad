#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/kernel/model.hpp"
#include "engine/statistics/flows.hpp"
#include "engine/statistics/indicators.hpp"
#include "engine/statistics/quantiles.hpp"

namespace ketensim {

/// Turns the facts of one replication into figures, and changes nothing. Told of every fact in order of time; a cell
/// (the smallest period measured) is closed by close_cell(). Before the first cell everything counts as warm-up.
class Recorder {
 public:
  Recorder(const Model& model, const Layout& layout);

  void begin();
  /// A case is in the chain as the replication begins; where at a step.
  void found_in_chain() { ++chain_.open; }
  void found_waiting(std::uint32_t step) { ++steps_[step].queue; }
  void found_in_service(std::uint32_t step) { ++steps_[step].wip; }
  /// Something is soon told of the step.
  void expect(std::uint32_t step) const {
    const char* const tally = reinterpret_cast<const char*>(&steps_[step]);
    for (std::size_t byte = 0; byte < sizeof(StepTally); byte += 64) __builtin_prefetch(tally + byte);
  }
  void received(std::uint32_t step, double now) {
    StepTally& s = steps_[step];
    ++s.sums.inflow;
    s.change_queue(now, +1);
  }
  void started(std::uint32_t step, double now, double wait, bool within_norm) {
    StepTally& s = steps_[step];
    s.change_queue(now, -1);
    s.change_wip(now, +1);
    ++s.sums.started;
    s.sums.wait += wait;
    s.sums.wait_norm_met += within_norm;
    s.waits.add(wait);
  }
  void ended(std::uint32_t step, double now, double lead, bool within_norm) {
    StepTally& s = steps_[step];
    s.change_wip(now, -1);
    ++s.sums.ended;
    s.sums.lead += lead;
    s.sums.norm_met += within_norm;
    s.leads.add(lead);
  }
  void withdrawn(std::uint32_t step, double now) {
    StepTally& s = steps_[step];
    s.change_queue(now, -1);
    ++s.sums.left;
  }
  /// `by` more (or fewer) cases have ended at the step and are not yet released by the limit before the next.
  void held(std::uint32_t step, double now, int by) { steps_[step].change_held(now, by); }
  void claimed(std::uint32_t pool, double now) { pools_[pool].change_busy(now, +1); }
  void freed(std::uint32_t pool, double now) { pools_[pool].change_busy(now, -1); }
  void slots(std::uint32_t pool, double now, std::uint32_t slots) {
    pools_[pool].settle_slots(now);
    pools_[pool].slots = slots;
  }
  /// From now on so much staff is at work in a pool.
  void staff(std::uint32_t pool, double now, double fte) {
    if (fte == pools_[pool].fte) return;
    pools_[pool].settle_staff(now);
    pools_[pool].fte = fte;
  }
  /// From one organisation to another; kNone: from or to outside the chain.
  void crossed(std::uint32_t from, std::uint32_t to) {
    if (from != kNone) ++borders_[from].out;
    if (to != kNone) ++borders_[to].in;
  }
  /// A case is received at a step, from another, from outside() or from outside_again(); or goes from one to outside().
  void went(std::uint32_t from, std::uint32_t to) { ways_.count(from, to); }
  std::uint32_t outside() const { return static_cast<std::uint32_t>(steps_.size()); }
  std::uint32_t outside_again() const { return outside() + 1; }
  void entered_chain(bool returned) {
    ++chain_.open;
    ++chain_.sums.inflow;
    chain_.sums.returns += returned;
  }
  /// `seen`: the part of its lead time of which it is known whether it waited.
  void left_chain(double lead, double seen, double waited) {
    --chain_.open;
    ++chain_.sums.outflow;
    chain_.sums.lead += lead;
    chain_.sums.seen += seen;
    chain_.sums.waited += waited;
    chain_.leads.add(lead);
  }
  void helped(double since_report) {
    ++chain_.sums.helped;
    chain_.sums.to_help += since_report;
    chain_.to_help.add(since_report);
  }
  /// Told of everyone who waits, as the cell is about to be closed.
  void waits_for(std::uint32_t step, double days) {
    std::size_t band = 0;
    while (band < kWaitBands.size() && days > kWaitBands[band]) ++band;
    ++steps_[step].sums.queue_end_for[band];
  }
  void close_cell(double now);

  /// Cases received and not yet gone from the step by this recorder's own counts, for the check of conservation.
  std::uint32_t queue(std::uint32_t step) const { return steps_[step].queue; }
  std::uint32_t wip(std::uint32_t step) const { return steps_[step].wip; }
  std::uint32_t held(std::uint32_t step) const { return steps_[step].held; }
  std::uint32_t busy(std::uint32_t pool) const { return pools_[pool].busy; }
  std::uint32_t open_cases() const { return chain_.open; }

  /// The replication's figures, [figure][period], after the last cell was closed.
  void write(double* values);
  /// The ways that someone went in it.
  std::vector<WayCount> ways() const { return ways_.counted(); }

 private:
  struct StepTally {
    std::uint32_t queue = 0, wip = 0, held = 0;
    double queue_since = 0.0, wip_since = 0.0, held_since = 0.0;
    StepSums sums;
    Quantiles waits, leads;

    void change_queue(double now, int by) {
      sums.queue_area += queue * (now - queue_since);
      queue_since = now;
      queue += static_cast<std::uint32_t>(by);
    }
    void change_wip(double now, int by) {
      sums.wip_area += wip * (now - wip_since);
      wip_since = now;
      wip += static_cast<std::uint32_t>(by);
    }
    void change_held(double now, int by) {
      sums.held_area += held * (now - held_since);
      held_since = now;
      held += static_cast<std::uint32_t>(by);
    }
  };
  struct PoolTally {
    std::uint32_t busy = 0, slots = 0;
    double busy_since = 0.0, slots_since = 0.0, fte_since = 0.0;
    double fte = 0.0;
    PoolSums sums;

    void change_busy(double now, int by) {
      sums.busy_area += busy * (now - busy_since);
      busy_since = now;
      busy += static_cast<std::uint32_t>(by);
    }
    void settle_slots(double now) {
      sums.slots_area += slots * (now - slots_since);
      slots_since = now;
    }
    void settle_staff(double now) {
      sums.fte_area += fte * (now - fte_since);
      fte_since = now;
    }
  };
  struct ChainTally {
    std::uint32_t open = 0;
    ChainSums sums;
    Quantiles leads, to_help;
  };
  /// Distributions gathered over a period of several cells.
  struct Gathered {
    std::vector<Quantiles> waits, leads;
    Quantiles chain_leads, to_help;
  };

  void settle(double now);
  void forget_sums();
  void gather(Gathered& into) const;
  void take_quantiles(std::size_t period, std::vector<Quantiles>& waits, std::vector<Quantiles>& leads,
                      Quantiles& chain_leads, Quantiles& to_help);
  PlaceSums sums_of(const Place& place, std::size_t place_index, std::size_t period) const;

  const Model& model_;
  const Layout& layout_;
  std::vector<StepTally> steps_;
  std::vector<PoolTally> pools_;
  std::vector<BorderSums> borders_;
  ChainTally chain_;
  WayCounter ways_;  // without the warm-up

  int cell_ = -1;                              // -1: warm-up
  std::vector<StepSums> step_history_;         // [cell][step]
  std::vector<PoolSums> pool_history_;         // [cell][pool]
  std::vector<BorderSums> border_history_;     // [cell][organisation]
  std::vector<ChainSums> chain_history_;       // [cell]
  std::vector<double> euros_;                  // [cell]
  std::vector<Gathered> gathered_;             // per level of periods
  std::vector<PlaceQuantiles> quantiles_;      // [place][period]
  Quantiles waits_of_place_, leads_of_place_;  // of several steps together
  std::vector<PlaceSums> sums_of_place_;       // [period]
};

}  // namespace ketensim

#include "engine/statistics/recorder.hpp"

#include <numeric>

namespace ketensim {

Recorder::Recorder(const Model& model, const Layout& layout) : model_(model), layout_(layout) {
  const std::size_t cells = layout.cells.size() - 1;
  steps_.resize(model.steps.size());
  pools_.resize(model.pools.size());
  borders_.resize(model.organisations.size());
  step_history_.resize(cells * steps_.size());
  pool_history_.resize(cells * pools_.size());
  border_history_.resize(cells * borders_.size());
  chain_history_.resize(cells);
  gathered_.resize(layout.levels);
  for (Gathered& g : gathered_) {
    g.waits.resize(steps_.size());
    g.leads.resize(steps_.size());
  }
  quantiles_.resize(layout.places.size() * layout.periods.size());
  const auto day = [&](Date date) { return model.euros.begin() + (date - model.origin).count(); };
  for (std::size_t cell = 0; cell < cells; ++cell)
    euros_.push_back(std::accumulate(day(layout.cells[cell]), day(layout.cells[cell + 1]), 0.0));
}

void Recorder::begin() {
  cell_ = -1;
  for (StepTally& s : steps_) {
    s.queue = s.wip = s.held = 0;
    s.queue_since = s.wip_since = s.held_since = 0.0;
  }
  for (std::size_t p = 0; p < pools_.size(); ++p) {
    pools_[p].busy = 0;
    pools_[p].slots = model_.pools[p].slots;
    const std::uint32_t staffing = model_.pools[p].staffing;
    pools_[p].fte = staffing == kNone ? 0.0 : model_.staffings[staffing].fte(1.0);
    pools_[p].busy_since = pools_[p].slots_since = pools_[p].fte_since = 0.0;
  }
  chain_.open = 0;
  for (Gathered& g : gathered_) {
    for (Quantiles& q : g.waits) q.clear();
    for (Quantiles& q : g.leads) q.clear();
    g.chain_leads.clear();
    g.to_help.clear();
  }
  forget_sums();
}

void Recorder::settle(double now) {
  for (StepTally& s : steps_) {
    s.change_queue(now, 0);
    s.change_wip(now, 0);
    s.change_held(now, 0);
    s.sums.queue_end = s.queue;
    s.sums.wip_end = s.wip;
    s.sums.held_end = s.held;
  }
  for (PoolTally& p : pools_) {
    p.change_busy(now, 0);
    p.settle_slots(now);
    p.settle_staff(now);
  }
  chain_.sums.open_end = chain_.open;
}

void Recorder::forget_sums() {
  for (StepTally& s : steps_) {
    s.sums = {};
    s.waits.clear();
    s.leads.clear();
  }
  for (PoolTally& p : pools_) p.sums = {};
  for (BorderSums& b : borders_) b = {};
  chain_.sums = {};
  chain_.leads.clear();
  chain_.to_help.clear();
}

void Recorder::close_cell(double now) {
  settle(now);
  if (cell_ >= 0) {
    const auto cell = static_cast<std::size_t>(cell_);
    for (std::size_t s = 0; s < steps_.size(); ++s) step_history_[cell * steps_.size() + s] = steps_[s].sums;
    for (std::size_t p = 0; p < pools_.size(); ++p) pool_history_[cell * pools_.size() + p] = pools_[p].sums;
    for (std::size_t o = 0; o < borders_.size(); ++o) border_history_[cell * borders_.size() + o] = borders_[o];
    chain_history_[cell] = chain_.sums;
    chain_history_[cell].euros = euros_[cell];
    for (std::size_t period = 0; period < layout_.periods.size(); ++period) {
      const Layout::Range range = layout_.ranges[period];
      if (cell < range.first || cell >= range.last) continue;
      Gathered& g = gathered_[layout_.level_of[period]];
      gather(g);
      if (cell + 1 < range.last) continue;
      take_quantiles(period, g.waits, g.leads, g.chain_leads, g.to_help);
      for (Quantiles& q : g.waits) q.clear();
      for (Quantiles& q : g.leads) q.clear();
      g.chain_leads.clear();
      g.to_help.clear();
    }
  }
  if (cell_ < 0) ways_.clear();
  forget_sums();
  ++cell_;
}

void Recorder::gather(Gathered& into) const {
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    into.waits[s].merge(steps_[s].waits);
    into.leads[s].merge(steps_[s].leads);
  }
  into.chain_leads.merge(chain_.leads);
  into.to_help.merge(chain_.to_help);
}

void Recorder::take_quantiles(std::size_t period, std::vector<Quantiles>& waits, std::vector<Quantiles>& leads,
                              Quantiles& chain_leads, Quantiles& to_help) {
  for (std::size_t i = 0; i < layout_.places.size(); ++i) {
    const Place& place = layout_.places[i];
    PlaceQuantiles& out = quantiles_[i * layout_.periods.size() + period];
    if (place.kind == Place::Kind::chain) {
      out.lead_p90 = chain_leads.quantile(0.9);
      out.to_help_p90 = to_help.quantile(0.9);
    } else if (place.kind == Place::Kind::step && place.steps.size() == 1) {
      const std::uint32_t step = place.steps.front();
      out = {waits[step].quantile(0.5), waits[step].quantile(0.9), leads[step].quantile(0.9), 0.0};
    } else if (place.kind == Place::Kind::step) {
      Quantiles &all_waits = waits_of_place_, &all_leads = leads_of_place_;
      all_waits.clear();
      all_leads.clear();
      for (const std::uint32_t step : place.steps) {
        all_waits.merge(waits[step]);
        all_leads.merge(leads[step]);
      }
      out = {all_waits.quantile(0.5), all_waits.quantile(0.9), all_leads.quantile(0.9), 0.0};
    }
  }
}

PlaceSums Recorder::sums_of(const Place& place, std::size_t place_index, std::size_t period) const {
  PlaceSums sums;
  const auto [first, last] = layout_.ranges[period];
  sums.days = static_cast<double>((layout_.cells[last] - layout_.cells[first]).count());
  for (std::size_t cell = first; cell < last; ++cell) {
    sums.steps.queue_end = sums.steps.wip_end = sums.steps.held_end = 0.0;  // what stands at the end is the last cell's
    sums.steps.queue_end_for = {};
    for (const std::uint32_t step : place.steps) sums.steps.add(step_history_[cell * steps_.size() + step]);
    for (const std::uint32_t pool : place.pools) {
      sums.pool.busy_area += pool_history_[cell * pools_.size() + pool].busy_area;
      sums.pool.slots_area += pool_history_[cell * pools_.size() + pool].slots_area;
      sums.pool.fte_area += pool_history_[cell * pools_.size() + pool].fte_area;
    }
    for (const std::uint32_t organisation : place.organisations) {
      sums.in += border_history_[cell * borders_.size() + organisation].in;
      sums.out += border_history_[cell * borders_.size() + organisation].out;
    }
    if (place.kind == Place::Kind::chain) sums.chain.add(chain_history_[cell]);
  }
  if (place.kind == Place::Kind::step) {
    sums.in = sums.steps.inflow;
    sums.out = sums.steps.ended + sums.steps.left;
  } else if (place.kind == Place::Kind::chain) {
    sums.in = sums.chain.inflow;
    sums.out = sums.chain.outflow;
  }
  sums.quantiles = quantiles_[place_index * layout_.periods.size() + period];
  return sums;
}

void Recorder::write(double* values) {
  const std::size_t periods = layout_.periods.size();
  std::vector<PlaceSums>& sums = sums_of_place_;
  sums.resize(periods);
  std::size_t place = std::numeric_limits<std::size_t>::max();
  for (std::size_t f = 0; f < layout_.figures.size(); ++f) {
    if (layout_.place_of[f] != place) {
      place = layout_.place_of[f];
      for (std::size_t p = 0; p < periods; ++p) sums[p] = sums_of(layout_.places[place], place, p);
    }
    for (std::size_t p = 0; p < periods; ++p)
      values[f * periods + p] = indicator_value(layout_.figures[f].indicator, sums[p]);
  }
}

}  // namespace ketensim

// The cases with which a simulation begins.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/compilation.hpp"
#include "engine/kernel/open_cases.hpp"

namespace ketensim {
namespace {

double known(double moment, double otherwise) { return std::isnan(moment) ? otherwise : moment; }

/// When the case came to the chain, as far as its row tells.
double came(const OpenCase& row) { return known(row.first_received, known(row.received, row.ended)); }

/// Whether a case may be led to the step.
bool leads_to(const Destination& d, std::int32_t step) {
  return d.attribute == kNone ? d.step == step
                              : std::find(d.by_value.begin(), d.by_value.end(), step) != d.by_value.end();
}

/// Whether an organisation has a member for each value of the attribute.
bool splits(const Chain& chain, const std::string& attribute) {
  return std::any_of(chain.organisations.begin(), chain.organisations.end(),
                     [&](const Organisation& organisation) { return organisation.per == attribute; });
}

/// Whether every case that draws the attribute gets the same value.
bool has_one_value(const Chain& chain, const std::string& attribute) {
  std::set<std::string> values;
  const auto add = [&](const Stream::Shares& shares) {
    for (const auto& [value, share] : shares)
      if (share > 0.0) values.insert(value);
  };
  for (const Stream& stream : chain.streams)
    for (const Stream::Attribute& drawn : stream.attributes) {
      if (drawn.name != attribute) continue;
      add(drawn.shares);
      for (const auto& [value, shares] : drawn.by_value) add(shares);
    }
  return values.size() < 2;
}

}  // namespace

namespace {

/// Until what ended on days off would be over.
double elapsed_since(const Model& model, double moment, bool working_days) {
  int day = 0;
  while (!model.calendar.is_working(day - 1)) --day;
  return model.calendar.elapsed(moment, day, working_days);
}

}  // namespace

double least_service(const Model& model, double started, bool working_days) {
  const double noon = model.resolution == Resolution::day ? kNoon : 0.0;
  return std::max(elapsed_since(model, started, working_days) - noon, 0.0);
}

double least_patience(const Model& model, double received, bool working_days) {
  return std::max(model.calendar.elapsed(received, 0.0, working_days), 0.0);
}

double least_hand_over(const Model& model, double ended, bool working_days) {
  // What ends on days off is received when they are over, as a service is over then.
  if (model.handed_over_on_working_days) return std::max(elapsed_since(model, ended, working_days), 0.0);
  return std::max(model.calendar.elapsed(ended, 0.0, working_days), 0.0);
}

double worsened_by(const Model& model, const StepModel& step, double received, double started) {
  double factor = 1.0;
  for (const WorseningModel& w : step.worsening)
    if (model.calendar.add(received, w.after) <= started) factor *= w.duration_factor;
  return factor;
}

int Compilation::days_looked_back() const {
  if (!scenario_.state) return 0;
  const auto origin = static_cast<double>(model_.origin.time_since_epoch().count());
  double earliest = origin;
  for (const OpenCase& row : scenario_.state->cases)
    for (const double moment : {row.first_received, row.received, row.started, row.ended})
      if (moment < earliest) earliest = moment;
  return static_cast<int>(std::ceil(origin - earliest)) + 1;
}

void Compilation::add_state(const Model* alike) {
  if (!scenario_.state) return;
  model_.state.open = alike ? alike->state.open : open_cases();
  for (const OpenCaseModel& open : model_.state.open->cases) {
    model_.state.first_tail.push_back(static_cast<std::uint32_t>(model_.state.tails_of.size()));
    add_tails(open);
  }
  model_.state.first_tail.push_back(static_cast<std::uint32_t>(model_.state.tails_of.size()));
}

std::shared_ptr<const OpenCases> Compilation::open_cases() {
  OpenCases open;
  open.drawn_at_arrival.resize(model_.attributes.size());
  for (const StreamModel& stream : model_.streams)
    for (const StreamModel::Attribute& drawn : stream.attributes) open.drawn_at_arrival[drawn.attribute] = 1;
  add_kept_slots(open);
  add_shares_of_streams(open);
  const std::vector<std::size_t> rows = rows_in_order(open.repairs);
  open.unseen.resize(rows.size());
  for (std::size_t number = 0; number < rows.size(); ++number)
    add_open_case(scenario_.state->cases[rows[number]], number, open);
  count_crowded(open);
  count_attributes_drawn(open);
  std::vector<std::size_t> order(open.cases.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return open.cases[a].received < open.cases[b].received; });
  auto sorted = std::make_shared<OpenCases>(open);
  for (std::size_t i = 0; i < order.size(); ++i) {
    sorted->cases[i] = open.cases[order[i]];
    std::copy_n(&open.values[order[i] * model_.attributes.size()], model_.attributes.size(),
                &sorted->values[i * model_.attributes.size()]);
  }
  return sorted;
}

/// The rows that count. Their rank, which numbers the draws of each, does not depend on the order of the file.
std::vector<std::size_t> Compilation::rows_in_order(StateRepairs& repairs) const {
  const std::vector<OpenCase>& rows = scenario_.state->cases;
  std::map<std::string, double> last_came;     // by child
  std::map<std::string, std::size_t> rows_of;  // by case, of those who are in the chain
  for (const OpenCase& row : rows) {
    const auto [at, is_new] = last_came.emplace(row.child, came(row));
    at->second = std::max(at->second, came(row));
    if (row.next != "out") ++rows_of[row.case_id];
  }
  for (const auto& [id, count] : rows_of)
    if (count > 1) repairs.at_more_steps += count;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool may_be_out = rows[i].next == "out" || (rows[i].next.empty() && !std::isnan(rows[i].ended));
    const bool is_back = may_be_out && !rows[i].child.empty() && last_came[rows[i].child] > rows[i].ended;
    repairs.returned_already += is_back;
    if (!is_back) order.push_back(i);
  }
  const auto key = [&](std::size_t i) {
    const OpenCase& row = rows[i];
    return std::tuple<const std::string&, const std::string&, double, double, const std::string&>(
        row.child, row.case_id, came(row), known(row.received, 0.0), row.step);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

void Compilation::add_open_case(const OpenCase& row, std::uint64_t number, OpenCases& state) {
  using Where = OpenCaseModel::Where;
  const auto origin = static_cast<double>(model_.origin.time_since_epoch().count());
  OpenCaseModel open;
  open.id = CaseId::family(static_cast<std::uint64_t>(model_.origin_day - 1), CaseId::kOfState, number);
  open.step = steps_named(row.step).front();
  open.ended = row.ended - origin;
  open.received = known(row.received, row.ended) - origin;
  open.first_received = known(row.first_received, known(row.received, row.ended)) - origin;
  open.started = row.started - origin;
  state.unseen[number] = open.received - open.first_received;
  if (row.next == "out")
    open.where = Where::out;
  else if (!std::isnan(row.ended))
    open.where = row.next.empty() ? Where::ended : Where::transfer;
  else if (!std::isnan(row.started))
    open.where = Where::service;
  if (open.where == Where::transfer) open.destination = destination(row.next);

  const std::size_t first = state.values.size();
  state.values.resize(first + model_.attributes.size(), kUnknownValue);
  for (const auto& [name, text] : row.attributes)
    if (!text.empty()) state.values[first + attribute(name)] = value(attribute(name), text);
  follow_member(open.step, &state.values[first], state.repairs);
  for (std::size_t a = 0; a < model_.attributes.size(); ++a)
    if (state.values[first + a] == kUnknownValue && state.drawn_at_arrival[a]) open.draws_attributes = true;
  state.cases.push_back(open);
}

/// A case that stands at a member of a `per:` organisation is that member's.
void Compilation::follow_member(std::uint32_t step, std::uint16_t* values, StateRepairs& repairs) {
  const OrganisationModel& organisation = model_.organisations[model_.steps[step].organisation];
  if (organisation.group == kNone) return;
  const Organisation& group = organisation_of(scenario_.chain, model_.groups[organisation.group] + ".");
  const std::uint32_t a = attribute(group.per);
  const std::uint16_t member = value(a, organisation.id);
  repairs.members_followed += values[a] != kUnknownValue && values[a] != member;
  values[a] = member;
}

/// Every `after` of a transfer from its step that the case may be on.
std::vector<std::uint32_t> Compilation::transfers_to(const OpenCaseModel& open) const {
  std::vector<std::uint32_t> samplers;
  const Destination& to = model_.destinations[open.destination];
  for (const BranchModel& branch : model_.routings[model_.steps[open.step].routing])
    for (const RouteModel& route : branch.routes)
      if (route.after != kNone &&
          (open.where == OpenCaseModel::Where::ended || leads_to(model_.destinations[route.destination], to.step)))
        samplers.push_back(route.after);
  return samplers;
}

/// A tail of the case at hand. Many have the same: dates are whole days.
bool Compilation::add_tail(std::uint32_t sampler, double from) {
  StateModel& state = model_.state;
  const auto [at, is_new] =
      tails_.try_emplace({sampler, from}, static_cast<std::uint32_t>(state.tails.size()));
  if (is_new) state.tails.push_back({sampler, model_.samplers[sampler].tail(from)});
  state.tails_of.push_back(at->second);
  return state.tails[at->second].tail.beyond;
}

void Compilation::add_tails(const OpenCaseModel& open) {
  using Where = OpenCaseModel::Where;
  StateModel& state = model_.state;
  const StepModel& step = model_.steps[open.step];
  const auto on_the_way = [&](std::uint32_t sampler) {
    return add_tail(sampler, least_hand_over(model_, open.ended, model_.samplers[sampler].working_days()));
  };
  if (open.where == Where::queue && step.patience != kNone) {
    const double waited = least_patience(model_, open.received, model_.samplers[step.patience].working_days());
    state.beyond_patience += add_tail(step.patience, waited / step.patience_factor);
  }
  if (open.where == Where::service) {
    const double factor = step.duration_factor * worsened_by(model_, step, open.received, open.started);
    const auto add = [&](std::uint32_t duration) {
      const double served = least_service(model_, open.started, model_.samplers[duration].working_days());
      return add_tail(duration, served / factor);
    };
    bool beyond = add(step.duration);
    for (const DurationModel& of_class : step.duration_of_class) beyond &= add(of_class.sampler);
    state.beyond_service += beyond;
  }
  if (open.where == Where::transfer || open.where == Where::ended) {
    bool beyond = false;
    for (const std::uint32_t sampler : transfers_to(open)) beyond |= on_the_way(sampler);
    state.beyond_transfer += beyond && open.where == Where::transfer;
  }
  if ((open.where == Where::out || open.where == Where::ended) && model_.has_returns()) on_the_way(model_.return_after);
}

/// Forwards from every step that keeps its slot, as far as the slot is kept.
void Compilation::add_kept_slots(OpenCases& open_cases) {
  for (const Step& source : scenario_.chain.steps) {
    if (source.hold_until.empty()) continue;
    KeptSlotModel kept{destination(source.id), std::vector<std::vector<std::uint8_t>>(model_.steps.size())};
    for (const std::uint32_t claimer : steps_named(source.id)) {
      if (model_.steps[claimer].hold == kNone) continue;
      const HoldModel& hold = model_.holds[model_.steps[claimer].hold];
      std::vector<std::uint8_t>& reaches = kept.reaches[claimer];
      reaches.resize(model_.steps.size());
      std::vector<std::uint32_t> open{claimer};
      while (!open.empty()) {
        const std::uint32_t step = open.back();
        open.pop_back();
        if (hold.frees[step]) continue;
        for (const std::uint32_t next : followers(step, 0.0)) {
          if (!hold.keeps[next] || reaches[next]) continue;
          reaches[next] = 1;
          open.push_back(next);
        }
      }
    }
    open_cases.kept.push_back(std::move(kept));
  }
}

void Compilation::add_shares_of_streams(OpenCases& open) const {
  std::vector<double> rates;
  for (const Stream& stream : scenario_.chain.streams) {
    const auto at = std::find(model_.stream_names.begin(), model_.stream_names.end(), stream.id);
    open.streams.push_back(static_cast<std::uint32_t>(at - model_.stream_names.begin()));
    rates.push_back(stream.per_day);
  }
  if (std::all_of(rates.begin(), rates.end(), [](double rate) { return rate == 0.0; }))
    std::fill(rates.begin(), rates.end(), 1.0);
  open.stream_cumulative = cumulative_of(rates);
}

/// Cases of which an attribute is drawn that could be known. One that only the members which it names can tell is not
/// known before, and where a single value has all of the shares there is nothing to draw.
void Compilation::count_attributes_drawn(OpenCases& state) const {
  const std::size_t attributes = model_.attributes.size();
  const auto is_unknown = [&](std::size_t i, std::size_t a) {
    return state.values[i * attributes + a] == kUnknownValue;
  };
  std::vector<std::uint8_t> matters(state.cases.size());
  for (std::uint32_t a = 0; a < attributes; ++a) {
    if (!state.drawn_at_arrival[a] || has_one_value(scenario_.chain, model_.attributes[a])) continue;
    const bool names_members = splits(scenario_.chain, model_.attributes[a]);
    std::vector<std::size_t> known(model_.steps.size()), all(model_.steps.size());
    for (std::size_t i = 0; i < state.cases.size(); ++i) {
      known[state.cases[i].step] += !is_unknown(i, a);
      ++all[state.cases[i].step];
    }
    for (std::size_t i = 0; i < state.cases.size(); ++i) {
      const std::uint32_t step = state.cases[i].step;
      const bool is_told_here = !names_members || 2 * known[step] > all[step];
      matters[i] |= is_unknown(i, a) && is_told_here;
    }
  }
  state.repairs.attributes_drawn = static_cast<std::size_t>(std::count(matters.begin(), matters.end(), 1));
}

void Compilation::count_crowded(OpenCases& state) const {
  using Where = OpenCaseModel::Where;
  std::vector<std::uint32_t> busy(model_.pools.size());
  for (std::size_t i = 0; i < state.cases.size(); ++i) {
    const OpenCaseModel& open = state.cases[i];
    if (open.where == Where::ended || open.where == Where::out) continue;
    const bool moves = open.where == Where::transfer;
    const std::int32_t to = moves ? model_.destinations[open.destination].step : static_cast<std::int32_t>(open.step);
    std::set<std::uint32_t> taken;
    each_kept_slot(model_, state, &state.values[i * model_.attributes.size()], static_cast<std::uint32_t>(to),
                   moves ? open.step : kNone, [&](std::uint32_t step) { taken.insert(model_.steps[step].pool); });
    if (open.where == Where::service) {
      taken.insert(model_.steps[open.step].pool);
      taken.insert(model_.steps[open.step].more_pools.begin(), model_.steps[open.step].more_pools.end());
    }
    for (const std::uint32_t pool : taken) ++busy[pool];
  }
  for (std::size_t p = 0; p < busy.size(); ++p)
    if (model_.pools[p].limited && busy[p] > model_.pools[p].slots)
      state.repairs.crowded.emplace_back(model_.pools[p].id, busy[p] - model_.pools[p].slots);
}

}  // namespace ketensim

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include "engine/experiment/allocation_space.hpp"
#include "engine/kernel/chain_names.hpp"
#include "ketensim/allocate.hpp"

namespace ketensim {
namespace {

constexpr int kMostUnits = 100, kFewestReplications = 10;

bool has_norm(const Chain& chain) {
  return std::any_of(chain.steps.begin(), chain.steps.end(),
                     [](const Step& step) { return step.norm.wait || step.norm.service || step.norm.lead_time; });
}

bool has_help(const Chain& chain) {
  return std::any_of(chain.steps.begin(), chain.steps.end(), [](const Step& step) { return step.help; });
}

class Check {
 public:
  Check(const Scenario& scenario, const AllocationOptions& options) : scenario_(scenario), options_(options) {}

  std::vector<std::string> problems() {
    check_amounts();
    check_objective();
    check_dates();
    const bool limits = check_limits();
    const std::vector<std::string> pools = allocation_pools(scenario_, options_.unit);
    if (pools.empty())
      add(options_.unit == CapacityUnit::fte
              ? "no pool that a step works with is counted in fte: allocate slots instead"
              : "no step works with a pool");
    else if (limits && options_.amount >= 1 && options_.amount <= kMostUnits)
      check_room(pools);
    return std::move(problems_);
  }

 private:
  void add(std::string problem) { problems_.push_back(std::move(problem)); }

  const char* units() const { return options_.unit == CapacityUnit::fte ? "fte" : "slots"; }

  void check_amounts() {
    if (options_.amount < 1 || options_.amount > kMostUnits)
      add(fmt::format("give from 1 to {} whole {}, not {}", kMostUnits, units(), options_.amount));
    if (!(options_.confidence > 0.5 && options_.confidence < 1.0))
      add(fmt::format("the confidence must lie between 50% and 100%, not at {:.6g}%", 100.0 * options_.confidence));
    if (options_.indifference && !(*options_.indifference > 0.0 && std::isfinite(*options_.indifference)))
      add("the indifference must be above 0: of two allocations that are nearly as good neither can be told to be "
          "best");
    if (scenario_.replications < kFewestReplications)
      add(fmt::format("{} replications are too few to choose by: give at least {}", scenario_.replications,
                      kFewestReplications));
    for (const Intervention& intervention : scenario_.interventions)
      for (const auto& [key, value] : intervention.settings.values)
        if (std::holds_alternative<std::vector<Change>>(value))
          add(fmt::format("{}: a range of changes gives several scenarios: leave one change", intervention.kind));
  }

  void check_objective() {
    std::vector<std::string> known;
    for (const Objective& objective : objectives()) known.emplace_back(objective.name);
    const std::string& name = options_.objective;
    if (!find_objective(name)) {
      const std::string nearest = nearest_name(name, known);
      add(fmt::format("unknown objective `{}`: {}", name,
                      nearest.empty() ? fmt::format("choose from {}", fmt::join(known, ", "))
                                      : fmt::format("did you mean {}?", nearest)));
    } else if (name.starts_with("time_to_help") && !has_help(scenario_.chain)) {
      add(fmt::format("no step is marked `help`, so there is no {}", name));
    } else if (name == "norm_met" && !has_norm(scenario_.chain)) {
      add("no step has a norm to be met");
    }
  }

  void check_dates() {
    const Period& period = scenario_.period;
    const Date from = options_.from.value_or(period.start), until = options_.until.value_or(period.end);
    if (from < period.start || from >= period.end)
      add("the first day of the capacity must lie within the period");
    else if (until > period.end)
      add("the capacity must end within the period");
    else if (until <= from)
      add("the capacity must end after its first day");
  }

  bool check_limits() {
    const std::size_t before = problems_.size();
    const ChainNames names(scenario_.chain);
    std::vector<std::string> known = names.all_organisations();
    for (const Organisation& organisation : scenario_.chain.organisations)
      for (const auto& [member, name] : organisation.members) known.push_back(member);
    std::set<std::string> seen;
    for (const auto& [organisation, most] : options_.limits) {
      if (std::find(known.begin(), known.end(), organisation) == known.end()) {
        const std::string nearest = nearest_name(organisation, known);
        add(fmt::format("unknown organisation `{}` in a limit{}", organisation,
                        nearest.empty() ? "" : fmt::format(": did you mean {}?", nearest)));
      }
      if (!seen.insert(organisation).second) add(fmt::format("{} is given two limits", organisation));
      if (most < 0) add(fmt::format("the limit of {} must be 0 or more", organisation));
    }
    return problems_.size() == before;
  }

  void check_room(const std::vector<std::string>& pools) {
    const int room = AllocationSpace(scenario_, pools, options_.limits).room(options_.amount);
    if (room < options_.amount)
      add(fmt::format("the limits leave room for {} of the {} {}", room, options_.amount, units()));
  }

  const Scenario& scenario_;
  const AllocationOptions& options_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> allocation_pools(const Scenario& scenario, CapacityUnit unit) {
  const ChainNames names(scenario.chain);
  std::set<std::size_t> used;
  for (const Step& step : scenario.chain.steps) {
    if (const auto place = names.pool(step.pool)) used.insert(place->row);
    for (const std::string& more : step.more_pools)
      if (const auto place = names.pool(more)) used.insert(place->row);
  }
  std::vector<std::string> pools;
  for (std::size_t row = 0; row < scenario.chain.pools.size(); ++row) {
    const Pool& pool = scenario.chain.pools[row];
    if (!used.count(row) || (unit == CapacityUnit::fte && !(pool.fte && pool.cases_per_fte))) continue;
    const Organisation* owner = names.owner_of(pool.id);
    if (!owner || owner->per.empty()) {
      pools.push_back(pool.id);
      continue;
    }
    for (const auto& [member, name] : owner->members) pools.push_back(member + pool.id.substr(pool.id.find('.')));
  }
  return pools;
}

std::vector<std::string> allocation_problems(const Scenario& scenario, const AllocationOptions& options) {
  return Check(scenario, options).problems();
}

}  // namespace ketensim

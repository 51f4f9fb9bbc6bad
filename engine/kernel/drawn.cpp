#include "engine/kernel/drawn.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace ketensim {
namespace {

/// Everything in a chain that is no figure, in the order of the file.
class Names {
 public:
  explicit Names(const Chain& chain) {
    for (const Organisation& organisation : chain.organisations) add(organisation);
    for (const Stream& stream : chain.streams) add(stream);
    for (const Pool& pool : chain.pools) add(pool);
    for (const Step& step : chain.steps) add(step);
    if (chain.returns) {
      add("returns", chain.returns->to);
      add(chain.returns->after);
    }
  }

  const std::vector<std::string>& all() const { return names_; }

 private:
  void add(std::string_view what, std::string_view name) { names_.push_back(fmt::format("{} `{}`", what, name)); }

  void add(const Organisation& organisation) {
    add("organisation", organisation.id);
    if (!organisation.per.empty()) add("attribute", organisation.per);
    for (const auto& [member, name] : organisation.members) add("member", member);
  }

  void add(std::string_view attribute, const std::vector<std::pair<std::string, double>>& shares) {
    add("attribute", attribute);
    for (const auto& [value, share] : shares) add("value", value);
  }

  void add(const Stream& stream) {
    add("stream", stream.id);
    add("step", stream.to);
    for (const auto& [size, share] : stream.children) add("family size", std::to_string(size));
    for (const Stream::Attribute& attribute : stream.attributes) {
      add(attribute.name, attribute.shares);
      if (!attribute.given.empty()) add("attribute", attribute.given);
      for (const auto& [value, shares] : attribute.by_value) add(value, shares);
    }
  }

  void add(std::string_view what, const std::optional<Amount>& amount) {
    if (!amount) return;
    add("amount", what);
    for (const auto& [member, schedule] : amount->by_member) add("member", member);
  }

  void add(const Pool& pool) {
    add("pool", pool.id);
    add("slots", pool.slots);
    add("fte", pool.fte);
    add("cases_per_fte", pool.cases_per_fte);
  }

  void add(const Distribution& distribution) {
    add("distribution", distribution.kind);
    if (distribution.working_days) add("clock", "working days");
    for (const auto& [parameter, value] : distribution.parameters) add("parameter", parameter);
    for (const Distribution& part : distribution.parts) add(part);
  }

  void add(const std::vector<Condition>& when) {
    for (const Condition& condition : when) {
      add("attribute", condition.attribute);
      for (const std::string& value : condition.values) add("value", value);
    }
  }

  void add(const Branch& branch) {
    add("branch", choice_rules()[static_cast<std::size_t>(branch.by)].name);
    add(branch.when);
    for (const Target& target : branch.to) {
      add("route to", target.to);
      if (target.after) add(*target.after);
    }
  }

  void add(const Norm& norm) {
    if (norm.wait) add("norm", "wait");
    if (norm.service) add("norm", "service");
    if (norm.lead_time) add("norm", "lead_time");
  }

  void add(const Step& step) {
    add("step", step.id);
    if (!step.pool.empty()) add("pool", step.pool);
    for (const std::string& pool : step.more_pools) add("pool", pool);
    for (const std::string& key : step.order) add("order", key);
    add(step.duration);
    for (const DurationOfClass& duration : step.duration_of_class) {
      add(duration.when);
      add(duration.duration);
    }
    add(step.norm);
    if (step.patience) {
      add("step", step.patience->to);
      add(step.patience->after);
    }
    for (const Worsening& worsening : step.while_waiting)
      for (const auto& [attribute, value] : worsening.set) {
        add("attribute", attribute);
        add("value", value);
      }
    if (!step.hold_until.empty()) add("hold until step", step.hold_until);
    if (step.help) add("step", "help");
    for (const Outcome& outcome : step.set) {
      add(outcome.when);
      add(outcome.attribute, outcome.shares);
    }
    for (const Branch& branch : step.next) add(branch);
  }

  std::vector<std::string> names_;
};

}  // namespace

Scenario under_draw(const Scenario& scenario, std::size_t draw) {
  Scenario drawn;
  drawn.id = scenario.id;
  drawn.name = scenario.name;
  drawn.chain = *scenario.drawn[draw];
  drawn.staffing_uncertainty = scenario.staffing_uncertainty;
  drawn.state = scenario.state;
  drawn.period = scenario.period;
  drawn.interventions = scenario.interventions;
  drawn.replications = scenario.replications;
  drawn.seed = scenario.seed;
  return drawn;
}

std::string difference_in_names(const Chain& chain, const Chain& drawn) {
  const Names names(chain), others(drawn);
  const auto [name, other] =
      std::mismatch(names.all().begin(), names.all().end(), others.all().begin(), others.all().end());
  if (name == names.all().end() && other == others.all().end()) return "";
  return fmt::format("it has {}, where the chain has {}", other == others.all().end() ? "nothing more" : *other,
                     name == names.all().end() ? "nothing more" : *name);
}

}  // namespace ketensim

#include "tools/results/study.hpp"

#include <algorithm>
#include <utility>

namespace ketensim {
namespace {

void add_label(std::vector<OrganisationLabel>& labels, OrganisationLabel label) {
  const auto same = [&](const OrganisationLabel& known) { return known.id == label.id; };
  if (std::none_of(labels.begin(), labels.end(), same)) labels.push_back(std::move(label));
}

}  // namespace

OrganisationLabel Study::label(std::string_view organisation) const {
  for (const OrganisationLabel& known : organisations)
    if (known.id == organisation) return known;
  return {std::string(organisation), std::string(organisation), ""};
}

Study make_study(const std::vector<Scenario>& scenarios, std::vector<Results> results, bool compared) {
  Study study;
  study.compared = compared;
  study.commit = built_from();
  study.results = std::move(results);
  for (const Scenario& scenario : scenarios) {
    study.conditions.push_back({scenario.period.calendar, scenario.period.warm_up.days,
                                scenario.state ? Conditions::Start::state : Conditions::Start::without,
                                scenario.state ? scenario.state->snapshot : Date{},
                                static_cast<int>(scenario.drawn.size()), {}, scenario.warn});
    for (const Organisation& organisation : scenario.chain.organisations) {
      add_label(study.organisations, {organisation.id, organisation.name, ""});
      for (const auto& [id, name] : organisation.members) add_label(study.organisations, {id, name, organisation.id});
    }
  }
  return study;
}

}  // namespace ketensim

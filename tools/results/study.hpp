#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"
#include "ketensim/warm_up.hpp"

namespace ketensim {

/// Under which conditions a scenario ran, as far as its figures do not show it.
struct Conditions {
  CalendarKind calendar = CalendarKind::netherlands;
  double warm_up_days = 0.0;
  enum class Start { unknown, without, state };  // unknown: results of a version that did not tell
  Start start = Start::unknown;
  Date snapshot{};                       // of the state that it starts from
  int draws = 0;                         // of uncertain parameters; 0: none are drawn
  std::optional<WarmUpChoice> chosen{};  // where the warm-up was not given
  std::optional<Warn> warn{};
};

/// An organisation as people know it. `group` is the `per:` organisation that it is a member of, or empty.
struct OrganisationLabel {
  std::string id, name, group;
};

/// What one command simulated: all that a table, a report or a file of results is made from.
struct Study {
  std::string version = KETENSIM_VERSION, commit;  // of the program that simulated
  int shard = 0, shards = 1;                       // only this one, from 0, of so many parts of the replications
  bool compared = false;                           // the first scenario is the baseline of the others
  std::vector<Results> results;                    // in the order of the command line
  std::vector<Conditions> conditions;
  std::vector<OrganisationLabel> organisations;  // of all scenarios together
  std::string history;                           // history.csv of the calibrated chain that they start from
  std::string quality;                           // quality.csv beside it
  std::string gaps;                              // gaps.csv beside it
  std::string skill;                             // skill.csv of a backtest on the same deliveries

  /// The label of an organisation; its id where it has no other name.
  OrganisationLabel label(std::string_view organisation) const;
};

/// The commit that this program was built from, with `+` where files differed from it; empty where that is not known.
std::string_view built_from();

Study make_study(const std::vector<Scenario>& scenarios, std::vector<Results> results, bool compared);

}  // namespace ketensim

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/objective.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// What one intervention of several brings. Effects are paired differences in one objective.
struct InSequence {
  std::size_t intervention;  // from 0, among the alternative's own
  std::string kind;
  std::string alone_id, upto_id;  // of the scenarios with it alone, and with all up to it
  Summary alone;                  // from the baseline
  Summary upto;                   // of all up to it together, from the baseline
  Summary added;                  // to those before it
  Summary interaction;            // added - alone
};

/// One of those to do first, each time the one that adds most to those chosen.
struct DoneFirst {
  std::size_t intervention;
  std::string kind, upto_id;
  Summary upto, added;
  std::optional<std::size_t> runner_up;  // that would have added most but for this one
  Summary behind;                        // with the runner-up in its place - with it
  double probability = 1.0;              // that none of the others would have added more
};

struct Sequence {
  std::string alternative;
  const Objective* objective = nullptr;
  std::vector<InSequence> rows;                 // in the order of the file
  Summary together, sum_of_alone, interaction;  // interaction: together - sum of each alone
  std::vector<DoneFirst> first;                 // at most three
};

/// A sequence, and all that was simulated for it beside baseline and alternative. A scenario with some of the
/// interventions is called `stem-2-capacity` where it has one, and `stem-1+3` where it has more (numbers from 1).
struct SequenceStudy {
  Sequence sequence;
  std::vector<Scenario> scenarios;
  std::vector<Results> results;
};

using Simulate = std::function<std::vector<Results>(const std::vector<Scenario>&)>;

/// Tries the alternative's own interventions (those after its first `shared`, which are the baseline's) alone, in the
/// order given, and greedily. Needs at least two of them. `baseline` and `results` are what was simulated already.
SequenceStudy sequence(const Results& baseline, const Scenario& alternative, const Results& results, std::size_t shared,
                       const Objective& objective, const Simulate& simulate);

}  // namespace ketensim

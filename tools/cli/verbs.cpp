#include "tools/cli/verbs.hpp"

#include <array>

namespace ketensim::cli {

Verb check_verb();
Verb run_verb();
Verb compare_verb();
Verb calibrate_verb();
Verb replay_verb();
Verb backtest_verb();
Verb report_verb();
Verb merge_verb();
Verb format_verb();

std::span<const Verb> verbs() {
  static const std::array kVerbs{check_verb(),    run_verb(),    compare_verb(), calibrate_verb(), replay_verb(),
                                 backtest_verb(), report_verb(), merge_verb(),   format_verb()};
  return kVerbs;
}

}  // namespace ketensim::cli

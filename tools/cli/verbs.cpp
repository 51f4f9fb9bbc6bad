#include "tools/cli/verbs.hpp"

#include <array>

namespace ketensim::cli {

Verb new_verb();
Verb check_verb();
Verb run_verb();
Verb compare_verb();
Verb constraint_verb();
Verb allocate_verb();
Verb calibrate_verb();
Verb replay_verb();
Verb backtest_verb();
Verb quarter_verb();
Verb report_verb();
Verb merge_verb();
Verb format_verb();
Verb manual_verb();

std::span<const Verb> verbs() {
  static const std::array kVerbs{new_verb(),      check_verb(),     run_verb(),    compare_verb(),  constraint_verb(),
                                 allocate_verb(), calibrate_verb(), replay_verb(), backtest_verb(), quarter_verb(),
                                 report_verb(),   merge_verb(),     format_verb(), manual_verb()};
  return kVerbs;
}

}  // namespace ketensim::cli

#include <algorithm>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {

std::span<const Word> choice_rules() { return kChoiceRules; }

std::optional<ChoiceRule> choice_rule(std::string_view name) {
  const auto at =
      std::find_if(kChoiceRules.begin(), kChoiceRules.end(), [&](const Word& rule) { return rule.name == name; });
  if (at == kChoiceRules.end()) return std::nullopt;
  return static_cast<ChoiceRule>(at - kChoiceRules.begin());
}

}  // namespace ketensim

#include "tools/report/fit/rules.hpp"

#include <algorithm>

#include "ketensim/monitor.hpp"
#include "tools/report/fit/phrases.hpp"

namespace ketensim::report {
namespace {

const RulePhraseRow* in_dutch(std::size_t rule) {
  for (const RulePhraseRow& row : dutch_rules())
    if (row.rule == cleaning_rules()[rule].name) return &row;
  return nullptr;
}

}  // namespace

std::string rule_name(std::size_t rule, Language language) {
  if (const RulePhraseRow* dutch = in_dutch(rule); dutch && language == Language::nl) return std::string(dutch->name);
  std::string name(cleaning_rules()[rule].name);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string rule_finds(std::size_t rule, Language language) {
  const RulePhraseRow* dutch = in_dutch(rule);
  return std::string(dutch && language == Language::nl ? dutch->finds : cleaning_rules()[rule].finds);
}

std::string rule_bias(std::size_t rule, Language language) {
  const RulePhraseRow* dutch = in_dutch(rule);
  return std::string(dutch && language == Language::nl ? dutch->bias : cleaning_rules()[rule].bias);
}

}  // namespace ketensim::report

#pragma once

#include <string>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// What a row of cleaning_rules() is called, what it finds and what that may bias, in a language.
std::string rule_name(std::size_t rule, Language language);
std::string rule_finds(std::size_t rule, Language language);
std::string rule_bias(std::size_t rule, Language language);

}  // namespace ketensim::report

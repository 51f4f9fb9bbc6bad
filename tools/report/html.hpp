#pragma once

#include <string>

#include "tools/report/phrases.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// The report on a study as one page that needs nothing beside it, in Dutch and English: the language named is shown
/// first.
std::string html_report(const Study& study, Language first);

}  // namespace ketensim::report

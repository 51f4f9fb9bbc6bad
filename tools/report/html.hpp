#pragma once

#include <string>

#include "tools/report/phrases.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// The report as one page that needs nothing beside it: no scripts, no fonts, no network.
std::string html_report(const Study& study, Language language);

}  // namespace ketensim::report

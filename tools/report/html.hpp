#pragma once

#include <string>

#include "tools/report/phrases.hpp"
#include "tools/results/constraint_files.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// The report on a study as one page that needs nothing beside it, in Dutch and English: the language named is shown
/// first.
std::string html_report(const Study& study, Language first);
/// With the parts of a report on a constraint, where `constraint` wrote into the same folder.
std::string html_report(const Study& study, const ConstraintFiles& files, Language first);

/// The report on what `constraint` wrote, likewise.
std::string constraint_report(const ConstraintFiles& files, Language first);

}  // namespace ketensim::report

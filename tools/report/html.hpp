#pragma once

#include <string>
#include <string_view>

#include "tools/report/phrases.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// The report as one page that needs nothing beside it: no scripts, no fonts, no network.
std::string html_report(const Study& study, Language language);

/// Text for a page: what scenarios say is shown as it stands, never as markup.
std::string escaped(std::string_view text);

}  // namespace ketensim::report

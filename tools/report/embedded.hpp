#pragma once

#include <string_view>

namespace ketensim::report {

/// Files that embed.cmake makes part of the program.
std::string_view chart_library();  // vendor/echarts.min.js
std::string_view chart_script();   // page/charts.js
std::string_view flow_script();    // page/flow.js
std::string_view page_script();    // page/page.js
std::string_view page_style();     // page/style.css

}  // namespace ketensim::report

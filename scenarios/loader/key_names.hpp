#pragma once

#include <array>
#include <string_view>

namespace ketensim::loader {

/// As keys of the format, in the order of the figures that they stand for.
inline constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                          "jul", "aug", "sep", "oct", "nov", "dec"};
inline constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

}  // namespace ketensim::loader

#pragma once

#include <string_view>

namespace ketensim::cli {

/// Files that embed.cmake makes part of the program.
std::string_view new_scenario();  // new.yaml

}  // namespace ketensim::cli

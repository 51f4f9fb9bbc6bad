#pragma once

#include <string>
#include <vector>

namespace ketensim::monitor {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// Where the wanted columns stand in a header; kNoColumn where none is wanted. Throws BadFile that names all that are
/// missing, and says so where another separator explains it.
std::vector<std::size_t> find_columns(const std::vector<std::string>& header, const std::vector<std::string>& wanted,
                                      char separator);

}  // namespace ketensim::monitor

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ketensim::monitor {

/// The files of a folder that a name or pattern (`*`, `?`) stands for, as they are or with `.gz`, by name. Of a file
/// that is there both ways, the one that is not compressed.
std::vector<std::filesystem::path> files_named(const std::filesystem::path& folder, const std::string& pattern);

}  // namespace ketensim::monitor

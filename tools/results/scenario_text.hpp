#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim {

/// scenario_yaml() with `remarks`, lines of comment, at its head.
std::string scenario_on(const std::string& base, const std::string& name, const std::vector<std::string>& remarks,
                        const std::vector<Intervention>& interventions);

/// A file as a scenario in `folder` names it as its base.
std::string base_seen_from(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace ketensim

#include "tools/cli/levers.hpp"

#include <algorithm>
#include <system_error>

#include "ketensim/write.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

/// From the folder to the scenario, so that both can move together.
std::string base_of(const fs::path& folder, const fs::path& scenario) {
  std::error_code error;
  const fs::path relative = fs::relative(scenario, folder, error);
  return error || relative.empty() ? fs::absolute(scenario).string() : relative.string();
}

}  // namespace

LeverFiles::LeverFiles(const fs::path& out) : folder_(out / "levers") {}

std::string LeverFiles::add(const std::string& stem, const fs::path& scenario, const std::string& name,
                            std::span<const Intervention> interventions, const std::string& also) {
  std::string file = stem + ".yaml";
  std::replace(file.begin(), file.end(), '/', '-');
  folder_.add(file, scenario_yaml(base_of(folder_.path(), scenario), name, interventions) + also);
  return "levers/" + file;
}

}  // namespace ketensim::cli

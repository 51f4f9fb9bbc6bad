#include "tools/results/scenario_text.hpp"

#include "ketensim/write.hpp"

namespace ketensim {
namespace fs = std::filesystem;

std::string scenario_on(const std::string& base, const std::string& name, const std::vector<std::string>& remarks,
                        const std::vector<Intervention>& interventions) {
  std::string text;
  for (const std::string& remark : remarks) text += "# " + remark + "\n";
  return text + scenario_yaml(base, name, interventions);
}

std::string base_seen_from(const fs::path& folder, const fs::path& file) {
  return fs::relative(fs::absolute(file), fs::absolute(folder)).generic_string();
}

}  // namespace ketensim

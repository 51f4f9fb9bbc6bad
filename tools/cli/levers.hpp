#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "ketensim/intervention.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {

/// Scenario files, in the folder `levers` of the output, each of which adds interventions to a scenario that was given:
/// `compare SCENARIO levers/FILE` finds the figure beside which it is named.
class LeverFiles {
 public:
  explicit LeverFiles(const std::filesystem::path& out);

  /// Writes a file of that stem that stands on the scenario file; its path from the output folder. `also`: more of the
  /// file, as YAML.
  std::string add(const std::string& stem, const std::filesystem::path& scenario, const std::string& name,
                  std::span<const Intervention> interventions, const std::string& also = "");
  void commit() { folder_.commit(); }

 private:
  OutputFolder folder_;
};

}  // namespace ketensim::cli

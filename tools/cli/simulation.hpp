#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ketensim/load.hpp"
#include "tools/cli/options.hpp"
#include "tools/report/phrases.hpp"
#include "tools/results/output.hpp"
#include "tools/results/study.hpp"

namespace ketensim::cli {

/// What every simulating verb takes beside its files.
struct SimulationOptions {
  std::filesystem::path out, calibrated;  // empty: not given
  std::optional<int> replications;
  std::optional<std::uint64_t> seed;
  int threads = 0, cases = 0;
  report::Language language = report::Language::nl;
  bool quiet = false, all_members = false, layers = false;
};
po::options_description simulation_options();
SimulationOptions read_simulation_options(const Arguments& arguments);
report::Language language_of(const Arguments& arguments);

/// Loads scenarios, printing what is wrong or suspect with each. Throws InputError or IoError once all have been
/// looked at. A file named again stands once in the answer if `once`; two files with one stem are an error.
std::vector<Scenario> load_scenarios(const std::vector<std::string>& files, const std::filesystem::path& calibrated,
                                     bool quiet, bool once);
/// Scenarios with a range of changes as one scenario for each change.
std::vector<Scenario> split_ranges(const std::vector<Scenario>& scenarios);

/// One command's work from scenarios to output. The folder is made first, so that a long simulation cannot end in
/// vain.
class Simulation {
 public:
  explicit Simulation(SimulationOptions options);

  /// Runs the scenarios, prints the tables, and writes the files if a folder was given. Those that are compared have
  /// the same number of replications. `validated`: they were checked as they stand.
  void run(std::vector<Scenario> scenarios, bool compared, bool validated = false);

 private:
  std::vector<std::optional<WarmUpChoice>> choose_warm_ups(std::vector<Scenario>& scenarios, bool together) const;
  void run_layers(const std::vector<Scenario>& scenarios, const Study& study, bool validated);
  std::vector<Results> simulated(const std::vector<Scenario>& scenarios, bool together, bool validated);
  void write_files(const Study& study);

  SimulationOptions options_;
  std::string layers_csv_;
  std::unique_ptr<OutputFolder> folder_;
};

}  // namespace ketensim::cli

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/load.hpp"
#include "ketensim/simulate.hpp"
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
  int shard = 0, shards = 1;  // only this one, from 0, of so many parts of the replications
  report::Language language = report::Language::nl;
  bool quiet = false, all_members = false, layers = false;
  bool json = false;   // figures for programs in place of tables
  bool excel = false;  // CSV as a Dutch spreadsheet opens it
};
po::options_description simulation_options();
/// Those of them that a verb has which makes no report: --out, --replications, --seed, --threads, --calibrated,
/// --quiet.
po::options_description basic_simulation_options();
SimulationOptions read_simulation_options(const Arguments& arguments);
report::Language language_of(const Arguments& arguments);

/// Loads scenarios, printing what is wrong or suspect with each. Throws InputError or IoError once all have been
/// looked at. A file named again stands once in the answer if `once`; two files with one stem are an error.
std::vector<Scenario> load_scenarios(const std::vector<std::string>& files, const std::filesystem::path& calibrated,
                                     bool quiet, bool once);
/// Scenarios with a range of changes as one scenario for each change.
std::vector<Scenario> split_ranges(const std::vector<Scenario>& scenarios);

/// Chooses the warm-ups that are still to be chosen; those that are compared have one. Warns of those that find no
/// level.
std::vector<std::optional<WarmUpChoice>> choose_warm_ups(std::vector<Scenario>& scenarios, bool together, int threads);

/// One command's work from scenarios to output. The folder is made first, so that a long simulation cannot end in
/// vain.
class Simulation {
 public:
  explicit Simulation(SimulationOptions options);

  /// What a verb adds of its own: text after the tables, and files by name.
  struct Addition {
    std::string text;
    std::vector<std::pair<std::string, std::string>> files;
  };
  /// Runs the scenarios, prints the tables, and writes the files if a folder was given. Those that are compared have
  /// the same number of replications. `validated`: they were checked as they stand.
  void run(std::vector<Scenario> scenarios, bool compared, bool validated = false) const;

  /// The same in parts, of scenarios whose warm-ups are chosen. With replications added until the precision is reached
  /// that scenarios ask for.
  std::vector<Results> precise(const std::vector<Scenario>& scenarios, bool together, bool validated) const;
  /// With the replications that they say. Throws InputError where one that was made of others can't be simulated.
  std::vector<Results> simulated(const std::vector<Scenario>& scenarios) const;
  std::vector<Results> alike_in_all_but_capacity(const std::vector<Scenario>& scenarios) const;
  /// Results with what the report tells of their scenarios, what is known of the past beside their state included.
  Study study(const std::vector<Scenario>& scenarios, std::vector<Results> results, bool compared) const;
  /// Prints the tables of the first `shown` scenarios, and writes the files of all.
  void finish(const Study& study, std::size_t shown, const Addition& addition) const;

 private:
  std::vector<Results> simulated(const std::vector<Scenario>& scenarios, RunOptions run) const;
  void add_layers(const std::vector<Scenario>& scenarios, const Study& study, bool validated, Addition& addition) const;

  SimulationOptions options_;
  std::unique_ptr<OutputFolder> folder_;
};

/// The files of results, in place of those of an earlier command in the same folder.
void write_files(OutputFolder& folder, const Study& study, const SimulationOptions& options,
                 const Simulation::Addition& addition);

}  // namespace ketensim::cli

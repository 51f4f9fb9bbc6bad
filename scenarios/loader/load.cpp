#include "ketensim/load.hpp"

#include <algorithm>
#include <set>

#include "scenarios/loader/assemble.hpp"
#include "scenarios/loader/build.hpp"
#include "scenarios/loader/check.hpp"
#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/read_state.hpp"
#include "scenarios/loader/recorded.hpp"

namespace ketensim {
namespace loader {
namespace {

/// The places at which the shape is wrong already.
class Faults {
 public:
  explicit Faults(const std::vector<Path>& faulty) : faulty_(faulty.begin(), faulty.end()) {
    for (Path path : faulty)
      while (!path.empty()) {
        path.pop_back();
        above_.insert(path);
      }
  }

  /// Whether a problem may only follow from one of the faults: it lies at or below one, or speaks of a whole of which
  /// a part is faulty (unless it knows a better name: then it speaks of a name).
  bool explain(const Problem& problem) const {
    Path path;
    for (const std::string& key : problem.path) {
      path.push_back(key);
      if (faulty_.count(path)) return true;
    }
    return problem.suggestion.empty() && above_.count(problem.path) > 0;
  }

  bool any_section_lost() const {
    return std::any_of(faulty_.begin(), faulty_.end(), [](const Path& path) {
      static const std::set<std::string> kApart{"name",        "replications", "precision",  "seed",    "draws",
                                                "uncertainty", "warn",         "start_from", "snapshot"};
      return path.empty() || (path.size() == 1 && !kApart.count(path[0]));
    });
  }

 private:
  std::set<Path> faulty_, above_;
};

/// Adds what validate() finds. Where the shape is at fault, only what the faults do not explain.
void add_problems(Scenario scenario, const Assembly& assembly, const StateFile& state, std::vector<Path> faulty,
                  Diagnostics& diagnostics) {
  const Node& root = *assembly.root;
  constexpr std::size_t kMost = 1000;  // each needs its place, and nobody reads more
  const bool sound = !diagnostics.any_error();
  if (!sound) {  // a scenario that cannot run is checked for names and figures, not for the flow of cases
    scenario.replications = 0;
    faulty.push_back({"replications"});
  }
  const Faults faults(faulty);
  if (faults.any_section_lost()) return;
  std::size_t added = 0;
  for (const Problem& problem : validate(scenario)) {
    if (!sound && (problem.severity == Problem::Severity::warning || faults.explain(problem))) continue;
    const bool in_state = !problem.path.empty() && problem.path.front() == "state";
    const Place at = problem.draw > 0 ? assembly.draws->place_of(root, problem.path, problem.draw)
                     : in_state       ? state.locate(problem.path)
                                      : locate(root, problem.path, problem.message);
    diagnostics.add(problem.severity, at, problem.message, problem.suggestion);
    if (++added == kMost) return;
  }
}

}  // namespace
}  // namespace loader

Loaded load_scenario(const std::filesystem::path& file, const LoadOptions& options) {
  using namespace loader;
  Diagnostics diagnostics;
  Assembly assembly = assemble(file, options, diagnostics);
  Loaded loaded;
  loaded.unreadable = assembly.unreadable;
  if (assembly.root) {
    std::vector<Path> faulty = check_shape(*assembly.root, scenario_form(), !assembly.complete, diagnostics);
    if (assembly.complete) {
      loaded.scenario = build_scenario(*assembly.root);
      loaded.scenario.id = file.stem().string();
      read_recorded(*assembly.root, assembly, loaded.scenario.chain, faulty, diagnostics);
      loaded.unreadable = assembly.unreadable;
      if (loaded.scenario.name.empty()) loaded.scenario.name = loaded.scenario.id;
      StateFile state = read_state(loaded.scenario.chain, options, assembly, diagnostics);
      loaded.scenario.text = assembly.text();
      loaded.unreadable |= state.unreadable;
      faulty.insert(faulty.end(), state.faulty.begin(), state.faulty.end());
      if (state.state) loaded.scenario.state = std::make_shared<const ChainState>(std::move(*state.state));
      if (assembly.draws && !diagnostics.any_error())
        loaded.scenario.drawn = assembly.draws->chains(*assembly.root, loaded.scenario.chain, diagnostics);
      add_problems(loaded.scenario, assembly, state, std::move(faulty), diagnostics);
    }
  }
  loaded.diagnostics = diagnostics.sorted(assembly.sources);
  return loaded;
}

}  // namespace ketensim

#include "tools/cli/quarter/stages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "calibration/monitor/files.hpp"
#include "ketensim/load.hpp"
#include "ketensim/monitor.hpp"
#include "tools/cli/deliveries.hpp"
#include "tools/report/study/sources.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/study.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* kBaseline = "baseline.yaml";
constexpr const char* kResults = "results.nc";
constexpr const char* kForecasts = "forecast";  // the scenarios of a quarter, beside the import file

/// The import file, and the deliveries that it names. Where it is faulty, calibrate says so.
std::vector<Ground> deliveries(const std::string& import, const fs::path& data) {
  const ImportPlan plan = load_import(import).plan;
  std::vector<Ground> grounds{ground_of(import)};
  const auto add = [&](const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns)
      for (const fs::path& file : monitor::files_named(data, pattern)) grounds.push_back(ground_of(file));
  };
  for (const DeliveryPlan& delivery : plan.deliveries) add(delivery.files);
  for (const CapacityPlan& capacity : plan.capacity) add(capacity.files);
  return grounds;
}

/// Every file that scenarios stand on, and what the report tells beside them. Where one is faulty, the stage says so.
std::vector<Ground> scenario_grounds(const std::vector<std::string>& files, const fs::path& calibrated,
                                     const fs::path& backtested) {
  std::vector<Ground> grounds;
  for (const std::string& file : files) {
    const Loaded loaded = load_scenario(file, {calibrated});
    if (!loaded.ok()) return {};
    for (const report::SourceFile& source : report::files_of(loaded.scenario.text)) {
      const Ground ground{source.name, source.fingerprint};
      if (std::find(grounds.begin(), grounds.end(), ground) == grounds.end()) grounds.push_back(ground);
    }
  }
  for (const fs::path& past :
       {calibrated / "history.csv", calibrated / "quality.csv", calibrated / "gaps.csv", backtested / "skill.csv"})
    grounds.push_back(ground_of(past));
  return grounds;
}

/// The baseline first.
std::vector<std::string> standing_scenarios(const Arguments& arguments) {
  std::vector<std::string> typed = arguments.texts("scenarios");
  if (typed.empty()) typed.push_back((fs::path(arguments.files().front()).parent_path() / kForecasts).string());
  std::error_code error;
  if (typed.size() > 1 || !fs::is_directory(typed.front(), error)) {
    for (const std::string& file : typed)
      if (!fs::is_regular_file(file, error)) throw InputError(fmt::format("--scenarios: there is no file {}", file));
    return typed;
  }
  const fs::path folder = typed.front();
  if (!fs::is_regular_file(folder / kBaseline, error))
    throw InputError(fmt::format("--scenarios: there is no {} in {}", kBaseline, folder.string()));
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".yaml" && entry.path().filename() != kBaseline)
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  files.insert(files.begin(), (folder / kBaseline).string());
  return files;
}

/// Where an earlier quarter, or a folder of results, has its forecasts.
fs::path results_in(const fs::path& previous) {
  std::error_code error;
  for (const fs::path& folder : {previous / "compare", previous / "forecast", previous})
    if (fs::is_regular_file(folder / kResults, error)) return folder;
  throw InputError(fmt::format("--previous: there are no results in {}", previous.string()));
}

/// An option as it was typed, for a stage that has it too.
void pass(const Arguments& arguments, const std::string& option, std::vector<std::string>& words) {
  if (const auto typed = arguments.text(option)) words.insert(words.end(), {"--" + option, *typed});
}

}  // namespace

std::vector<std::string> Stage::command(const fs::path& out) const {
  std::vector<std::string> words{verb};
  for (const std::vector<std::string>* part : {&files, &places, &settings})
    words.insert(words.end(), part->begin(), part->end());
  words.insert(words.end(), {"--out", out.string()});
  return words;
}

std::vector<Ground> Stage::grounds() const {
  std::vector<Ground> all = files_read();
  std::string typed = verb;
  for (const std::string& file : files) typed += " " + fs::path(file).filename().string();
  for (const std::string& word : settings) typed += " " + word;
  all.push_back({typed, ""});
  all.push_back({fmt::format("ketensim {} {}", KETENSIM_VERSION, built_from()), ""});
  return all;
}

std::vector<Stage> stages_of(const Arguments& arguments, const fs::path& out) {
  const std::string import = arguments.files().front();
  const fs::path calibrated = out / "calibrate", backtested = out / "backtest";
  const std::vector<std::string> scenarios = standing_scenarios(arguments);
  const auto with = [&](std::initializer_list<const char*> options) {
    std::vector<std::string> words;
    for (const char* option : options) pass(arguments, option, words);
    return words;
  };
  std::vector<Stage> stages;
  const auto delivered = [&](const char* verb, std::vector<std::string> settings) {
    stages.push_back({verb, verb, {import}, with({"data", "threads"}), std::move(settings), [=] {
                        return deliveries(import, data_folder(arguments));
                      }});
  };
  delivered("calibrate", with({"seed", "min-cell", "lang"}));
  delivered("replay", with({"seed", "min-cell"}));
  delivered("backtest", with({"seed", "min-cell", "origins"}));

  const auto simulated = [&](const char* name, const char* verb, const std::vector<std::string>& files) -> Stage& {
    std::vector<std::string> places = with({"threads"});
    places.insert(places.end(), {"--calibrated", calibrated.string()});
    stages.push_back({name, verb, files, std::move(places), with({"replications", "seed", "lang"}),
                      [=] { return scenario_grounds(files, calibrated, backtested); }});
    return stages.back();
  };
  simulated("forecast", "run", {scenarios.front()}).settings.push_back("--layers");
  if (scenarios.size() > 1) simulated("compare", "compare", scenarios);

  const fs::path results = out / stages.back().name;
  std::vector<std::string> settings = with({"lang"});
  settings.push_back("--quiet");
  const auto reported = [&](const char* name, const std::vector<fs::path>& folders) {
    std::vector<std::string> typed;
    for (const fs::path& folder : folders) typed.push_back(folder.string());
    stages.push_back({name, "report", std::move(typed), {}, settings, [folders] {
                        std::vector<Ground> grounds;
                        for (const fs::path& folder : folders) grounds.push_back(ground_of(folder / kResults));
                        return grounds;
                      }});
  };
  reported("report", {results});
  if (const auto previous = arguments.text("previous")) reported("changes", {results_in(*previous), results});
  return stages;
}

}  // namespace ketensim::cli

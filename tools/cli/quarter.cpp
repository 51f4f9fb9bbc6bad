#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "tools/cli/deliveries.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/quarter/command.hpp"
#include "tools/cli/quarter/log.hpp"
#include "tools/cli/quarter/stages.hpp"
#include "tools/cli/quarter/standing.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

po::options_description options() {
  po::options_description options("Options");
  add_delivery_options(options);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                       //
      ("out", text("DIR"), "write everything into this folder, a folder for each stage")                      //
      ("scenarios", po::value<std::vector<std::string>>()->multitoken()->value_name("FILES"),                 //
       "the standing scenarios: a folder with a baseline.yaml, or files, the baseline first (default: "       //
       "the folder forecast beside the import file)")                                                         //
      ("previous", text("DIR"), "folder of the quarter before: also tell what changed, and what came of it")  //
      ("replications", text("N"), "simulate N futures instead of what the scenarios say")                     //
      ("origins", text("N"), "quarters to backtest from (default 12)")                                        //
      ("lang", text("LANG"), "language of the reports: nl (default) or en");
  return options;
}

class Quarter {
 public:
  Quarter(fs::path out, bool quiet)
      : out_(std::move(out)), quiet_(quiet), folder_(out_), log_(out_ / "quarter.log"), standing_(out_) {}

  void run(const Stage& stage);
  const fs::path& log_file() const { return log_.file(); }

 private:
  using Clock = std::chrono::steady_clock;
  [[noreturn]] void stop(const Stage& stage, const Finished& finished);
  void tell(const Stage& stage, const std::string& text) const {
    if (!quiet_) show(fmt::format("{:<10} {}\n", stage.name, text));
    std::fflush(stdout);
  }

  fs::path out_;
  bool quiet_;
  OutputFolder folder_;  // is made before the log in it
  QuarterLog log_;
  Standing standing_;
};

void Quarter::run(const Stage& stage) {
  const fs::path out = out_ / stage.name;
  const std::vector<Ground> grounds = stage.grounds();
  const std::string doubt = standing_.doubt(stage.name, grounds, out);
  if (doubt.empty()) {
    log_.put(stage.name, "stands", "what it stood on has not changed: not done again");
    return tell(stage, "stands: not done again");
  }
  const std::vector<std::string> command = stage.command(out);
  log_.put(stage.name, "started", fmt::format("{}: ketensim {}", doubt, fmt::join(command, " ")));
  for (const Ground& ground : grounds)
    log_.put(stage.name, "stands on",
             ground.fingerprint.empty() ? ground.name : fmt::format("{} {}", ground.name, ground.fingerprint));
  const auto begun = Clock::now();
  const Finished finished = run_command(command, !quiet_);
  for (const std::string& message : finished.messages)
    log_.put(stage.name, message.find(": warning: ") == std::string::npos ? "said" : "warning", message);
  if (!finished.ok()) stop(stage, finished);
  if (!finished.tables.empty()) {
    OutputFolder folder(out);
    folder.add("tables.txt", finished.tables);
    folder.commit();
  }
  standing_.done(stage.name, grounds, out);
  const std::string took = time_left(std::chrono::duration<double>(Clock::now() - begun).count());
  log_.put(stage.name, "ended", fmt::format("done in {}: {}", took, out.string()));
  tell(stage, fmt::format("done in {}: {}", took, out.string()));
}

void Quarter::stop(const Stage& stage, const Finished& finished) {
  log_.put(stage.name, "failed",
           fmt::format("{}: mend what was said, and give the same command again: it goes on here", finished.how));
  std::string text = fmt::format(
      "quarter: {} failed with {}: mend what was said (in {} too), and give the same command "
      "again: it goes on here",
      stage.name, finished.how, log_file().string());
  if (quiet_)
    for (const std::string& message : finished.messages) text = message + "\n" + text;
  if (finished.status == 2) throw InputError(text);
  if (finished.status == 3) throw IoError(text);
  throw std::runtime_error(text);
}

void run(const Arguments& arguments) {
  if (arguments.files().size() != 1) throw InputError("quarter: name one import file");
  if (arguments.text("out").value_or("").empty()) throw InputError("quarter: name a folder with --out");
  const fs::path out = *arguments.text("out");
  const bool quiet = arguments.has("quiet");
  language_of(arguments);
  const std::vector<Stage> stages = stages_of(arguments, out);
  Quarter quarter(out, quiet);
  for (const Stage& stage : stages) quarter.run(stage);
  if (!quiet)
    show(fmt::format("\nThe report is in {}, what was done in {}\n", (out / "report" / "report.html").string(),
                     quarter.log_file().string()));
}

}  // namespace

Verb quarter_verb() {
  return {"quarter",
          "IMPORT.yaml",
          "Does a quarter's routine, from deliveries to the report; what stands already is not done again",
          "  ketensim quarter scenarios/twente/monitor.yaml --data scenarios/twente/monitor --out out/2023-Q4\n"
          "  ketensim quarter monitor.yaml --data deliveries --scenarios standing --out 2024-Q1 --previous 2023-Q4\n",
          options,
          run};
}

}  // namespace ketensim::cli

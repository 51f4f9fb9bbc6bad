// What `constraint` writes, and that a plain `compare` finds the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The rows of a CSV without quotes, each by the names of its columns.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& csv) {
  const auto fields = [](const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line + ",");
    for (std::string field; std::getline(in, field, ',');) all.push_back(field);
    return all;
  };
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> names = fields(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(lines, line)) {
    const std::vector<std::string> values = fields(line);
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = i < values.size() ? values[i] : "";
  }
  return rows;
}

/// A calibrated chain with two draws of a parameter, and a scenario that stands on it.
class ConstraintOutput : public testing::Test {
 protected:
  ConstraintOutput() {
    folder_.put("calibrated/chain.yaml", "format: ketensim/1\nbase: " + example("mini-chain.yaml").string() +
                                             "\ndraws: draws.csv\nreplications: 12\n"
                                             "time: {start: 2024-01-01, end: 2024-07-01, warm_up: 1 year}\n"
                                             "steps: {VTT.triage: {duration: {lognormal: {mean: 3 days, cv: 0.8}}}}\n");
    folder_.put("calibrated/draws.csv", "path,1,2\nsteps/VTT.triage/duration/lognormal/mean,2 days,4 days\n");
    folder_.put("forecast.yaml", "format: ketensim/1\nname: Forecast\nbase: calibrated\n");
  }

  Outcome run(std::vector<std::string> arguments, const std::string& out) const {
    arguments.insert(arguments.end(),
                     {"--calibrated", (folder_ / "calibrated").string(), "--out", (folder_ / out).string()});
    return ketensim(arguments);
  }

  Folder folder_;
};

TEST_F(ConstraintOutput, HasARowForEachPoolByRank) {
  const Outcome outcome = run({"constraint", (folder_ / "forecast.yaml").string()}, "out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The constraint is "));
  const std::string csv = content(folder_ / "out/constraint.csv");
  EXPECT_THAT(csv, StartsWith("rank,pool,scenario,"));
  const auto rows = rows_of(csv);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].at("pool"), "VTT.research");
  EXPECT_EQ(rows[0].at("rank"), "1");
  for (std::size_t i = 1; i < rows.size(); ++i)
    EXPECT_LE(std::stoi(rows[i - 1].at("rank")), std::stoi(rows[i].at("rank")));
}

/// One step that takes long to fill; with a warm-up that is chosen, and with none.
TEST(Constraint, OfAChainThatChoosesItsWarmUpIsNotThatOfAnEmptyOne) {
  const Folder folder;
  const auto queue = [&](const std::string& warm_up) {
    folder.put("desk.yaml",
               "format: ketensim/1\nname: Desk\ntime: {start: 2024-01-01, end: 2024-07-01, warm_up: " + warm_up +
                   "}\nreplications: 20\norganisations: {A: {name: A}}\n"
                   "arrivals: {reports: {to: A.x, rate: 365 / year}}\npools: {A.x: {slots: 210}}\n"
                   "steps: {A.x: {pool: A.x, duration: {exponential: 200 days}, next: [{to: {out: 1}}]}}\n");
    const Outcome outcome =
        ketensim({"constraint", (folder / "desk.yaml").string(), "--out", (folder / "out").string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return std::stod(rows_of(content(folder / "out/constraint.csv")).at(0).at("utilisation"));
  };
  EXPECT_LT(queue("0 days"), 0.5) << "it fills within the half year";
  EXPECT_GT(queue("auto"), 0.85);
}

TEST_F(ConstraintOutput, IsFoundAgainByCompare) {
  const std::string scenario = (folder_ / "forecast.yaml").string();
  ASSERT_EQ(run({"constraint", scenario, "--seed", "9"}, "out").status, 0);
  const std::map<std::string, std::string> indicators{
      {"waiting", "waiting_mean"}, {"lead_time", "chain_mean"}, {"to_help", "to_help_mean"}, {"norm_met", "norm_met"}};
  int found = 0;
  for (const auto& row : rows_of(content(folder_ / "out/constraint.csv")))
    for (const std::string unit : {"slot", "fte"}) {
      const std::string replications = row.at(unit + "_replications");
      if (replications.empty() || replications == "0") continue;
      const Outcome compared = run({"compare", scenario, (folder_ / "out" / row.at(unit + "_file")).string(), "--seed",
                                    "9", "--replications", replications, "--quiet"},
                                   "compared");
      ASSERT_EQ(compared.status, 0) << compared.err;
      for (const auto& effect : rows_of(content(folder_ / "compared/effects.csv"))) {
        if (effect.at("organisation") != "chain" || effect.at("period") != "all") continue;
        for (const auto& [name, indicator] : indicators) {
          if (effect.at("indicator") != indicator) continue;
          if (effect.at("statistic") != "mean" && effect.at("statistic") != "se") continue;
          const std::string column = unit + "_" + name + (effect.at("statistic") == "se" ? "_se" : "");
          // Up to the rounding of sums over other periods.
          EXPECT_NEAR(std::stod(row.at(column)), std::stod(effect.at("value")), 1e-9) << row.at("pool") << column;
          ++found;
        }
      }
    }
  EXPECT_GE(found, 6 * 8);
}

/// The chain's effect on who waits, in a folder that compare filled.
double effect_on_waiting(const std::string& effects) {
  for (const auto& effect : rows_of(effects))
    if (effect.at("organisation") == "chain" && effect.at("period") == "all" &&
        effect.at("indicator") == "waiting_mean" && effect.at("statistic") == "mean")
      return std::stod(effect.at("value"));
  return std::nan("");
}

TEST_F(ConstraintOutput, OfTheFocusingStepsIsFoundAgainByCompare) {
  const std::string scenario = (folder_ / "forecast.yaml").string();
  const Outcome outcome = run({"constraint", scenario, "--steps", "--rounds", "1"}, "out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("exploit: spread leave"));
  int found = 0;
  for (const auto& row : rows_of(content(folder_ / "out/steps.csv"))) {
    EXPECT_EQ(row.at("pool"), "VTT.research");
    if (row.at("file").empty()) continue;
    ASSERT_EQ(run({"compare", scenario, (folder_ / "out" / row.at("file")).string(), "--replications",
                   row.at("replications"), "--quiet"},
                  "compared")
                  .status,
              0);
    EXPECT_NEAR(std::stod(row.at("waiting_change")), effect_on_waiting(content(folder_ / "compared/effects.csv")),
                1e-9);
    ++found;
  }
  EXPECT_GE(found, 2);  // the rope, and what is added
}

TEST_F(ConstraintOutput, OfCausesAndBuffersIsFoundAgainByCompareAndAddsUp) {
  const std::string scenario = (folder_ / "forecast.yaml").string();
  ASSERT_EQ(run({"constraint", scenario, "--causes", "--buffers", "--quiet"}, "out").status, 0);
  EXPECT_THAT(content(folder_ / "out/buffers.csv"), HasSubstr("forecast,VTT,triage,lead_time,2024-01-01,"));
  const auto rows = rows_of(content(folder_ / "out/causes.csv"));
  const auto& chain = rows.back();
  ASSERT_EQ(chain.at("organisation"), "chain");
  double taken = 0.0;
  int found = 0;
  for (const std::string cause : {"release", "upstream", "leave", "priority", "capacity"}) {
    taken += std::stod(chain.at(cause));
    const auto file = folder_ / ("out/levers/forecast-without-" + cause + ".yaml");
    if (!std::filesystem::exists(file)) continue;
    ASSERT_EQ(run({"compare", scenario, file.string(), "--quiet"}, "compared").status, 0);
    EXPECT_NEAR(-taken, effect_on_waiting(content(folder_ / "compared/effects.csv")), 1e-9) << cause;
    ++found;
  }
  EXPECT_EQ(found, 3);  // nothing is released, and slots are the same all the time
  EXPECT_NEAR(taken + std::stod(chain.at("closed")), std::stod(chain.at("waiting")), 1e-9);
}

TEST_F(ConstraintOutput, BecomesPartOfTheReportOnTheSameScenarioAlone) {
  const std::string scenario = (folder_ / "forecast.yaml").string();
  const std::string part = "What one more slot is worth";
  ASSERT_EQ(run({"run", scenario, "--quiet"}, "out").status, 0);
  EXPECT_THAT(content(folder_ / "out/report.html"), Not(HasSubstr(part)));
  ASSERT_EQ(run({"constraint", scenario, "--causes", "--quiet"}, "out").status, 0);
  EXPECT_THAT(content(folder_ / "out/report.html"), AllOf(HasSubstr(part), HasSubstr("STRESS-DES")));

  // Of another scenario, or of this one as it was: refused before it has simulated, and nothing is lost.
  const std::string before = content(folder_ / "out/constraint.csv"), text = content(scenario);
  folder_.put("forecast.yaml", text + "seed: 5\n");
  const Outcome refused = run({"constraint", scenario}, "out");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("holds results without forecast as it is now: name another folder with --out"));
  EXPECT_EQ(content(folder_ / "out/constraint.csv"), before);

  // Results of another moment: what was found of the earlier ones is not told of them.
  ASSERT_EQ(run({"run", scenario, "--quiet"}, "out").status, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/constraint.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/causes.csv"));
  ASSERT_EQ(ketensim({"report", (folder_ / "out").string(), "--quiet"}).status, 0);
  EXPECT_THAT(content(folder_ / "out/report.html"), Not(HasSubstr(part)));
}

TEST_F(ConstraintOutput, RefusesWhatItCannotAnswer) {
  const std::string scenario = (folder_ / "forecast.yaml").string();
  EXPECT_THAT(run({"constraint", scenario, "--objective", "speed"}, "out").err, HasSubstr("--objective: expected"));
  EXPECT_THAT(run({"constraint", scenario, "--from", "2031-01-01"}, "out").err, HasSubstr("--from: 2031-01-01"));
  EXPECT_EQ(run({"constraint"}, "out").status, 2);
  const std::string queue = example("one-queue.yaml").string();
  for (const char* objective : {"to_help", "norm_met"}) {
    const Outcome outcome = run({"constraint", queue, "--objective", objective}, "out");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, HasSubstr(std::string("--objective ") + objective));
  }
  const std::string range = folder_
                                .put("range.yaml",
                                     "format: ketensim/1\nbase: forecast.yaml\ninterventions:\n"
                                     "  - capacity: {pool: VTT.research, from: 2024-02-01, change: [-5%, +5%]}\n")
                                .string();
  EXPECT_THAT(run({"constraint", range}, "out").err, HasSubstr("a range of changes"));
}

}  // namespace
}  // namespace ketensim::tests

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Manual, HasAPageWithEveryVerbAndOption) {
  const std::string page = ketensim({"manual", "--man"}).out;
  EXPECT_THAT(page, StartsWith(".TH KETENSIM 1"));
  for (const char* part :
       {".SS \"ketensim run ", ".SS \"ketensim compare ", "\\-\\-replications", "\\-\\-json", "EXIT STATUS"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_THAT(page, Not(HasSubstr("ketensim format")));
}

/// What bash completes a line to.
std::string completed(const Folder& folder, const std::string& words, int at) {
  const std::string script = (folder / "completion").string(), out = (folder / "completed").string();
  folder.put("completion", ketensim({"manual", "--completion"}).out);
  const std::string command = "bash -c 'set -eu; source " + script + "; COMP_WORDS=(" + words +
                              "); COMP_CWORD=" + std::to_string(at) + "; _ketensim; echo \"${COMPREPLY[*]}\"' > " + out;
  EXPECT_EQ(std::system(command.c_str()), 0);
  return content(out);
}

TEST(Completion, KnowsVerbsAndTheirOptions) {
  const Folder folder;
  EXPECT_EQ(completed(folder, "ketensim comp", 1), "compare\n");
  EXPECT_EQ(completed(folder, "ketensim run x.yaml --repl", 3), "--replications\n");
  EXPECT_THAT(completed(folder, "ketensim compare --", 2), HasSubstr("--each"));
}

TEST(Json, TellsEveryFigureOfTheWholePeriodAndNothingElse) {
  const std::string file = example("mini-chain.yaml").string(), cleared = example("mini-clear-backlog.yaml").string();
  const Outcome outcome = ketensim({"compare", file, cleared, "--replications", "4", "--json"});
  ASSERT_EQ(outcome.status, 0);
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["baseline"], "mini-chain");
  EXPECT_EQ(json["scenarios"][0]["replications"], 4);
  EXPECT_EQ(json["scenarios"][0]["from"], "2024-01-01");
  const Folder folder;
  ASSERT_EQ(
      ketensim({"compare", file, cleared, "--replications", "4", "--quiet", "--out", (folder / "out").string()}).status,
      0);
  const std::string effects = content(folder / "out" / "effects.csv");
  std::size_t compared = 0;
  for (const auto& row : json["effects"]) {
    if (row["mean"].is_null()) continue;
    const std::string place = row["scenario"].get<std::string>() + ",mini-chain," +
                              row["organisation"].get<std::string>() + "," + row["step"].get<std::string>() + ",all," +
                              row["indicator"].get<std::string>() + ",mean,";
    const std::size_t at = effects.find(place);
    ASSERT_NE(at, std::string::npos) << place;
    EXPECT_EQ(std::stod(effects.substr(at + place.size())), row["mean"].get<double>()) << place;
    ++compared;
  }
  EXPECT_GT(compared, 50U);
  EXPECT_EQ(ketensim({"report", (folder / "out").string(), "--json"}).out, outcome.out);
}

}  // namespace
}  // namespace ketensim::tests

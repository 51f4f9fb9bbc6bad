#include "tools/results/netcdf.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/report/synthetic.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/csv.hpp"
#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

namespace fs = std::filesystem;

class Netcdf : public testing::Test {
 protected:
  Netcdf()
      : path_(fs::path(testing::TempDir()) /
              (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".nc")) {}
  ~Netcdf() override { fs::remove(path_); }
  void put(std::string_view bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  Study stored(const Study& study) {
    put(netcdf_image(study));
    return study_from_netcdf(path_);
  }
  fs::path path_;
};

void expect_equal(const Results& a, const Results& b) {
  EXPECT_EQ(a.scenario, b.scenario);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.seed, b.seed);
  ASSERT_EQ(a.replications, b.replications);
  ASSERT_EQ(a.base_periods, b.base_periods);
  ASSERT_EQ(a.periods.size(), b.periods.size());
  for (std::size_t i = 0; i < a.periods.size(); ++i) {
    EXPECT_EQ(a.periods[i].label, b.periods[i].label);
    EXPECT_EQ(a.periods[i].from, b.periods[i].from);
    EXPECT_EQ(a.periods[i].until, b.periods[i].until);
  }
  ASSERT_EQ(a.figures.size(), b.figures.size());
  for (std::size_t i = 0; i < a.figures.size(); ++i) {
    EXPECT_EQ(a.figures[i].organisation, b.figures[i].organisation);
    EXPECT_EQ(a.figures[i].step, b.figures[i].step);
    EXPECT_EQ(a.figures[i].indicator, b.figures[i].indicator);
  }
  ASSERT_EQ(a.values.size(), b.values.size());
  for (std::size_t i = 0; i < a.values.size(); ++i)
    EXPECT_TRUE(a.values[i] == b.values[i] || (std::isnan(a.values[i]) && std::isnan(b.values[i]))) << i;
}

TEST_F(Netcdf, GivesBackEveryFigureOfEveryReplication) {
  const Study study = tests::synthetic_comparison(7);
  const Study again = stored(study);
  EXPECT_TRUE(again.compared);
  ASSERT_EQ(again.results.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) expect_equal(study.results[i], again.results[i]);
}

TEST_F(Netcdf, IsEnoughForTheSameTablesAndReport) {
  const Study study = tests::synthetic_comparison();
  const Study again = stored(study);
  EXPECT_EQ(report::text_tables(study, {}), report::text_tables(again, {}));
  EXPECT_EQ(report::html_report(study, report::Language::nl), report::html_report(again, report::Language::nl));
  EXPECT_EQ(effects_csv(study), effects_csv(again));
}

TEST_F(Netcdf, KeepsWhatScenariosStartFromAndWhatMadeThem) {
  Study study = tests::synthetic_comparison(2);
  study.version = "9.8.7";
  study.commit = "0123456789ab+";
  study.conditions[1] = {CalendarKind::continuous, 0.0, Conditions::Start::state,
                         std::chrono::sys_days(std::chrono::year(2023) / 12 / 31), 200};
  const Study again = stored(study);
  EXPECT_EQ(again.version, study.version);
  EXPECT_EQ(again.commit, study.commit);
  EXPECT_EQ(again.conditions[0].start, Conditions::Start::without);
  EXPECT_EQ(again.conditions[1].start, Conditions::Start::state);
  EXPECT_EQ(again.conditions[1].snapshot, study.conditions[1].snapshot);
  EXPECT_EQ(again.conditions[1].draws, 200);
  for (Conditions& conditions : study.conditions) conditions.start = Conditions::Start::unknown;
  EXPECT_EQ(stored(study).conditions[1].start, Conditions::Start::unknown);
}

TEST_F(Netcdf, KeepsScenariosThatCoverDifferentYearsStepsAndReplications) {
  Results early = tests::synthetic_results({"early", "", 1, 3, 0.0});
  early.seed = 18446744073709551615U;
  Results late = tests::synthetic_results({"late", "Late, \"odd\" <name>", 2, 5, 0.0});
  for (ReportedPeriod& period : late.periods) {
    period.from += std::chrono::days(366);
    period.until += std::chrono::days(366);
    if (period.label.starts_with("2024-")) period.label[3] = '5';
  }
  for (Figure& figure : late.figures)
    if (figure.organisation == "RVDK") figure.organisation = "WSS";
  Study study = tests::synthetic_study({late, early}, false);
  study.organisations.push_back({"WSS", "William Schrikker", ""});
  const Study again = stored(study);
  EXPECT_FALSE(again.compared);
  expect_equal(early, again.results[1]);
  EXPECT_EQ(late.values.size(), again.results[0].values.size());
  EXPECT_EQ(again.label("WSS").name, "William Schrikker");
  EXPECT_EQ(again.label("GM0153").group, "GEM");
}

TEST_F(Netcdf, KeepsTheWaysThatSomeoneWentInAScenario) {
  Study study = tests::synthetic_comparison(2);
  study.results[0].flows = {{{"VTT.triage", "VTT.research"}, {"in", "VTT.triage"}}, {3, 4, 0, 9}};
  study.results[1].flows = {{{"VTT.triage", "out"}}, {0, 7}};
  const Study again = stored(study);
  for (std::size_t s = 0; s < 2; ++s) {
    EXPECT_EQ(again.results[s].flows.ways, study.results[s].flows.ways);
    EXPECT_EQ(again.results[s].flows.counts, study.results[s].flows.counts);
  }
  EXPECT_TRUE(stored(tests::synthetic_comparison(2)).results[0].flows.ways.empty());
}

TEST_F(Netcdf, IsTheSameBytesForTheSameStudy) {
  EXPECT_EQ(netcdf_image(tests::synthetic_comparison()), netcdf_image(tests::synthetic_comparison()));
}

TEST_F(Netcdf, KeepsAScenarioTextOfMegabytes) {
  Study study = tests::synthetic_comparison(2);
  study.results[0].text.assign(3'000'000, 'x');
  EXPECT_EQ(stored(study).results[0].text, study.results[0].text);
}

TEST_F(Netcdf, CutShortAnywhereIsAnErrorAndNoCrash) {
  const std::string image = netcdf_image(tests::synthetic_comparison(3));
  for (const double share : {0.0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.999}) {
    put(std::string_view(image).substr(0, static_cast<std::size_t>(share * static_cast<double>(image.size()))));
    EXPECT_THROW(study_from_netcdf(path_), InputError) << share;
  }
}

TEST_F(Netcdf, OfSomethingElseIsRefused) {
  put("scenario,organisation\n");
  EXPECT_THROW(study_from_netcdf(path_), InputError);
  put(std::string(1'000'000, '\0'));
  EXPECT_THROW(study_from_netcdf(path_), InputError);
}

TEST_F(Netcdf, ThatIsNotThereCannotBeRead) {
  EXPECT_THROW(study_from_netcdf(path_), IoError);
  EXPECT_THROW(study_from_netcdf(testing::TempDir()), IoError);
}

}  // namespace
}  // namespace ketensim

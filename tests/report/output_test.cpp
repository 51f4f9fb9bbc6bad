#include "tools/results/output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Output : public testing::Test {
 protected:
  Output()
      : root_(fs::path(testing::TempDir()) /
              ("output-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~Output() override { fs::remove_all(root_); }
  static std::string content(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root_), fs::directory_iterator()));
  }
  fs::path root_;
};

TEST_F(Output, AppearsInAFolderThatItMakes) {
  OutputFolder folder(root_ / "a" / "b");
  folder.add("one.csv", "1\n");
  folder.commit();
  EXPECT_EQ(content(root_ / "a" / "b" / "one.csv"), "1\n");
}

TEST_F(Output, LeavesTheOldFilesUntilAllNewOnesAreThere) {
  std::ofstream(root_ / "one.csv") << "old\n";
  {
    OutputFolder folder(root_);
    folder.add("one.csv", "new\n");
    folder.add("two.csv", "new\n");
    EXPECT_EQ(content(root_ / "one.csv"), "old\n");
  }  // given up
  EXPECT_EQ(content(root_ / "one.csv"), "old\n");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Output, ReplacesOldFilesAndRemovesOutdatedOnes) {
  std::ofstream(root_ / "one.csv") << "old\n";
  std::ofstream(root_ / "effects.csv") << "old\n";
  OutputFolder folder(root_);
  folder.add("one.csv", "new\n");
  folder.commit({"effects.csv", "never there"});
  EXPECT_EQ(content(root_ / "one.csv"), "new\n");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Output, CannotBeInAFolderThatIsAFile) {
  std::ofstream(root_ / "file") << "x";
  EXPECT_THROW(OutputFolder(root_ / "file"), IoError);
  EXPECT_THROW(OutputFolder(root_ / "file" / "below"), IoError);
}

TEST_F(Output, CannotReplaceAFolder) {
  fs::create_directories(root_ / "results.nc");
  OutputFolder folder(root_);
  folder.add("one.csv", "1\n");
  EXPECT_THROW(folder.add("results.nc", "2\n"), IoError);
}

TEST_F(Output, CannotBeWhereTheSystemTakesNoFiles) {
  try {
    OutputFolder folder("/proc/ketensim");
    FAIL();
  } catch (const IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("/proc/ketensim"));
  }
}

}  // namespace
}  // namespace ketensim

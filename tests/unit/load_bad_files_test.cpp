#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

TEST(BadFile, IsMissing) {
  const Folder folder;
  const Loaded loaded = folder.load("none.yaml");
  EXPECT_TRUE(loaded.unreadable);
  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(errors_of(loaded), StartsWith("none.yaml: error: cannot open: No such file"));
}

TEST(BadFile, IsAFolder) {
  const Folder folder;
  fs::create_directory(folder.path() / "folder.yaml");
  const Loaded loaded = folder.load("folder.yaml");
  EXPECT_TRUE(loaded.unreadable);
  EXPECT_EQ(errors_of(loaded), "folder.yaml: error: this is a folder, not a scenario file\n");
}

TEST(BadFile, MayNotBeRead) {
  if (geteuid() == 0) {  // root reads everything; a file that fails when read stands in for it
    const Loaded loaded = load_scenario("/proc/self/mem");
    EXPECT_TRUE(loaded.unreadable);
    EXPECT_THAT(errors_of(loaded), HasSubstr("cannot read"));
    return;
  }
  const Folder folder;
  const fs::path file = folder.put("secret.yaml", mini_chain());
  fs::permissions(file, fs::perms::none);
  const Loaded loaded = folder.load("secret.yaml");
  EXPECT_TRUE(loaded.unreadable);
  EXPECT_THAT(errors_of(loaded), HasSubstr("cannot open: Permission denied"));
}

TEST(BadFile, IsEmptyOrHoldsCommentsAlone) {
  for (const char* text : {"", "\n\n", "# nothing\n", "---\n", "~\n", "\xEF\xBB\xBF"}) {
    const Loaded loaded = load_text(text);
    EXPECT_FALSE(loaded.unreadable);
    EXPECT_EQ(errors_of(loaded), "chain.yaml: error: the file is empty: a scenario begins with `format: ketensim/1`\n")
        << text;
  }
}

TEST(BadFile, IsBinary) {
  EXPECT_THAT(diagnosed(std::string("format: ketensim/1\nname: a\0b\n", 29)),
              StartsWith("chain.yaml:2:8: error: a control character (byte 0x00)"));
  EXPECT_THAT(diagnosed("format: ketensim/1\nname: \xE9\xE9n\n"),
              StartsWith("chain.yaml:2:7: error: this is not UTF-8 text (byte 0xE9)"));
  EXPECT_THAT(diagnosed(std::string("\xFF\xFE\x66\0", 4)), StartsWith("chain.yaml: error: the file is UTF-16"));
  EXPECT_THAT(diagnosed("\x7F"
                        "ELF\x02\x01\x01"),
              StartsWith("chain.yaml:1:5: error: a control character"));
  EXPECT_THAT(diagnosed("name: \xED\xA0\x80\n"), HasSubstr("not UTF-8"));  // a surrogate
}

TEST(BadFile, HasItsColumnsCountedInCharacters) {
  EXPECT_THAT(diagnosed(mini_chain("VTT:  {name: Veilig Thuis Twente, kind: veilig_thuis}",
                                   "VTT:  {name: \xC3\xA9\xC3\xA9n, knd: veilig_thuis}")),
              HasSubstr("chain.yaml:15:21: error: unknown key `knd` (did you mean `kind`?)"));
}

TEST(BadFile, OfFiftyMegabytesIsRefusedUnread) {
  const Folder folder;
  folder.put("large.yaml", std::string(50'000'000, '#'));
  EXPECT_EQ(errors_of(folder.load("large.yaml")), "large.yaml: error: the file is larger than 20 MB: this is no scenario\n");
}

TEST(BadFile, HoldsAnAliasBomb) {
  std::string text = "format: ketensim/1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below;
    for (int j = 0; j < 9; ++j) text += ", " + below;
    text += "]\n";
  }
  const std::string errors = diagnosed(text);
  EXPECT_THAT(errors, HasSubstr("with its aliases expanded, the file has more than 1000000 values"));
  EXPECT_THAT(errors, testing::ContainsRegex("^chain.yaml:[0-9]+:[0-9]+: error: "));
}

TEST(BadFile, RefersToItself) {
  EXPECT_THAT(diagnosed("format: ketensim/1\nsteps: &s {a: *s}\n"), StartsWith("chain.yaml:2:"));
}

TEST(BadFile, IsNestedTooDeep) {
  for (const int depth : {70, 3000, 200'000}) {
    const std::string errors =
        diagnosed("format: ketensim/1\nsteps: " + std::string(static_cast<std::size_t>(depth), '['));
    EXPECT_THAT(errors, StartsWith("chain.yaml:2:")) << depth;
    EXPECT_THAT(errors, HasSubstr("nested more than 60 deep")) << depth;
  }
}

TEST(BadFile, IsNoYaml) {
  EXPECT_THAT(diagnosed("format: ketensim/1\nsteps: {a: b\n"), HasSubstr("this is not valid YAML: "));
  EXPECT_THAT(diagnosed("format: ketensim/1\n\tsteps: x\n"), StartsWith("chain.yaml:2:"));
  EXPECT_EQ(diagnosed("format: ketensim/1\nname: \"x\n"), "chain.yaml:2:7: error: this quote is never closed\n");
  EXPECT_EQ(diagnosed("format: ketensim/1\nname: 'it''s\n"), "chain.yaml:2:7: error: this quote is never closed\n");
}

TEST(BadFile, HoldsTwoDocuments) {
  EXPECT_THAT(diagnosed(mini_chain() + "---\nformat: ketensim/1\n"), HasSubstr("a second document begins here"));
}

TEST(BadFile, GivesAKeyTwice) {
  EXPECT_EQ(diagnosed(mini_chain("seed: 20240101", "seed: 1\nseed: 2")),
            "chain.yaml:13:1: error: the key `seed` is given twice, first on line 12\n");
}

TEST(BadFile, UsesMergeKeysOrTags) {
  EXPECT_THAT(diagnosed(mini_chain("VTT.triage:    {slots: 22}", "VTT.triage:    {<<: {slots: 22}, slots: 22}")),
              HasSubstr("chain.yaml:33:19: error: merge keys (`<<`) are not part of the format"));
  EXPECT_THAT(diagnosed(mini_chain("seed: 20240101", "seed: !!float 3")), HasSubstr("chain.yaml:12:7: error: the tag"));
}

TEST(BadFile, IsNoScenario) {
  EXPECT_THAT(diagnosed("just text\n"), StartsWith("chain.yaml:1:1: error: expected keys with their values"));
  EXPECT_THAT(diagnosed("- a\n- b\n"), StartsWith("chain.yaml:1:1: error: expected keys with their values"));
  EXPECT_EQ(diagnosed("format: ketensim/2\nnew: key\n"),
            "chain.yaml:1:9: error: this version of ketensim reads `format: ketensim/1` and no other\n");
  EXPECT_THAT(diagnosed(mini_chain("format: ketensim/1\n", "")), HasSubstr("`format` is missing: begin with"));
}

}  // namespace
}  // namespace ketensim::tests

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kRow = "k1;a;2020-03-02;2020-03-03;2020-03-04;off\n";

std::string error_of(const std::string& text) {
  const MonitorRead done = read(desk(), {{"desk.csv", text}});
  EXPECT_FALSE(done.ok());
  return said(done);
}

TEST(BadDelivery, IsMissing) {
  const MonitorRead done = read(desk(), {});
  EXPECT_TRUE(done.unreadable);
  EXPECT_THAT(said(done), HasSubstr("there is no `desk.csv` here, and no `desk.csv.gz`"));
}

TEST(BadDelivery, IsEmpty) { EXPECT_EQ(error_of(""), "desk.csv: error: the file is empty: expected a header\n"); }

TEST(BadDelivery, HasAHeaderAlone) {
  EXPECT_EQ(error_of(kDeskHeader), "desk.csv:1: error: there is a header, and no row below it\n");
}

TEST(BadDelivery, HasAnotherSeparatorThanSaid) {
  std::string text = kDeskHeader + kRow;
  std::replace(text.begin(), text.end(), ';', ',');
  EXPECT_THAT(error_of(text), StartsWith("desk.csv:1: error: columns `began`, `came`, `child`, `left`, `result`, "
                                         "`step` are missing; the separator seems to be `,`, not `;`"));
}

TEST(BadDelivery, MissesAColumn) {
  EXPECT_EQ(error_of("child;step;came;begun;left;result\n" + kRow),
            "desk.csv:1: error: column `began` is missing (did you mean `begun`?)\n");
}

TEST(BadDelivery, HasAColumnTwice) {
  EXPECT_EQ(error_of("child;step;came;began;left;result;Came\n"), "desk.csv:1: error: two columns are called `came`\n");
}

TEST(BadDelivery, IsHalfAFile) {
  EXPECT_EQ(error_of(kDeskHeader + kRow + kRow.substr(0, 20)),
            "desk.csv:3: error: the file ends within a row: was only a part of it delivered?\n");
  const MonitorRead done = read(desk(), {{"desk.csv", kDeskHeader + kRow.substr(0, kRow.size() - 1)}});
  EXPECT_EQ(said(done), "desk.csv:2: warning: the last row does not end in a line break: is the file whole?\n");
}

TEST(BadDelivery, IsHalfACompressedFile) {
  const Folder folder;
  std::string rows = kDeskHeader;
  for (int i = 0; i < 5000; ++i) rows += "k" + std::to_string(i * 7919) + kRow.substr(2);
  std::string packed = content(folder.put_packed("desk.csv.gz", rows));
  const LoadedImport import = load_import(folder.put("import.yaml", desk()));
  folder.put("desk.csv.gz", packed.substr(0, packed.size() / 2));
  EXPECT_THAT(said(read_monitor(import.plan, folder.path())), HasSubstr("the compressed file ends too early"));
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  folder.put("desk.csv.gz", packed);
  EXPECT_FALSE(read_monitor(import.plan, folder.path()).ok());
}

TEST(BadDelivery, HasAnotherEncodingThanSaid) {
  EXPECT_THAT(error_of(kDeskHeader + "k\xEB;a;2020-03-02;;;\n"),
              StartsWith("desk.csv:2:2: error: this is not UTF-8 text (byte 0xEB): name its `encoding`"));
  EXPECT_THAT(error_of("\xFF\xFE"
                       "c\0h\0"),
              HasSubstr("UTF-16"));
}

TEST(BadDelivery, HasAMillionColumns) {
  std::string header = "child";
  for (int i = 0; i < 1'000'000; ++i) header += ";x";
  EXPECT_THAT(error_of(header + "\n" + kRow), StartsWith("desk.csv:1: error: a row of more than a million characters"));
  header.resize(30'001);
  EXPECT_THAT(error_of(header + "\n" + kRow), StartsWith("desk.csv:1: error: the header has more than 4096 columns"));
}

TEST(BadDelivery, HasHugeLines) {
  EXPECT_THAT(error_of(kDeskHeader + kRow + std::string(3'000'000, 'x') + "\n"),
              StartsWith("desk.csv:3: error: a row of more than a million characters"));
}

TEST(BadDelivery, HasDatesInTwoFormats) {
  EXPECT_EQ(error_of(kDeskHeader + kRow + "k2;a;02-03-2020;;;\n"),
            "desk.csv:3: error: column `came`: `02-03-2020` is not written as yyyy-mm-dd but as dd-mm-yyyy; if both "
            "occur, name both under `date`\n");
  EXPECT_TRUE(read_desk(kRow + "k2;a;02-03-2020;;;\n", "    date: [yyyy-mm-dd, dd-mm-yyyy]").ok());
}

TEST(BadDelivery, HasDayAndMonthExchangedAllOver) {
  std::string rows;
  for (int i = 10; i < 99; ++i) rows += "k" + std::to_string(i) + ";a;2020-25-0" + std::to_string(1 + i % 9) + ";;;\n";
  const MonitorRead done = read_desk(rows, "", "accept: {impossible_date: 5%}");
  EXPECT_FALSE(done.ok());
  EXPECT_THAT(said(done), HasSubstr("(are dates written in two ways?)"));
}

TEST(BadDelivery, HasNulBytes) {
  EXPECT_THAT(error_of(kDeskHeader + kRow + std::string("k2;a\0;", 6) + "2020-03-02;;;\n"),
              StartsWith("desk.csv:3:5: error: a control character (byte 0x00): this is not a text file"));
}

TEST(BadDelivery, HasARowOfNobody) {
  EXPECT_EQ(error_of(kDeskHeader + " ;a;2020-03-02;;;\n"),
            "desk.csv:2: error: column `child` is empty: whose row is this?\n");
}

TEST(BadDelivery, SpansMoreThanALifeWithoutSayingSo) {
  std::string import = desk();
  import.erase(import.find("from: 2020-01-01\nsnapshot: 2020-12-31\n"), 38);
  const MonitorRead done = read(import, {{"desk.csv", kDeskHeader + kRow + "k2;a;9020-03-02;;;\n"}});
  EXPECT_THAT(said(done), HasSubstr("the dates delivered span 7000 years: name `from` and `snapshot`"));
}

TEST(BadDelivery, RandomBytesAreRefusedAndNeverCrash) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    std::string bytes(random() % 3000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    EXPECT_FALSE(error_of(i % 2 ? bytes : kDeskHeader + bytes + "\n").empty());
  }
}

TEST(BadDelivery, DamageToASoundOneNeverCrashes) {
  std::string sound = kDeskHeader;
  for (int i = 0; i < 20; ++i) sound += "k" + std::to_string(i) + ";a;\"2020-03-02\";2020-03-03;2020-03-04;\"off\"\r\n";
  std::mt19937 random(2);
  const std::string letters = ";\"\r\n0a-\xE9\xFF";
  for (int i = 0; i < 300; ++i) {
    std::string damaged = sound;
    for (int damage = 0; damage < 3; ++damage) {
      const std::size_t at = random() % damaged.size();
      switch (random() % 3) {
        case 0:
          damaged[at] = letters[random() % letters.size()];
          break;
        case 1:
          damaged.insert(at, 1, letters[random() % letters.size()]);
          break;
        default:
          damaged.erase(at, 1 + random() % 50);
      }
    }
    const MonitorRead done = read(desk(), {{"desk.csv", damaged}});
    link(done.monitor);
    for (const Diagnostic& diagnostic : done.diagnostics) EXPECT_FALSE(diagnostic.message.empty());
  }
}

TEST(BadDelivery, NothingAboutAChildIsSaid) {
  const MonitorRead done = read_desk(
      "secretpseudonym;a;2020-03-02;2020-03-05;2020-03-04;odd\nsecretpseudonym;z;2020-03-02;;;\n", "", "limit: 0%");
  EXPECT_THAT(said(done) + ledger(done) + cleaning_summary(done.monitor), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace ketensim::tests

#include "scenarios/loader/recorded.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "scenarios/loader/delimited.hpp"
#include "scenarios/loader/moment.hpp"
#include "scenarios/loader/source.hpp"

namespace ketensim::loader {
namespace {

constexpr FileKind kRecordedFile{"file of recorded arrivals", "a file of recorded arrivals",
                                 "a file of recorded arrivals", ""};
constexpr std::size_t kMostProblems = 100, kNowhere = static_cast<std::size_t>(-1);

/// The rows of one file, for one stream.
class RecordedRows {
 public:
  RecordedRows(std::string_view text, int file, Stream& stream, Diagnostics& diagnostics)
      : reader_(text), file_(file), stream_(stream), diagnostics_(diagnostics) {}

  /// Whether all was sound.
  bool read() && {
    if (!reader_.header().empty()) {
      find_columns();
      std::vector<Cell> row;
      while (problems_ < kMostProblems && reader_.next(row)) add(row);
    }
    for (const DelimitedProblem& problem : reader_.problems()) wrong(problem.line, problem.column, problem.message);
    if (problems_ > 0) return false;
    std::stable_sort(families_.begin(), families_.end(),
                     [](const Stream::Recorded& a, const Stream::Recorded& b) { return a.moment < b.moment; });
    stream_.recorded = std::make_shared<const std::vector<Stream::Recorded>>(std::move(families_));
    return true;
  }

 private:
  struct Column {
    const std::string* attribute;
    std::unordered_set<std::string> values;
    std::size_t at;
  };

  void find_columns() {
    std::vector<std::string> known{"received", "children"};
    for (const Stream::Attribute& attribute : stream_.attributes) known.push_back(attribute.name);
    const std::vector<Cell>& header = reader_.header();
    for (std::size_t at = 0; at < header.size(); ++at) {
      const std::string& name = header[at].text;
      if (name == "received")
        received_ = at;
      else if (name == "children")
        children_ = at;
      else if (!find_attribute(name, at))
        wrong(header[at].line, header[at].column,
              fmt::format("unknown column `{}`: beside `received` and `children` there may be attributes of the stream",
                          name),
              nearest_name(name, known));
    }
    if (received_ == kNowhere) missing("received", "the date or moment at which a family was received");
    if (children_ == kNowhere) missing("children", "how many children it has");
  }

  bool find_attribute(const std::string& name, std::size_t at) {
    for (const Stream::Attribute& attribute : stream_.attributes) {
      if (attribute.name != name) continue;
      Column& column = columns_.emplace_back(Column{&attribute.name, {}, at});
      for (const auto& [value, share] : attribute.shares) column.values.insert(value);
      for (const auto& [given, shares] : attribute.by_value)
        for (const auto& [value, share] : shares) column.values.insert(value);
      stream_.recorded_attributes.push_back(name);
      return true;
    }
    return false;
  }

  void missing(const char* name, const char* meaning) {
    wrong(reader_.header().front().line, 1, fmt::format("the column `{}` is missing: {}", name, meaning));
  }

  void add(const std::vector<Cell>& row) {
    Stream::Recorded family;
    if (received_ != kNowhere) {
      const Reading<double> moment = read_moment(row[received_].text);
      if (moment)
        family.moment = *moment.value;
      else
        wrong(row[received_], "a date or moment, such as `2024-02-01` or `2024-02-01T14:30`", moment.problem);
    }
    if (children_ != kNowhere) {
      const std::string& text = row[children_].text;
      const Reading<std::int64_t> children = read_integer(text);
      if (!children || text.find_first_not_of("0123456789") != std::string::npos || *children.value < 1 ||
          *children.value > Stream::kLargestFamily)
        wrong(row[children_], fmt::format("a number of children from 1 to {}", Stream::kLargestFamily), "");
      else
        family.children = static_cast<int>(*children.value);
    }
    for (const Column& column : columns_) {
      const Cell& cell = row[column.at];
      if (!cell.text.empty() && !column.values.count(cell.text))
        wrong(cell.line, cell.column, fmt::format("unknown value of {} `{}`", *column.attribute, shown(cell.text)),
              nearest_name(cell.text, {column.values.begin(), column.values.end()}));
      family.values.push_back(cell.text);
    }
    if (problems_ == 0) families_.push_back(std::move(family));
  }

  static std::string shown(const std::string& text) {
    constexpr std::size_t kLongest = 60;
    if (text.size() <= kLongest) return text;
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not within a character
    return text.substr(0, cut) + "...";
  }

  void wrong(const Cell& cell, const std::string& expected, const std::string& why) {
    wrong(cell.line, cell.column,
          fmt::format("expected {}, not {}{}", expected,
                      cell.text.empty() ? "an empty cell" : fmt::format("`{}`", shown(cell.text)),
                      why.empty() ? "" : ": " + why));
  }

  void wrong(int line, int column, std::string message, std::string suggestion = {}) {
    diagnostics_.error({file_, line, column}, std::move(message), std::move(suggestion));
    ++problems_;
  }

  DelimitedReader reader_;
  const int file_;
  Stream& stream_;
  Diagnostics& diagnostics_;
  std::size_t received_ = kNowhere, children_ = kNowhere, problems_ = 0;
  std::vector<Column> columns_;
  std::vector<Stream::Recorded> families_;
};

/// Whether the stream has its families.
bool read_stream(const Node& named, Stream& stream, Assembly& assembly, Diagnostics& diagnostics) {
  const FileText file = read_file(named.text, kRecordedFile);
  if (file.unreadable) {
    assembly.unreadable = true;
    diagnostics.error(named.place, fmt::format("recorded arrivals {}: {}", named.text, file.problem));
    return false;
  }
  const int index = static_cast<int>(assembly.sources.size());
  assembly.sources.push_back({named.text, "", fmt::format("FNV-1a {}", hash_of(file.text))});
  if (!file.problem.empty()) {
    diagnostics.error({index, file.line, file.column}, file.problem);
    return false;
  }
  return RecordedRows(file.text, index, stream, diagnostics).read();
}

}  // namespace

void read_recorded(const Node& root, Assembly& assembly, Chain& chain, std::vector<Path>& faulty,
                   Diagnostics& diagnostics) {
  const Node* arrivals = root.find("arrivals");
  for (Stream& stream : chain.streams) {
    const Node* node = stream.recorded && arrivals ? arrivals->find(stream.id) : nullptr;
    const Node* named = node ? node->find("recorded") : nullptr;
    if (named && named->is_scalar() && !named->text.empty() && !read_stream(*named, stream, assembly, diagnostics))
      faulty.push_back({"arrivals", stream.id, "recorded"});
  }
}

}  // namespace ketensim::loader

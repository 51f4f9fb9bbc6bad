#include "scenarios/loader/read_state.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "scenarios/loader/csv.hpp"
#include "scenarios/loader/quantities.hpp"
#include "scenarios/loader/source.hpp"

namespace ketensim::loader {
namespace {

namespace fs = std::filesystem;

constexpr FileKind kStateFile{"state", "a state", "a state file", ""};
constexpr std::array<std::string_view, 10> kColumns{"child", "family",   "case",    "first_received", "organisation",
                                                    "step",  "received", "started", "ended",          "next"};

/// A whole number of exactly so many digits at the front of `text`, which it is taken from; -1: there is none.
int take_number(std::string_view& text, std::size_t digits) {
  int number = -1;
  if (text.size() < digits) return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc() || end != text.data() + digits || number < 0) return -1;
  text.remove_prefix(digits);
  return number;
}

bool take_sign(std::string_view& text, std::string_view signs) {
  if (text.empty() || signs.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// `T09:15`, ` 09:15:30.5`, as a part of the day.
std::optional<double> read_time(std::string_view text) {
  if (text.empty()) return 0.0;
  if (!take_sign(text, "T ")) return std::nullopt;
  const int hours = take_number(text, 2);
  if (hours < 0 || hours > 23 || !take_sign(text, ":")) return std::nullopt;
  const int minutes = take_number(text, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  double seconds = 0.0;
  if (take_sign(text, ":")) {
    const int whole = take_number(text, 2);
    if (whole < 0 || whole > 59) return std::nullopt;
    seconds = whole;
    if (take_sign(text, ".")) {
      double scale = 0.1;
      if (text.empty()) return std::nullopt;
      for (int digit; !text.empty(); scale /= 10.0) {
        if ((digit = take_number(text, 1)) < 0) return std::nullopt;
        seconds += digit * scale;
      }
    }
  }
  if (!text.empty()) return std::nullopt;
  return (hours * 3600 + minutes * 60 + seconds) / 86'400.0;
}

/// Days since 1970-01-01.
std::optional<double> read_moment(std::string_view text) {
  const Reading<Date> date = read_date(text.substr(0, 10));
  const std::optional<double> time = text.size() > 10 ? read_time(text.substr(10)) : 0.0;
  if (!date || !time) return std::nullopt;
  return static_cast<double>(date.value->time_since_epoch().count()) + *time;
}

std::vector<std::string> attributes_of(const Chain& chain) {
  std::vector<std::string> names;
  for (const Stream& stream : chain.streams)
    for (const Stream::Attribute& attribute : stream.attributes) names.push_back(attribute.name);
  for (const Step& step : chain.steps)
    for (const Outcome& outcome : step.set) names.push_back(outcome.attribute);
  return names;
}

}  // namespace

Place StateFile::locate(const Path& path) const {
  Place place{file_, 0, 0};
  if (path.size() < 2) return place;
  std::from_chars(path[1].data(), path[1].data() + path[1].size(), place.line);
  const auto row = characters_.find(path[1]);
  const auto column = path.size() > 2 ? columns_.find(path[2]) : columns_.end();
  if (row != characters_.end() && column != columns_.end()) place.column = row->second[column->second];
  return place;
}

/// Makes cases of the rows of a file.
class StateReader {
 public:
  StateReader(const Chain& chain, int file, Diagnostics& diagnostics)
      : attributes_(attributes_of(chain)), diagnostics_(diagnostics) {
    read_.file_ = file;
  }

  StateFile read(const std::string& text, ChainState state) && {
    const std::vector<CsvRow> table = read_csv(text, read_.file_, diagnostics_);
    if (table.empty()) {
      if (!diagnostics_.any_error())
        diagnostics_.error({read_.file_, 0, 0}, "the file is empty: a state begins with a header");
      return std::move(read_);
    }
    if (!read_header(table.front())) return std::move(read_);
    for (std::size_t row = 1; row < table.size(); ++row) state.cases.push_back(read_row(table[row]));
    read_.state = std::move(state);
    return std::move(read_);
  }

 private:
  bool read_header(const CsvRow& header) {
    const std::size_t errors_before = errors_;
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      const CsvCell& cell = header.cells[i];
      const bool known = std::find(kColumns.begin(), kColumns.end(), cell.text) != kColumns.end();
      if (!known && std::find(attributes_.begin(), attributes_.end(), cell.text) == attributes_.end())
        error(header, cell, "unknown column: it is no attribute of the chain", nearest_name(cell.text, all_columns()));
      else if (!read_.columns_.emplace(cell.text, i).second)
        error(header, cell, fmt::format("there are two columns `{}`", cell.text));
      else if (!known)
        attribute_columns_.push_back(i);
    }
    for (const std::string_view column : kColumns)
      if (!read_.columns_.count(std::string(column))) {
        ++errors_;
        diagnostics_.error({read_.file_, header.line, 0}, fmt::format("column `{}` is missing", column));
      }
    header_ = &header;
    return errors_ == errors_before;
  }

  std::vector<std::string> all_columns() const {
    std::vector<std::string> names(kColumns.begin(), kColumns.end());
    names.insert(names.end(), attributes_.begin(), attributes_.end());
    return names;
  }

  OpenCase read_row(const CsvRow& row) {
    std::vector<int>& characters = read_.characters_[std::to_string(row.line)];
    for (const CsvCell& cell : row.cells) characters.push_back(cell.column);
    const auto text = [&](const char* column) -> const std::string& { return cell(row, column).text; };
    OpenCase open;
    open.line = row.line;
    open.child = text("child");
    open.family = text("family");
    open.case_id = text("case");
    open.step = fmt::format("{}.{}", text("organisation"), text("step"));
    open.next = text("next");
    for (const auto& [column, moment] : {std::pair{"first_received", &open.first_received},
                                         {"received", &open.received},
                                         {"started", &open.started},
                                         {"ended", &open.ended}})
      take_moment(row, column, *moment);
    for (const std::size_t i : attribute_columns_)
      if (!row.cells[i].text.empty()) open.attributes.emplace_back(header_->cells[i].text, row.cells[i].text);
    return open;
  }

  const CsvCell& cell(const CsvRow& row, const char* column) const {
    return row.cells[read_.columns_.find(column)->second];
  }

  void take_moment(const CsvRow& row, const char* column, double& moment) {
    const CsvCell& written = cell(row, column);
    if (written.text.empty()) return;
    if (const std::optional<double> read = read_moment(written.text)) {
      moment = *read;
      return;
    }
    error(row, written, "expected a day that exists, such as `2023-11-30`, or a moment of it, `2023-11-30T09:15:00`");
    read_.faulty.push_back({"state", std::to_string(row.line), column});
  }

  void error(const CsvRow& row, const CsvCell& cell, std::string message, std::string suggestion = {}) {
    ++errors_;
    diagnostics_.error({read_.file_, row.line, cell.column}, std::move(message), std::move(suggestion));
  }

  const std::vector<std::string> attributes_;
  Diagnostics& diagnostics_;
  StateFile read_;
  const CsvRow* header_ = nullptr;
  std::vector<std::size_t> attribute_columns_;
  std::size_t errors_ = 0;
};

StateFile read_state(const Chain& chain, const LoadOptions& options, Assembly& assembly, Diagnostics& diagnostics) {
  const Node* from = assembly.root->find("start_from");
  const Node* snapshot = assembly.root->find("snapshot");
  if (!from || !from->is_scalar() || from->text.empty()) return {};
  const Place named_at = from->place;
  if (!snapshot) {
    diagnostics.error(named_at,
                      "`snapshot` is missing: the day at the end of which the state holds, such as `snapshot: "
                      "2023-12-31`");
    return {};
  }
  const Reading<Date> date = read_date(snapshot->text);
  if (!date) return {};  // the check of its shape says so
  fs::path path = fs::path(assembly.sources[static_cast<std::size_t>(named_at.file)].name).parent_path() / from->text;
  if (from->text == "calibrated") {
    if (options.calibrated.empty()) {
      diagnostics.error(named_at,
                        "`start_from: calibrated` is the state of a calibrated chain: name the folder of its "
                        "state.csv with `--calibrated DIR`");
      return {};
    }
    path = options.calibrated / "state.csv";
  }
  path = path.lexically_normal();
  const FileText file = read_file(path, kStateFile);
  if (file.unreadable) {
    diagnostics.error(named_at, fmt::format("state {}: {}", path.string(), file.problem));
    StateFile unreadable;
    unreadable.unreadable = true;
    return unreadable;
  }
  const int index = static_cast<int>(assembly.sources.size());
  assembly.sources.push_back({path.string(), "", fmt::format("FNV-1a {}", hash_of(file.text))});
  if (!file.problem.empty()) {
    diagnostics.error({index, file.line, file.column}, file.problem);
    return {};
  }
  return StateReader(chain, index, diagnostics).read(file.text, {path.string(), *date.value, {}});
}

}  // namespace ketensim::loader

#include "tools/cli/quarter/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "scenarios/loader/csv.hpp"
#include "scenarios/loader/source.hpp"
#include "tools/results/csv.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* kStagesFile = "stages.csv";
constexpr std::string_view kHeader = "stage,role,name,fingerprint\n", kGround = "stands_on", kMade = "made";
constexpr std::size_t kColumns = 4, kPiece = std::size_t{1} << 16;  // bytes read at a time

/// What is there in one place and not, or otherwise, in the other; empty if nothing.
std::string differing(const std::vector<Ground>& before, const std::vector<Ground>& now) {
  for (const Ground& ground : now)
    if (std::find(before.begin(), before.end(), ground) == before.end()) return ground.name;
  for (const Ground& ground : before)
    if (std::find(now.begin(), now.end(), ground) == now.end()) return ground.name;
  return "";
}

}  // namespace

std::string fingerprint_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || fs::is_directory(path, error)) return "";
  loader::Fingerprint fingerprint;
  std::string piece(kPiece, '\0');
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
    fingerprint.add(std::string_view(piece.data(), static_cast<std::size_t>(file.gcount())));
  return file.bad() ? "" : fingerprint.text();
}

Ground ground_of(const fs::path& file) { return {file.filename().string(), fingerprint_of(file)}; }

std::vector<Ground> made_in(const fs::path& folder) {
  std::vector<Ground> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || !entry.is_regular_file(error)) continue;
    files.push_back(ground_of(entry.path()));
  }
  std::sort(files.begin(), files.end(), [](const Ground& a, const Ground& b) { return a.name < b.name; });
  return files;
}

Standing::Standing(fs::path folder) : folder_(std::move(folder)) {
  std::ifstream file(folder_ / kStagesFile, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!text.starts_with(kHeader)) return;  // none, or of another version: everything is done anew
  loader::Diagnostics diagnostics;
  const std::vector<loader::CsvRow> rows = loader::read_csv(text, 0, diagnostics);
  if (diagnostics.any_error()) return;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const std::vector<loader::CsvCell>& cells = rows[row].cells;
    if (cells.size() != kColumns) continue;
    Done& stage = stages_[cells[0].text];
    (cells[1].text == kGround ? stage.grounds : stage.made).push_back({cells[2].text, cells[3].text});
  }
}

std::string Standing::doubt(const std::string& stage, const std::vector<Ground>& grounds, const fs::path& out) const {
  const auto found = stages_.find(stage);
  if (found == stages_.end()) return "not done before";
  if (const std::string other = differing(found->second.grounds, grounds); !other.empty())
    return fmt::format("{} is not what it was", other);
  const std::vector<Ground> now = made_in(out);
  for (const Ground& made : found->second.made)
    if (std::find(now.begin(), now.end(), made) == now.end())
      return fmt::format("{} is not as it was made", (out / made.name).string());
  return "";
}

void Standing::done(const std::string& stage, std::vector<Ground> grounds, const fs::path& out) {
  stages_[stage] = {std::move(grounds), made_in(out)};
  std::string text(kHeader);
  for (const auto& [name, of] : stages_)
    for (const auto& [role, rows] : {std::pair(kGround, &of.grounds), std::pair(kMade, &of.made)})
      for (const Ground& row : *rows)
        text += fmt::format("{},{},{},{}\n", name, role, csv_field(row.name), row.fingerprint);
  OutputFolder folder(folder_);
  folder.add(kStagesFile, text);
  folder.commit();
}

}  // namespace ketensim::cli

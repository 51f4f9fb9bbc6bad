#include "tools/results/constraint_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

CsvTable read(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw IoError(fmt::format("cannot read {}", path.string()));
  return {path.string(), "constraint", text};
}

}  // namespace

ConstraintFiles read_constraint_files(const std::filesystem::path& folder) {
  ConstraintFiles files;
  files.pools = read(folder / "constraint.csv");
  if (files.pools.empty()) return files;
  files.steps = read(folder / "steps.csv");
  files.buffers = read(folder / "buffers.csv");
  files.causes = read(folder / "causes.csv");
  return files;
}

}  // namespace ketensim

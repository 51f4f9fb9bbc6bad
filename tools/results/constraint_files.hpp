#pragma once

#include <filesystem>
#include <string>

#include "tools/results/csv_table.hpp"

namespace ketensim {

/// What `constraint` wrote of scenarios; empty where it was not asked for.
struct ConstraintFiles {
  CsvTable pools, steps, buffers, causes;
};

/// Reads them from a folder: no pools where there is no constraint.csv. Throws InputError and IoError.
ConstraintFiles read_constraint_files(const std::filesystem::path& folder);

}  // namespace ketensim

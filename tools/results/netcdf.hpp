#pragma once

#include <filesystem>
#include <string>

#include "tools/results/study.hpp"

namespace ketensim {

/// results.nc as bytes: netCDF-4 with every figure of every replication, and what is needed to make the tables and the
/// report again. OUTPUT.md describes it. Equal studies give equal bytes.
std::string netcdf_image(const Study& study);
/// The same as a file, of which only a part is in memory at a time. Throws IoError.
void write_netcdf(const Study& study, const std::filesystem::path& path);

/// Reads what netcdf_image() made. Throws IoError if the file cannot be read, and InputError if it is damaged or
/// something else.
Study study_from_netcdf(const std::filesystem::path& path);

}  // namespace ketensim

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/calibration.hpp"
#include "tools/cli/options.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {

/// The options by which every verb reads deliveries: `--data`, `--seed`, `--threads`, `--min-cell` and `--quiet`.
void add_delivery_options(po::options_description& options);

/// The import file that was typed, and the deliveries in the folder of `--data`. Prints what is wrong or suspect;
/// throws InputError if any of it is an error.
ImportPlan read_import(const Arguments& arguments, std::string_view verb);
/// The folder of the deliveries: that of `--data`, or where the import file stands.
std::filesystem::path data_folder(const Arguments& arguments);
Monitor read_deliveries(const ImportPlan& plan, const Arguments& arguments);

/// The options above as they stand for a calibration.
CalibrationOptions calibration_options(const Arguments& arguments);

/// The folder of `--out`, made at once; none where it was not typed.
std::unique_ptr<OutputFolder> output_folder(const Arguments& arguments);

/// The day that an option names, from `first` to `last`; throws InputError for anything else.
std::optional<Date> day_of(const Arguments& arguments, const std::string& option, Date first, Date last);

/// Throws InputError with every reason why the deliveries do not give what was asked.
void check_made(const std::string& what, const std::vector<std::string>& problems);

}  // namespace ketensim::cli

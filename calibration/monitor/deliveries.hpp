#pragma once

#include <filesystem>
#include <vector>

#include "calibration/monitor/raw.hpp"

namespace ketensim::monitor {

/// Reads one file of a delivery, and adds its rows. Throws BadFile.
void read_delivery(Raw& raw, std::size_t delivery, const std::filesystem::path& file,
                   std::vector<Diagnostic>& diagnostics);

/// Reads one file of capacity. Throws BadFile.
void read_capacity(Raw& raw, const CapacityPlan& plan, const std::filesystem::path& file);

/// Joins the events that were read since `first` (a row with one moment each) to visits: per child, case and step the
/// earliest start goes to the earliest receipt that has none, and the earliest end to the earliest start.
void join_events(Raw& raw, std::size_t first);

/// The number of a step by its name within its organisation; the step is made if it is new.
std::int32_t step_number(Raw& raw, const std::string& organisation, std::string_view name);

}  // namespace ketensim::monitor

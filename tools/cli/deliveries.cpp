#include "tools/cli/deliveries.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>

#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

/// Prints what is wrong; throws InputError if any of it is an error.
void tell(const std::vector<Diagnostic>& diagnostics, bool quiet) {
  int errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool error = diagnostic.severity == Problem::Severity::error;
    errors += error ? 1 : 0;
    if (error || !quiet) fmt::print(stderr, "{}\n", diagnostic.text());
  }
  if (errors > 0) throw InputError(fmt::format("{} error{}", errors, errors == 1 ? "" : "s"));
}

}  // namespace

void add_delivery_options(po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                         //
      ("data", text("DIR"), "folder of the deliveries (default: where the import file stands)")                 //
      ("seed", text("S"), "seed of all draws (default 1)")                                                      //
      ("threads", text("T"), "use T threads (default: all); the results do not depend on it")                   //
      ("min-cell", text("N"), "tell no number of cases below N, and round others to 5 (default 10; 1: exact)")  //
      ("quiet", "print nothing but errors");
}

ImportPlan read_import(const Arguments& arguments, std::string_view verb) {
  if (arguments.files().size() != 1) throw InputError(fmt::format("{}: name one import file", verb));
  LoadedImport import = load_import(arguments.files().front());
  tell(import.diagnostics, arguments.has("quiet"));
  return std::move(import.plan);
}

std::filesystem::path data_folder(const Arguments& arguments) {
  const std::filesystem::path beside = std::filesystem::path(arguments.files().front()).parent_path();
  return arguments.text("data").value_or(beside.empty() ? "." : beside.string());
}

Monitor read_deliveries(const ImportPlan& plan, const Arguments& arguments) {
  MonitorRead read = read_monitor(plan, data_folder(arguments));
  tell(read.diagnostics, arguments.has("quiet"));
  return std::move(read.monitor);
}

CalibrationOptions calibration_options(const Arguments& arguments) {
  CalibrationOptions options;
  options.seed = arguments.number("seed", 0, INT64_MAX).value_or(1);
  options.threads = static_cast<int>(arguments.number("threads", 1, 1024).value_or(0));
  options.min_cell = static_cast<int>(arguments.number("min-cell", 1, 1000).value_or(10));
  return options;
}

std::unique_ptr<OutputFolder> output_folder(const Arguments& arguments) {
  const auto out = arguments.text("out");
  if (!out) return nullptr;
  if (out->empty()) throw InputError("--out: expected a folder");
  return std::make_unique<OutputFolder>(*out);
}

std::optional<Date> day_of(const Arguments& arguments, const std::string& option, Date first, Date last) {
  const auto typed = arguments.text(option);
  if (!typed) return std::nullopt;
  const std::optional<Date> day = parse_iso_date(*typed);
  if (!day) throw InputError(fmt::format("--{}: expected a date such as 2023-12-31, not '{}'", option, *typed));
  if (*day < first || *day > last)
    throw InputError(fmt::format("--{}: {} lies outside what was delivered: from {} to {}", option, *typed,
                                 iso_date(first), iso_date(last)));
  return day;
}

void check_made(const std::string& what, const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  std::string all;
  for (const std::string& problem : problems) all += fmt::format("\n  {}", problem);
  throw InputError(fmt::format("no {} can be made of these deliveries:{}", what, all));
}

}  // namespace ketensim::cli

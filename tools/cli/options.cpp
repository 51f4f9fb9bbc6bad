#include "tools/cli/options.hpp"

#include <fmt/format.h>

#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>
#include <charconv>
#include <cmath>

#include "ketensim/scenario.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

/// An option is written in full: what a prefix stands for would change with every option that is added.
constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;

std::string unknown_option(const std::string& name, const po::options_description& options) {
  std::vector<std::string> known;
  for (const auto& option : options.options()) known.push_back("--" + option->long_name());
  const std::string nearest = nearest_name(name, known);
  return fmt::format("unknown option {}{}", name, nearest.empty() ? "" : fmt::format(" (did you mean {}?)", nearest));
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const po::options_description& options) {
  po::options_description all(options);
  all.add_options()("files", po::value<std::vector<std::string>>(&files_));
  po::positional_options_description positional;
  positional.add("files", -1);
  try {
    po::store(po::command_line_parser(words).options(all).positional(positional).style(kStyle).run(), values_);
    po::notify(values_);
  } catch (const po::unknown_option& error) {
    throw InputError(unknown_option(error.get_option_name(), options));
  } catch (const po::error& error) {
    throw InputError(error.what());
  }
}

std::optional<std::string> Arguments::text(const std::string& option) const {
  if (!has(option)) return std::nullopt;
  return values_[option].as<std::string>();
}

std::vector<std::string> Arguments::texts(const std::string& option) const {
  return has(option) ? values_[option].as<std::vector<std::string>>() : std::vector<std::string>();
}

std::optional<double> Arguments::positive(const std::string& option) const {
  const std::optional<std::string> given = text(option);
  if (!given) return std::nullopt;
  double value = 0.0;
  const char* const end = given->data() + given->size();
  const auto [stopped, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc() || stopped != end || !std::isfinite(value) || value <= 0.0)
    throw InputError(fmt::format("--{}: expected a number above 0, not '{}'", option, *given));
  return value;
}

std::optional<std::uint64_t> Arguments::number(const std::string& option, std::uint64_t low, std::uint64_t high) const {
  const std::optional<std::string> given = text(option);
  if (!given) return std::nullopt;
  std::uint64_t value = 0;
  const char* const end = given->data() + given->size();
  const auto [stopped, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc() || stopped != end || value < low || value > high)
    throw InputError(fmt::format("--{}: expected a whole number from {} to {}, not '{}'", option, low, high, *given));
  return value;
}

}  // namespace ketensim::cli

#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ketensim::cli {

namespace po = boost::program_options;

/// What was typed after a verb: files (or folders), and options by name.
class Arguments {
 public:
  /// Throws InputError, with the nearest known option, where the words do not fit.
  Arguments(const std::vector<std::string>& words, const po::options_description& options);

  const std::vector<std::string>& files() const { return files_; }
  bool has(const std::string& option) const { return values_.count(option) > 0; }
  std::optional<std::string> text(const std::string& option) const;
  /// Of an option that may be given more than once.
  std::vector<std::string> texts(const std::string& option) const;
  /// A whole number from `low` to `high`; throws InputError for anything else.
  std::optional<std::uint64_t> number(const std::string& option, std::uint64_t low, std::uint64_t high) const;
  /// A finite number above 0; throws InputError for anything else.
  std::optional<double> positive(const std::string& option) const;

 private:
  std::vector<std::string> files_;
  po::variables_map values_;
};

}  // namespace ketensim::cli

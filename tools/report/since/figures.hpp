#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ketensim::report {

/// A figure of a chain file as the remark beside it tells: in three digits.
struct EstimatedFigure {
  std::string path;                              // `steps/VTT.triage/duration`
  double estimate = 0.0, low = 0.0, high = 0.0;  // the 95% interval

  /// Whether a later estimate lies beyond the interval, by more than what three digits leave out.
  bool excludes(double later) const;
};

/// The figures of a YAML file by the remarks of `calibrate`, in the order of the file; nothing where it is no YAML.
std::vector<EstimatedFigure> estimated_figures(const std::string& yaml);

/// Every value of a YAML file by its path; list items by their `id` or `name`, else by number from 1.
std::map<std::string, std::string> values_of(const std::string& yaml);

}  // namespace ketensim::report

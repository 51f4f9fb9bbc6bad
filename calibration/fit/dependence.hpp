#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calibration/fit/fitted.hpp"

namespace ketensim::fit {

/// On what durations are let depend.
struct Design {
  bool working_days = false;
  std::int32_t attribute = -1;                    // -1: all cases are one part
  std::vector<std::vector<std::int32_t>> values;  // of each part; the last also takes the values named nowhere
  double worsens_after = -1.0;                    // negative: not looked at
  bool trend = false;
  double trend_origin = 0.0;

  int parts() const { return attribute < 0 ? 1 : static_cast<int>(values.size()); }
  std::int32_t part_of(const DurationCase& c) const;
};

std::vector<Datum> data_of(std::span<const DurationCase> cases, const Design& design);

/// A design with the model that was fitted under it.
struct Chosen {
  Design design;
  Fitted fitted;
  double trend_weight = 1.0;  // DurationFit's
};

/// Adds the dependences that a likelihood-ratio test at `level` and BIC both ask for, one after the other: the
/// attribute that divides best, worsening after a wait, a trend. Says in `notes` what it kept.
Chosen add_dependence(std::span<const DurationCase> cases, Chosen base, const FitOptions& options,
                      std::vector<std::string>& notes);

/// How many times as long it takes where twice as many are present, if a likelihood-ratio test and BIC ask for it; a
/// duration that has a trend is not tried, since load grows with time.
std::optional<Estimate> effect_of_load(std::span<const DurationCase> cases, const Chosen& base,
                                       const FitOptions& options, std::vector<std::string>& notes);

}  // namespace ketensim::fit

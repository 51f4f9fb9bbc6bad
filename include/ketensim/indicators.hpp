#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/flows.hpp"
#include "ketensim/scenario.hpp"
#include "ketensim/value_file.hpp"

namespace ketensim {

/// One row of the table of indicators: a figure per organisation, step and period.
struct IndicatorKind {
  std::string_view name;       // as in indicators.csv
  std::string_view unit;       // "cases", "days", "slots", "1" (a fraction)
  std::string_view long_name;  // one English phrase
};
std::span<const IndicatorKind> indicator_kinds();

/// Up to how many days those wait whom each of `queue_to_1w queue_to_4w queue_to_13w` counts, and not the one before;
/// `queue_over_13w` counts the others. Of the wait at the step so far, in calendar days.
inline constexpr std::array kWaitBands{7.0, 28.0, 91.0};

/// One figure of the results: an indicator at a place. `step` is bare (`research`); `all` is an organisation's total;
/// organisation `chain` with step `all` is the chain's own.
struct Figure {
  std::string organisation, step;
  std::size_t indicator;  // row of indicator_kinds()
};

/// A reported period: [from, until).
struct ReportedPeriod {
  std::string label;  // first day as ISO, or `2024-Q1`, or `all`
  Date from, until;
};

/// What every replication of one scenario gave: value(replication, figure, period), NaN where undefined there
/// (a mean or share without cases).
struct Results {
  std::string scenario, name;  // id and name for people
  std::string text;            // provenance
  std::uint64_t seed = 0;
  int replications = 0;
  int first_replication = 0;    // the number of the first: above 0 where what comes before was simulated elsewhere
  std::vector<Figure> figures;  // in the order of the output: organisations as in the file, `chain` last
  std::vector<ReportedPeriod> periods;  // first the periods of `report`, then longer ones: quarters, `all`
  std::size_t base_periods = 0;         // how many belong to `report`
  std::vector<double> values;           // [replication][figure][period]; empty where they are in `file`
  std::shared_ptr<ValueFile> file;      // where they are too many for memory (see RunOptions)
  Flows flows;                          // where cases went
  std::string cases_csv;                // case log rows of the first replications, if asked for
  std::string cases_header;             // the names of their columns: one line, empty if not asked for
  double events = 0.0;                  // station visits begun and ended, all replications, for benchmarks

  std::size_t row_size() const { return figures.size() * periods.size(); }
  double value(int replication, std::size_t figure, std::size_t period) const {
    const auto row = static_cast<std::size_t>(replication);
    const std::size_t column = figure * periods.size() + period;
    return file ? file->at(row, column) : values[row * row_size() + column];
  }
  /// All of one replication: [figure][period].
  void read(int replication, double* into) const {
    const auto row = static_cast<std::size_t>(replication);
    if (file)
      file->read(row, into);
    else
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(row * row_size()), row_size(), into);
  }
  /// Index of a figure, or npos.
  std::size_t find(std::string_view organisation, std::string_view step, std::string_view indicator) const;
  std::size_t find_period(std::string_view label) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// A figure over replications: mean with its standard error, and the spread between futures.
/// Replications where the figure is undefined are skipped; `se` is NaN below two; all NaN if none is defined.
struct Summary {
  double mean, se, p05, p25, p50, p75, p95;
  int defined;
};

/// Quantiles are type 7 of Hyndman and Fan (1996). `values` is reordered.
Summary summarise(std::span<double> values);
Summary summarise(const Results& results, std::size_t figure, std::size_t period);

}  // namespace ketensim

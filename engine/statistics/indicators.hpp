#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "engine/kernel/model.hpp"
#include "ketensim/indicators.hpp"

namespace ketensim {

/// What is summed per step and cell. Every figure over a longer period comes from sums of these.
struct StepSums {
  double inflow = 0, started = 0, ended = 0, left = 0;
  double wait = 0, lead = 0;               // days, of those started and of those ended
  double norm_met = 0, wait_norm_met = 0;  // cases
  double queue_area = 0, wip_area = 0;     // case-days
  double held_area = 0;                    // case-days of those who are held before a limit
  double queue_end = 0, wip_end = 0, held_end = 0;
  std::array<double, kWaitBands.size() + 1> queue_end_for{};  // of `queue_end`, by how long they have waited

  void add(const StepSums& other);
};

struct PoolSums {
  double busy_area = 0, slots_area = 0;  // slot-days
  double fte_area = 0;                   // fte-days at work
};

struct BorderSums {
  double in = 0, out = 0;  // cases that come from, or go to, another organisation or outside
};

struct ChainSums {
  double inflow = 0, outflow = 0, returns = 0;
  double lead = 0, waited = 0;     // days, of those who left the chain
  double seen = 0;                 // days of their lead times in which they waited or are known not to have
  double helped = 0, to_help = 0;  // cases, and days from first report
  double open_end = 0;
  double euros = 0;  // that levers cost

  /// Adds the sums of a later cell: what stands at the end is that cell's.
  void add(const ChainSums& later);
};

/// 0.5 and 0.9 quantiles (days).
struct PlaceQuantiles {
  double wait_p50 = 0, wait_p90 = 0, lead_p90 = 0, to_help_p90 = 0;
};

/// Everything known of a place in a period.
struct PlaceSums {
  double days = 0;
  double in = 0, out = 0;  // cases that come and go: of a step, across an organisation's border, or of the chain
  StepSums steps;
  PoolSums pool;
  ChainSums chain;
  PlaceQuantiles quantiles;
};

/// Where figures are reported: a step, the same step over the members of a `per:` organisation, an organisation (or
/// such a total), or the chain.
struct Place {
  enum class Kind { step, organisation, chain };
  Kind kind = Kind::step;
  std::string organisation, step;
  std::vector<std::uint32_t> steps, organisations, pools;
  bool has_pool = false, has_fte = false, has_norm = false, has_wait_norm = false;  // of steps, or of any of the chain
  bool has_help = false, has_returns = false;                                       // of the chain
};

/// Which figures are reported for which periods, and how they follow from the cells.
struct Layout {
  struct Range {
    std::size_t first, last;  // cells [first, last)
  };
  std::vector<Place> places;
  std::vector<Figure> figures;
  std::vector<std::size_t> place_of;  // per figure
  std::vector<ReportedPeriod> periods;
  std::vector<Range> ranges;          // per period
  std::vector<std::size_t> level_of;  // per period: base 0, quarters, all
  std::size_t levels = 0, base_periods = 0;
  std::vector<Date> cells;  // boundaries, including start and end

  std::size_t size() const { return figures.size() * periods.size(); }
};

/// The periods of a scenario, and the cells of which each is a run.
Layout lay_out_periods(const Period& period);
/// Adds places and figures.
void lay_out_figures(const Model& model, Layout& layout);

/// The value of a row of indicator_kinds() for a place; NaN where undefined.
double indicator_value(std::size_t indicator, const PlaceSums& sums);

}  // namespace ketensim

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/compare.hpp"
#include "tools/report/phrases.hpp"
#include "tools/results/study.hpp"

namespace ketensim::report {

/// A step in a table.
struct Place {
  std::string organisation, step;
};

/// The steps worth a row: members of a group stand under its total, unless there are few of them or all are wanted.
std::vector<Place> shown_places(const Study& study, const Results& results, bool all_members);

/// The period of the report as a whole.
std::size_t whole_period(const Results& results);

/// All NaN where the place has no such figure.
Summary figure_at(const Results& results, const Place& place, std::string_view indicator, std::size_t period);
Summary effect_at(const Results& baseline, const Results& alternative, const Place& place, std::string_view indicator,
                  std::size_t period);

/// Further from zero than four standard errors: no chance.
bool stands_out(const Summary& effect);

/// Stands out, and is at least a hundredth of the baseline's figure: worth a reader's time.
bool noticeable(const Summary& effect, const Summary& baseline);

/// Whether not one figure of any replication differs.
bool identical(const Results& baseline, const Results& alternative);

/// Where and when the queue is furthest above the baseline's.
struct Rise {
  Place place;
  std::size_t period;
  Summary extra;
};
std::vector<Rise> rises(const Results& baseline, const Results& alternative, const std::vector<Place>& places);

/// The bursts at shown places that are not dwarfed by the largest, and how many are.
struct ShownBursts {
  std::vector<Burst> bursts;
  std::size_t left_out = 0;
};
ShownBursts shown_bursts(const Results& baseline, const Results& alternative, const std::vector<Place>& places);

/// How an indicator of the output becomes a figure for people.
enum class Scale { plain, percent, per_year };
double factor_of(Scale scale, const ReportedPeriod& period);

/// A column of a table of steps, or a row of the chain's own figures.
struct Column {
  std::string_view indicator;
  Phrase header;
  Phrase unit;
  Scale scale = Scale::plain;
  bool interval = false;  // shown with the error of its mean
};
std::span<const Column> step_columns();
std::span<const Column> difference_columns();
std::span<const Column> chain_figures();
std::span<const Column> overview_columns();

/// What levers cost, in euros: the same in every future.
bool is_cost(const Column& column);

/// Costs are told only where there are any.
bool is_told(const Column& column, const Results& results);

}  // namespace ketensim::report

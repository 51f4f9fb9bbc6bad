#pragma once

#include "tools/report/study/view.hpp"

namespace ketensim::report {

/// An indicator that is drawn over time.
struct CourseKind {
  std::string_view indicator;
  StudyPhrase title;
  bool share = false;   // a fraction
  bool at_end = false;  // of the last day of a period; else of all of it
};

/// The course of one indicator at one place in the scenarios named, the first with a band; two have one each.
Chart course(const StudyView& view, const Place& place, const CourseKind& kind,
             const std::vector<std::size_t>& scenarios, bool small);

/// The scenarios as the lines of a legend.
std::vector<ChartSeries> legend_of(const StudyView& view, const std::vector<std::size_t>& scenarios);

/// What partners delivered, as a row of dots without any.
ChartSeries delivered(const StudyView& view);

/// The children in the chain over time.
void put_children(Page& page, const StudyView& view);

/// Queue, wait and norms of a place as small charts beside each other; those that there are.
void put_courses(Page& page, const StudyView& view, const Place& place, const std::vector<std::size_t>& scenarios);
/// Whether there are any.
bool has_courses(const StudyView& view, const Place& place);

/// Whether there is a course at all: more than one period.
bool over_time(const StudyView& view);

}  // namespace ketensim::report

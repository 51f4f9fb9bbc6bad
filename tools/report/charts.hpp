#pragma once

#include <string>
#include <vector>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// One row of points. Where `low` and `high` are given, each point has an interval: a band along a line.
struct ChartSeries {
  enum class Kind { dots, line, steps, bars };
  std::string name;
  Kind kind = Kind::line;
  std::vector<double> x,
      y;  // x: days since 1970-01-01 over time, numbers of categories for shares and amounts; NaN: a hole
  std::vector<double> low, high;
  bool second = false;  // in a panel of its own under the first
  int look = -1;        // colour, dashes and symbol, by number; -1: by its place in the chart
};

/// Looks of parts of a whole that are called after a colour.
inline constexpr int kRedLook = 4, kYellowLook = 5, kGreenLook = 6;

/// A time with a name of its own, [from, until); `until` at or before `from`: a moment.
struct ChartMark {
  double from = 0.0, until = 0.0;
  std::string name;
};

/// What page/charts.js draws: points and what they are called, nothing on how they look.
struct Chart {
  /// `shares` and `amounts`: a point with its interval for each category.
  enum class Kind { over_time, curve, shares, amounts };
  Kind kind = Kind::curve;
  Language language = Language::nl;
  bool small = false;    // one of many alike
  bool legend = true;    // names its lines; else Page::legend() does
  bool share = false;    // y is a fraction
  bool stacked = false;  // its lines are parts of a whole, from the bottom up; looks 0 to 3 from dark to light
  std::string title;
  std::string sentence;  // what there is to see, for who can't see it
  std::string x_name, y_name, second_name;
  std::vector<std::string> categories;  // of shares and amounts, from the top
  std::vector<ChartSeries> series;
  std::vector<ChartMark> marks;
};

/// JSON that may stand within a script element, where only `<` could begin something else.
std::string inlined(const std::string& json);
/// Five digits are more than a screen tells apart.
double drawn_number(double value);

/// The chart as JSON that may stand within a script element: no `<` occurs in it.
std::string json_of(const Chart& chart);
/// What lines stand for, as JSON alike.
std::string json_of(const std::vector<ChartSeries>& legend);

}  // namespace ketensim::report

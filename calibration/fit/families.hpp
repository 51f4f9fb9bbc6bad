#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

inline constexpr int kMostShapes = 4;

/// Of a family with mean 1: the shares below and above z, their derivatives by the shapes, and the density by log z.
struct UnitShares {
  double log_below = 0.0, log_above = 0.0;
  double log_density = 0.0;                          // log of z f(z)
  std::array<double, kMostShapes> below{}, above{};  // d log_below, d log_above by each shape
};

/// How a shape on the scale without bounds is written in a chain file.
enum class Link { log, logit };
struct Shape {
  std::string_view name;
  Link link;
  double least, most;  // on the scale without bounds
  bool whole = false;  // a whole number, as the phases of an Erlang distribution
};

/// A family of durations, each the mean times a variable of mean 1. A new one is a row of families() and its shares.
struct Family {
  DurationFamily row;
  std::span<const Shape> shapes;
  void (*shares)(double z, const double* shapes, UnitShares& out);
  /// Shapes to start from, for durations with this coefficient of variation.
  void (*start)(double cv, double* shapes);
  /// As chain files write it; `mean` in days.
  Distribution (*distribution)(double mean, const double* shapes);
};

std::span<const Family> families();
const Family* family_named(std::string_view name);

double natural(Link link, double shape);
double natural_slope(Link link, double shape);

}  // namespace ketensim::fit

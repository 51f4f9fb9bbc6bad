#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim {

/// How many of a partner's rows the cleaning touched; NaN: too few to be told, but some.
struct PartnerQuality {
  std::string partner;
  double rows = 0.0;                                  // as delivered
  double touched = 0.0;                               // by any rule
  std::vector<std::pair<std::string, double>> rules;  // that touched any, by their names
};

/// quality.csv, `partner,rule,rows,touched`: of each partner first the rule `any`. Rows under `min_cell` are not told,
/// others are rounded to 5.
std::string quality_csv(const Monitor& monitor, int min_cell);

/// The partners of a quality.csv, in its order. Throws InputError where it is none.
std::vector<PartnerQuality> read_quality(const std::string& text);

}  // namespace ketensim

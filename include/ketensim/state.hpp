#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/time.hpp"

namespace ketensim {

/// A row of `state.csv`: a case that is open, or that left so recently that the child may still come back. Moments are
/// days since 1970-01-01; NaN: not (yet).
struct OpenCase {
  std::string child, family, case_id;
  double first_received = std::numeric_limits<double>::quiet_NaN();  // of the case, at its first step
  std::string step;                                                  // ORGANISATION.name, of a member where there are
  double received = std::numeric_limits<double>::quiet_NaN();
  double started = std::numeric_limits<double>::quiet_NaN();    // NaN: waiting
  double ended = std::numeric_limits<double>::quiet_NaN();      // on its way to `next`, or out
  std::string next;                                             // a step, `out`, or empty: not known
  std::vector<std::pair<std::string, std::string>> attributes;  // those that are known
  int line = 0;                                                 // in its file
};

/// The cases of a chain at the end of a day, `snapshot`.
struct ChainState {
  std::string file;
  Date snapshot{};
  std::vector<OpenCase> cases;
};

}  // namespace ketensim

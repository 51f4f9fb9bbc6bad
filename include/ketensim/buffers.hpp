#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// How far the open cases at a step are into its norm, at the end of a period: green in the first third, yellow in the
/// second, red from there on, late beyond the norm. (Buffer management of the theory of constraints; here the buffer
/// is the time that the norm gives.) Numbers of cases; summaries over replications.
struct Buffer {
  std::string organisation, step;
  std::string_view norm;  // `lead_time`, `wait` or `service`
  std::string period;     // at whose end; `all`: mean over the ends of all periods
  Summary open, green, yellow, red;
  Summary late;       // of the red
  Summary red_share;  // of the open; undefined where there are none
  /// Why the red are red: they still wait; they are served, and would not be red without their wait; their service
  /// alone has taken two thirds of the norm.
  Summary waiting, waited, service;
};

struct BufferOptions {
  int threads = 0;
  std::function<void(int done, int total)> progress;
};

/// Every step with a norm (members of `per:` organisations apart), norm and period of the report, and `all` last. The
/// norm is the one that holds at the end of the period, by the clock that it is given in.
std::vector<Buffer> buffers(const Scenario& scenario, const BufferOptions& options = {});

}  // namespace ketensim

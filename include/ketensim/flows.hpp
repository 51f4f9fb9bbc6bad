#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ketensim {

/// A way that cases go: from a step to the next.
struct Way {
  std::string from, to;  // `VTT.triage`; from kReported or kReturned into the chain, to kOut from it

  static constexpr std::string_view kReported = "in";    // of a child that is reported
  static constexpr std::string_view kReturned = "back";  // of a child that was in the chain before
  static constexpr std::string_view kOut = "out";

  auto operator<=>(const Way&) const = default;
};

/// How many cases went each way, in every replication of a scenario, over all that it reports. A case has gone when it
/// is received at the step that it goes to: what comes to a step is its `inflow`.
struct Flows {
  std::vector<Way> ways;              // in the order of their names; each went someone in some replication
  std::vector<std::uint32_t> counts;  // [replication][way]

  std::uint32_t count(int replication, std::size_t way) const {
    return counts[static_cast<std::size_t>(replication) * ways.size() + way];
  }
};

/// The flows of one scenario whose replications were simulated in two parts; of so many replications each.
Flows joined(const Flows& first, int first_replications, const Flows& second, int second_replications);

}  // namespace ketensim

#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "calibration/monitor/codes.hpp"
#include "calibration/monitor/rules.hpp"
#include "ketensim/monitor.hpp"

namespace ketensim::monitor {

/// The three moments of a visit, in order.
enum Which : std::size_t { kReceived, kStarted, kEnded };
inline constexpr std::size_t kMoments = 3;
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::array<const char*, kMoments> kMomentNames{"received", "started", "ended"};

/// A row as it was delivered, before cleaning.
struct RawVisit {
  std::int32_t child = kUnknown, family = kUnknown, case_id = kUnknown, organisation = kUnknown, step = kUnknown;
  std::int32_t outcome = kUnknown, next = kUnknown;
  std::array<double, kMoments> at{kMissing, kMissing, kMissing};
  double ended_latest = kMissing;  // where `ended` is missing, and cleaning found until when it may have been
  std::int32_t file = 0, line = 0;
  std::int16_t delivery = 0;
  std::int16_t partner = 0;
  bool withdrawn = false;
  bool has_outcome = false;        // whatever it means: the case has left the step
  bool started_was_wrong = false;  // a date was there, and could not be kept
  bool rejected = false;

  bool has(Which which) const { return !std::isnan(at[which]); }
};

/// A code that nobody knows, of the attribute that tells the organisation: the child's other rows may tell it.
struct UnknownMember {
  std::size_t visit, repair, attribute;
};

/// What reading a delivery teaches about it.
struct DeliveryFacts {
  std::array<bool, kMoments> has_column{};
  std::array<unsigned char, kMoments> finest{};
  bool follows = false;  // it has no outcomes
  bool any = false;      // a file of it was read
};

/// Everything that was read, and the ledger so far.
struct Raw {
  const ImportPlan* plan = nullptr;
  Interner children, families, case_ids, organisations, outcomes, steps;  // steps by full name
  std::vector<std::string> attributes;
  std::vector<Interner> attribute_values;
  std::vector<RawVisit> visits;
  std::vector<std::int32_t> values;  // visit by visit
  std::vector<MonitorCapacity> capacity;
  std::vector<std::string> files;
  std::vector<DeliveryFacts> facts;  // by delivery
  std::vector<UnknownMember> unknown_members;
  std::vector<Repair> repairs;
  std::vector<std::size_t> rows;  // delivered, by partner
  struct Touched {
    std::size_t rows = 0;
    std::int32_t file = kUnknown, line = kUnknown;  // of the last row: a rule counts each once
  };
  std::vector<std::vector<Touched>> touched;  // by partner and rule

  std::int32_t& value(std::size_t visit, std::size_t attribute) {
    return values[visit * attributes.size() + attribute];
  }
  /// The attribute that tells the members of a partner; npos: it has none.
  std::size_t member_attribute(std::size_t partner) const;
  /// Writes a row of the ledger, and counts it.
  std::size_t note(const RawVisit& visit, Rule rule, std::string old_value, std::string new_value);
};

}  // namespace ketensim::monitor

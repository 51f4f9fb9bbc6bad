#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibration.hpp"
#include "ketensim/scenario.hpp"

// What the partners of a simulated chain deliver, as partners do: dates in files of their own, with dirt.
namespace ketensim::partners {

/// A row as it was registered. Days are counted since 1970-01-01.
struct Row {
  std::string child, family, organisation, step;  // the member; `GI.intake`
  std::string case_id;                            // which partners do not deliver
  std::map<std::string, std::string> attributes;
  int received = 0;
  std::optional<int> started, ended;
  std::string outcome;  // a step, `out`, `withdrawn`, or empty
};

/// Shares of rows.
struct Dirt {
  double duplicated = 0.01;        // row for row
  double without_start = 0.01;     // of those that ended
  double a_year_off = 0.003;       // the end, as in January
  double swapped = 0.003;          // day and month of the start or the end, where that is a date
  double unknown_code = 0.003;     // the outcome or the urgency
  double delivered_again = 0.003;  // first as it stood when the work had not ended
};
inline constexpr Dirt kNone{0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

/// Every visit of one replication.
std::vector<Row> registered(const Scenario& scenario, int replication = 0);

/// The rows as they stand at the end of `snapshot`, of what was not over before `from`.
std::vector<Row> known(const std::vector<Row>& rows, Date from, Date snapshot);

/// The cases as they truly stand at the end of `snapshot`, hidden attributes and all; of the children who left, those
/// who did within `returning` days.
ChainState standing(const std::vector<Row>& registered, Date snapshot, int returning);

std::vector<Row> soiled(std::vector<Row> rows, const Dirt& dirt, std::uint64_t seed);

/// The files of a delivery and the import file that describes them.
struct Delivery {
  std::string import;
  std::vector<std::pair<std::string, std::string>> files;
};
Delivery delivered(const Scenario& scenario, const std::vector<Row>& rows, Date from, Date snapshot);

/// Deliveries as read from a folder. Throws std::runtime_error with what was said if there are errors.
struct Read {
  ImportPlan plan;
  Monitor monitor;
  Linked linked;
};
Read read(const Delivery& delivery);

}  // namespace ketensim::partners

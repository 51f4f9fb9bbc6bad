#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ketensim/chain.hpp"
#include "ketensim/load.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

// ---- The import file: what the deliveries look like ----

enum class Encoding { utf8, latin1, windows_1252 };

/// A moment as a column writes it: one of the rows of date_formats(), any day of which may be followed by a time.
struct DateFormat {
  enum class Order { year_month_day, day_month_year, month_day_year, year_month };
  std::string_view name;  // `dd-mm-yyyy`
  Order order;
  char separator;  // '\0': none
};
std::span<const DateFormat> date_formats();

/// Code and what it stands for. Compared trimmed and without case; `48*` stands for every code that begins so. The
/// longest that fits decides.
using Codes = std::vector<std::pair<std::string, std::string>>;

/// What an outcome means for the case.
struct OutcomePlan {
  std::string code;
  std::string to;          // a step of the chain, or `out`
  bool withdrawn = false;  // it left the queue: the step has not started
};

struct AttributePlan {
  std::string name, column;
  Codes codes;  // empty: the values are taken as they stand, trimmed
};

/// One kind of file that a partner delivers.
struct DeliveryPlan {
  enum class Kind { csv, xes };
  Kind kind = Kind::csv;
  std::vector<std::string> files;  // names or patterns (`vtt-*.csv`); each also as .gz; later ones correct earlier ones
  char separator = ',';
  Encoding encoding = Encoding::utf8;
  std::vector<const DateFormat*> dates;
  bool utc = false;  // moments with a zone are moved to UTC; otherwise the clock's reading stands

  std::string organisation;
  /// Column names; empty: there is none.
  struct Columns {
    std::string child, family, case_id, step, received, started, ended, outcome, moment, lifecycle;
  } columns;
  std::string step;  // where no column names it
  Codes steps;       // code to the step's name within its organisation; empty: the values name it
  std::vector<AttributePlan> attributes;
  std::vector<std::pair<std::string, std::vector<OutcomePlan>>> outcomes;  // by step name; `all`: every step
  Codes lifecycle;  // transition to `received`, `started`, `ended` or `ignored`
};

/// Monthly fte per organisation and step.
struct CapacityPlan {
  std::vector<std::string> files;
  char separator = ',';
  Encoding encoding = Encoding::utf8;
  std::vector<const DateFormat*> dates;
  std::string organisation, step, month, fte;  // columns
  Codes steps;
};

/// An organisation, or with `per` one for each value of an attribute, as in a scenario.
struct PartnerPlan {
  std::string id, name, per, kind;
  std::vector<std::pair<std::string, std::string>> members;  // values of `per` with names for people
};

struct ImportPlan {
  std::string name, text;
  std::optional<Date> from;      // a case received earlier is delivered only if it was still open then
  std::optional<Date> snapshot;  // the last day that the deliveries know of
  CalendarKind calendar = CalendarKind::netherlands;
  Date plausible_from{};  // an earlier date is a placeholder
  std::vector<Date> placeholders;
  double limit = 0.02;  // the largest share of a partner's rows that one rule may touch
  std::vector<std::pair<std::string, double>> accepted;  // by rule: another limit
  std::vector<PartnerPlan> organisations;
  std::vector<std::string> entries;  // steps at which children enter the chain; empty: any
  // What a chain says and no delivery tells.
  std::vector<std::pair<std::string, Norm>> norms;  // by step
  std::vector<std::string> help;                    // steps at whose start the clock to help stops
  SchoolRegion region = SchoolRegion::noord;
  std::vector<DeliveryPlan> deliveries;
  std::vector<CapacityPlan> capacity;
};

struct LoadedImport {
  ImportPlan plan;  // meaningful only if there is no error
  std::vector<Diagnostic> diagnostics;
  bool unreadable = false;

  bool ok() const;
};

/// Reads an import file: all problems at once, never throws on bad input.
LoadedImport load_import(const std::filesystem::path& file);

/// The JSON Schema of import files and their reference (IMPORT.md), both made from the tables that load_import reads
/// by.
std::string import_schema();
std::string import_reference();

// ---- What the deliveries hold, cleaned ----

/// A moment as the deliveries tell it: it lies in [earliest, latest), in days since 1970-01-01. A date that was
/// delivered spans its granularity (a day, a minute). One that is missing spans what the rest of the row leaves open;
/// one that had not come by the snapshot begins there and has no end; one that never comes is at infinity.
struct Moment {
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double earliest = kInfinity, latest = kInfinity;

  bool known(double granularity = 1.0) const { return latest - earliest <= granularity * (1 + 1e-9); }
  bool open() const { return latest == kInfinity && earliest < kInfinity; }
  bool never() const { return earliest == kInfinity; }
  bool operator==(const Moment&) const = default;
};

/// Texts by number, stored together.
class Names {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(text_).substr(begin, ends_[number] - begin);
  }
  void add(std::string_view name) {
    text_ += name;
    ends_.push_back(text_.size());
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

inline constexpr std::int32_t kUnknown = -1;  // no number: not delivered, or not known
inline constexpr std::int32_t kLeaves = -2;   // of `next`: the case leaves the chain

/// One child in one step of one organisation. The numbers index the names in Monitor.
struct MonitorVisit {
  std::int32_t child = kUnknown, family = kUnknown;
  std::int32_t case_id = kUnknown;       // where the delivery numbers its cases
  std::int32_t organisation = kUnknown;  // the member, of an organisation with `per`; kUnknown: not known which
  std::int32_t step = kUnknown;
  std::int32_t outcome = kUnknown;  // as written in the import file
  std::int32_t next = kUnknown;     // a step, kLeaves, or kUnknown: not known (yet)
  Moment received, started, ended;
  bool withdrawn = false;  // left the queue: it never started
  bool follows = false;    // the delivery has no outcomes: what comes next in time is what followed
  std::int32_t file = 0, line = 0;
};

struct MonitorStep {
  std::string id;            // `GEM.toegang`, as in a scenario
  std::string organisation;  // `GEM`
  bool entry = false;
};

struct MonitorCapacity {
  std::int32_t organisation, step;
  Date month;
  double fte;
};

/// How finely a column of moments is kept, in days: 1, 1/24, 1/1440 or 1/86400.
struct Granularity {
  std::string delivery, column;
  double days;
};

/// A time in which a partner delivered nothing that was received then, where it should have. [from, until).
struct Gap {
  std::int32_t organisation = kUnknown;
  std::int32_t step = kUnknown;  // kUnknown: none of its steps
  Date from, until;
  double expected = 0.0;  // visits received, had it gone on as around the gap
};

/// A row of the ledger (`repairs.csv`). Names no child.
struct Repair {
  std::int32_t file, line;
  std::int32_t rule;     // of cleaning_rules()
  std::int32_t partner;  // of Monitor::partners
  std::string old_value, new_value;
};

struct CleaningRule {
  std::string_view name, finds, does, bias;
};
std::span<const CleaningRule> cleaning_rules();

/// What the rules did to one partner's rows.
struct PartnerSummary {
  std::string partner;
  std::size_t rows = 0;                // as delivered
  std::vector<std::size_t> touched{};  // by rule
};

struct Monitor {
  Names children, families, case_ids, organisations, outcomes;
  std::vector<MonitorStep> steps;
  std::vector<std::string> attributes;
  std::vector<Names> attribute_values;  // by attribute
  std::vector<MonitorVisit> visits;     // by child, then received, then file and line
  std::vector<std::int32_t> values;     // of the attributes, visit by visit; kUnknown: not given
  std::vector<MonitorCapacity> capacity;
  std::vector<std::string> files;
  std::vector<Granularity> granularities;
  Date from{}, until{};    // the window observed: [from, until)
  bool truncated = false;  // cases received before `from` are there only if they were still open then
  std::vector<Gap> gaps;
  std::vector<PartnerSummary> partners;
  std::vector<Repair> repairs;

  std::int32_t value(std::size_t visit, std::size_t attribute) const {
    return values[visit * attributes.size() + attribute];
  }
};

struct MonitorRead {
  Monitor monitor;                      // meaningful only if there is no error
  std::vector<Diagnostic> diagnostics;  // name files, lines and codes, never a child
  bool unreadable = false;

  bool ok() const;
};

/// Reads the deliveries in `folder` and cleans them. Never throws on bad input.
MonitorRead read_monitor(const ImportPlan& plan, const std::filesystem::path& folder);

/// The ledger as CSV: file,line,rule,old,new.
std::string repairs_csv(const Monitor& monitor);
/// Per partner the share of rows that each rule touched, and what that may bias; and the gaps. For people.
std::string cleaning_summary(const Monitor& monitor);

// ---- Visits linked to cases ----

/// From the end of one visit to the receipt at the next, which no partner delivers.
struct Handover {
  std::int32_t from = kUnknown, to = kUnknown;  // visits; no `to`: not received anywhere by the snapshot
  double at_least = 0.0, at_most = 0.0;         // days
  bool skipped = false;                         // steps between were not delivered: this is no hand-over time
};

/// One child's passage: visits that follow from each other.
struct MonitorCase {
  enum class End {
    out,         // left the chain
    at_step,     // open at its last visit
    on_its_way,  // ended a step, and may be received yet at the next
    lost,        // ended a step, and the next partner should have delivered it long ago, or delivered nothing then
    unknown      // ended a step with an outcome that is not known
  };
  std::int32_t child = kUnknown;
  std::int32_t previous = kUnknown;  // the case of the same child that left before this one came
  std::int32_t number = 0;           // of the child's cases: 0, 1, ...
  std::size_t first = 0, count = 0;  // in Linked::visits
  End end = End::unknown;
  bool beginning_unseen = false;  // its first visit is not a place where children enter
};

struct Linked {
  std::vector<MonitorCase> cases;    // by child, then by first received
  std::vector<std::int32_t> visits;  // of Monitor::visits, case by case
  std::vector<Handover> handovers;   // in that order; the last of a case that is on its way has no `to`
};

/// Links each visit with a known next step to the child's earliest visit there that no other claims.
Linked link(const Monitor& monitor);

}  // namespace ketensim

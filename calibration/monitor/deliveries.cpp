#include "calibration/monitor/deliveries.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "calibration/monitor/csv.hpp"
#include "calibration/monitor/dates.hpp"
#include "calibration/monitor/table.hpp"
#include "calibration/monitor/xes.hpp"

namespace ketensim::monitor {
namespace {

constexpr std::size_t kMostRows = 2'000'000'000;  // numbers of visits are 32 bits

/// What a row holds, by position; the attributes follow.
enum Slot : std::size_t { kChild, kFamily, kCase, kStep, kTimes, kOutcome = 7, kMoment, kLifecycle, kSlots };
static_assert(kOutcome - kTimes == kMoments);

constexpr std::size_t slot_of(Which which) { return kTimes + static_cast<std::size_t>(which); }

std::vector<std::string> columns_of(const DeliveryPlan& plan) {
  const auto& c = plan.columns;
  std::vector<std::string> columns{c.child,   c.family, c.case_id, c.step,   c.received,
                                   c.started, c.ended,  c.outcome, c.moment, c.lifecycle};
  for (const AttributePlan& attribute : plan.attributes) columns.push_back(attribute.column);
  return columns;
}

/// What an outcome at a step means.
struct Meaning {
  std::int32_t outcome = kUnknown, next = kUnknown;
  bool withdrawn = false, known = false, read = false;
};

/// Turns the rows of one file into visits.
class DeliveryReader {
 public:
  DeliveryReader(Raw& raw, std::size_t delivery)
      : raw_(raw),
        number_(delivery),
        plan_(raw.plan->deliveries[delivery]),
        columns_(columns_of(plan_)),
        steps_(plan_.steps),
        lifecycle_(plan_.lifecycle) {
    const auto& partners = raw.plan->organisations;
    while (partners[partner_].id != plan_.organisation) ++partner_;
    member_ = raw.member_attribute(partner_);
    if (member_ == std::string::npos) organisation_ = raw.organisations.number(plan_.organisation);
    for (const AttributePlan& attribute : plan_.attributes) {
      attributes_.push_back(static_cast<std::size_t>(
          std::find(raw.attributes.begin(), raw.attributes.end(), attribute.name) - raw.attributes.begin()));
      codes_.emplace_back(attribute.codes);
    }
    fixed_step_ = plan_.step.empty() ? kUnknown : step_number(raw, plan_.organisation, plan_.step);
  }

  const std::vector<std::string>& columns() const { return columns_; }

  void add(std::span<const std::string_view> row, int line) {
    if (raw_.visits.size() >= kMostRows) throw BadFile{line, 0, "more than two billion rows"};
    RawVisit visit;
    visit.file = static_cast<std::int32_t>(raw_.files.size()) - 1;
    visit.line = line;
    visit.delivery = static_cast<std::int16_t>(number_);
    visit.partner = static_cast<std::int16_t>(partner_);
    visit.organisation = organisation_;
    ++raw_.rows[partner_];
    read_child(visit, row);
    const std::size_t first_value = raw_.values.size();
    raw_.values.resize(first_value + raw_.attributes.size(), kUnknown);
    if (!read_step(visit, row[kStep])) {
      raw_.values.resize(first_value);
      return;
    }
    read_attributes(visit, row, raw_.values.data() + first_value);
    if (plan_.columns.moment.empty())
      read_moments(visit, row);
    else if (!read_event(visit, row)) {
      raw_.values.resize(first_value);
      return;
    }
    if (!plan_.columns.outcome.empty()) read_outcome(visit, row[kOutcome]);
    raw_.visits.push_back(visit);
  }

 private:
  std::string said(const std::string& column, std::string_view text) const {
    constexpr std::size_t kLongest = 60;
    const std::string_view shown = trimmed(text).substr(0, kLongest);
    return fmt::format("{}={}", column, shown);
  }

  void read_child(RawVisit& visit, std::span<const std::string_view> row) {
    const std::string_view child = trimmed(row[kChild]);
    if (child.empty())
      throw BadFile{visit.line, 0, fmt::format("column `{}` is empty: whose row is this?", columns_[kChild])};
    visit.child = raw_.children.number(child);
    const std::string_view family = trimmed(row[kFamily]);
    visit.family = raw_.families.number(family.empty() ? child : family);
    if (!columns_[kCase].empty()) visit.case_id = raw_.case_ids.number(trimmed(row[kCase]));
  }

  bool read_step(RawVisit& visit, std::string_view text) {
    if (fixed_step_ != kUnknown) {
      visit.step = fixed_step_;
      local_step_ = 0;
      return true;
    }
    local_step_ = steps_.read(text, step_names_);
    if (local_step_ == kUnknown) {
      raw_.note(visit, Rule::unknown_code, said(columns_[kStep], text), "rejected");
      return false;
    }
    const auto local = static_cast<std::size_t>(local_step_);
    if (local >= step_numbers_.size()) step_numbers_.resize(local + 1, kUnknown);
    if (step_numbers_[local] == kUnknown)
      step_numbers_[local] = step_number(raw_, plan_.organisation, step_names_.names()[local]);
    visit.step = step_numbers_[local];
    return true;
  }

  void read_attributes(RawVisit& visit, std::span<const std::string_view> row, std::int32_t* values) {
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
      const std::size_t attribute = attributes_[i];
      const std::string_view text = row[kSlots + i];
      const std::int32_t value = codes_[i].read(text, raw_.attribute_values[attribute]);
      values[attribute] = value;
      const bool member = attribute == member_;
      if (member && value != kUnknown)
        visit.organisation =
            raw_.organisations.number(raw_.attribute_values[attribute].names()[static_cast<std::size_t>(value)]);
      if (value != kUnknown || (!member && trimmed(text).empty())) continue;
      const std::size_t repair = raw_.note(visit, Rule::unknown_code, said(columns_[kSlots + i], text), "");
      if (is_member_attribute(attribute)) raw_.unknown_members.push_back({raw_.visits.size(), repair, attribute});
    }
  }

  bool is_member_attribute(std::size_t attribute) const {
    for (std::size_t partner = 0; partner < raw_.plan->organisations.size(); ++partner)
      if (raw_.member_attribute(partner) == attribute) return true;
    return false;
  }

  ReadMoment read(const RawVisit& visit, std::size_t slot, std::string_view text, Which which) {
    ReadMoment moment = read_moment(text, plan_.dates, plan_.utc);
    unsigned char& finest = raw_.facts[number_].finest[which];
    finest = std::max(finest, moment.finest);
    if (moment.kind != ReadMoment::Kind::unreadable) return moment;
    if (const DateFormat* other = other_format(text, plan_.dates))
      throw BadFile{
          visit.line, 0,
          fmt::format("column `{}`: `{}` is not written as {} but as {}; if both occur, name both under `date`",
                      columns_[slot], trimmed(text), plan_.dates.front()->name, other->name)};
    return moment;
  }

  void read_moments(RawVisit& visit, std::span<const std::string_view> row) {
    std::array<ReadMoment, kMoments> read_as{};
    for (const Which which : {kReceived, kStarted, kEnded}) {
      if (columns_[slot_of(which)].empty()) continue;
      read_as[which] = read(visit, slot_of(which), row[slot_of(which)], which);
      if (read_as[which].kind == ReadMoment::Kind::sound) visit.at[which] = read_as[which].days;
    }
    for (const Which which : {kReceived, kStarted, kEnded}) {
      if (columns_[slot_of(which)].empty() || read_as[which].kind == ReadMoment::Kind::sound ||
          read_as[which].kind == ReadMoment::Kind::empty)
        continue;
      if (read_as[which].exchanged_exists && fits(visit, which, read_as[which].days))
        visit.at[which] = read_as[which].days;
      visit.started_was_wrong |= which == kStarted && !visit.has(kStarted);
      raw_.note(visit, Rule::impossible_date, said(columns_[slot_of(which)], row[slot_of(which)]),
                visit.has(which) ? iso(visit.at[which]) : "");
    }
  }

  /// Whether a moment keeps to the order of those that were delivered with it.
  static bool fits(const RawVisit& visit, Which which, double days) {
    for (const Which other : {kReceived, kStarted, kEnded})
      if (visit.has(other) && (other < which ? visit.at[other] > days : other > which && visit.at[other] < days))
        return false;
    return true;
  }

  /// A row of an event log with one moment: false if it tells nothing.
  bool read_event(RawVisit& visit, std::span<const std::string_view> row) {
    const std::int32_t transition = lifecycle_.read(row[kLifecycle], transitions_);
    const std::string_view name =
        transition == kUnknown ? std::string_view() : transitions_.names()[static_cast<std::size_t>(transition)];
    if (name == "ignored") return false;
    const auto which =
        static_cast<Which>(std::find(kMomentNames.begin(), kMomentNames.end(), name) - kMomentNames.begin());
    if (which == kMoments) {
      raw_.note(visit, Rule::unknown_code, said(columns_[kLifecycle], row[kLifecycle]), "rejected");
      return false;
    }
    const ReadMoment moment = read(visit, kMoment, row[kMoment], which);
    if (moment.kind == ReadMoment::Kind::sound) {
      visit.at[which] = moment.days;
      return true;
    }
    raw_.note(visit, Rule::impossible_date, said(columns_[kMoment], row[kMoment]), "rejected");
    return false;
  }

  void read_outcome(RawVisit& visit, std::string_view text) {
    if (trimmed(text).empty()) return;
    visit.has_outcome = true;
    const auto spelling = static_cast<std::size_t>(outcomes_.number(text)),
               step = static_cast<std::size_t>(local_step_);
    if (meanings_.size() <= step) meanings_.resize(step + 1);
    if (meanings_[step].size() <= spelling) meanings_[step].resize(spelling + 1);
    Meaning& meaning = meanings_[step][spelling];
    if (!meaning.read) meaning = look_up(text);
    if (!meaning.known) raw_.note(visit, Rule::unknown_code, said(columns_[kOutcome], text), "");
    visit.outcome = meaning.outcome;
    visit.next = meaning.next;
    visit.withdrawn = meaning.withdrawn;
  }

  Meaning look_up(std::string_view text) {
    Meaning meaning;
    meaning.read = true;
    const std::string code = folded(text);
    const std::string_view step = fixed_step_ != kUnknown ? std::string_view(plan_.step)
                                                          : step_names_.names()[static_cast<std::size_t>(local_step_)];
    for (const auto& [name, outcomes] : plan_.outcomes) {
      if (name != step && name != "all") continue;
      for (const OutcomePlan& outcome : outcomes) {
        if (meaning.known || folded(outcome.code) != code) continue;
        meaning.known = true;
        meaning.outcome = raw_.outcomes.number(outcome.code);
        meaning.next = outcome.to == "out" ? kLeaves : raw_.steps.number(outcome.to);
        meaning.withdrawn = outcome.withdrawn;
      }
    }
    return meaning;
  }

  Raw& raw_;
  const std::size_t number_;
  const DeliveryPlan& plan_;
  const std::vector<std::string> columns_;
  std::size_t partner_ = 0, member_ = std::string::npos;
  std::int32_t organisation_ = kUnknown, fixed_step_ = kUnknown, local_step_ = 0;
  std::vector<std::size_t> attributes_;
  std::vector<CodeReader> codes_;
  CodeReader steps_, lifecycle_;
  Interner step_names_, transitions_, outcomes_;
  std::vector<std::int32_t> step_numbers_;
  std::vector<std::vector<Meaning>> meanings_;  // by step and spelling
};

void read_csv(DeliveryReader& reader, const DeliveryPlan& plan, const std::filesystem::path& file,
              std::vector<Diagnostic>& diagnostics) {
  CsvReader csv(file, plan.separator, plan.encoding);
  const std::vector<std::size_t> at = find_columns(csv.header(), reader.columns(), plan.separator);
  std::vector<std::string_view> row(at.size());
  std::size_t rows = 0;
  for (; csv.next(); ++rows) {
    for (std::size_t i = 0; i < at.size(); ++i) row[i] = at[i] == kNoColumn ? std::string_view() : csv.values()[at[i]];
    reader.add(row, csv.line());
  }
  if (rows == 0) throw BadFile{1, 0, "there is a header, and no row below it"};
  if (!csv.ended_whole())
    diagnostics.push_back({Problem::Severity::warning, file.string(), csv.line(), 0,
                           "the last row does not end in a line break: is the file whole?", ""});
}

void read_xes(DeliveryReader& reader, const std::filesystem::path& file) {
  XesReader xes(file, reader.columns());
  std::size_t rows = 0;
  while (xes.next()) {
    if (rows++ == 0)
      for (std::size_t i = 0; i < reader.columns().size(); ++i)
        if ((i == kChild || i == kStep || i == kMoment) && !reader.columns()[i].empty() && xes.values()[i].empty())
          throw BadFile{xes.line(), 0, fmt::format("this event has no attribute `{}`", reader.columns()[i])};
    reader.add(xes.values(), xes.line());
  }
  if (rows == 0) throw BadFile{1, 0, "there is a log, and no event in it"};
}

}  // namespace

std::int32_t step_number(Raw& raw, const std::string& organisation, std::string_view name) {
  std::string id = organisation + ".";
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool kept = letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (id.back() == '.' && !letter) id += 's';  // names begin with a letter
    id += kept ? c : '-';
  }
  return raw.steps.number(id);
}

void read_delivery(Raw& raw, std::size_t delivery, const std::filesystem::path& file,
                   std::vector<Diagnostic>& diagnostics) {
  const DeliveryPlan& plan = raw.plan->deliveries[delivery];
  raw.files.push_back(file.filename().string());
  DeliveryFacts& facts = raw.facts[delivery];
  facts.any = true;
  facts.follows = plan.columns.outcome.empty();
  const bool events = !plan.columns.moment.empty();
  facts.has_column = {events || !plan.columns.received.empty(), events || !plan.columns.started.empty(),
                      events || !plan.columns.ended.empty()};
  DeliveryReader reader(raw, delivery);
  if (plan.kind == DeliveryPlan::Kind::xes)
    read_xes(reader, file);
  else
    read_csv(reader, plan, file, diagnostics);
}

}  // namespace ketensim::monitor

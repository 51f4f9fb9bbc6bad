#include "tests/calibration/partners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <filesystem>
#include <stdexcept>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/draws.hpp"
#include "tests/support/chance.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim::partners {
namespace {

using support::Chance;

constexpr std::chrono::days kQuarter{92};  // of a staff plan: its last one lasts as long

std::string organisation_of(const std::string& step) { return step.substr(0, step.find('.')); }
std::string name_of(const std::string& step) { return step.substr(step.find('.') + 1); }

/// Sixteen digits that tell nothing (SplitMix64, Steele et al. 2014).
std::string pseudonym(std::uint64_t of) {
  of += 0x9e3779b97f4a7c15;
  of = (of ^ (of >> 30)) * 0xbf58476d1ce4e5b9;
  of = (of ^ (of >> 27)) * 0x94d049bb133111eb;
  return fmt::format("{:016x}", of ^ (of >> 31));
}

/// The step as the chain knows it, of a member too: `GI.intake` for `JB.intake`.
std::string step_of(const Scenario& scenario, const std::string& organisation, const std::string& step) {
  for (const Organisation& of : scenario.chain.organisations)
    for (const auto& [member, name] : of.members)
      if (member == organisation) return of.id + "." + step;
  return organisation + "." + step;
}

std::chrono::year_month_day date_of(int day) { return Date{std::chrono::days{day}}; }

std::string iso(int day) {
  const auto date = date_of(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}
std::string dutch(int day) {
  const auto date = date_of(day);
  return fmt::format("{:02}-{:02}-{:04}", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                     static_cast<int>(date.year()));
}

int day_of(Date date) { return static_cast<int>(date.time_since_epoch().count()); }

}  // namespace

std::vector<Row> registered(const Scenario& scenario, int replication) {
  const auto run = support::watch(scenario, replication);
  const Model& model = run->model;
  const int origin = day_of(model.origin);
  const auto day = [&](double moment) { return origin + static_cast<int>(std::lround(moment)); };
  const auto step_name = [&](std::size_t step) {
    return step_of(scenario, model.organisation_of(step), model.step_names[step]);
  };
  std::vector<Row> rows;
  for (const support::LoggedVisit& visit : run->visits) {
    Row& row = rows.emplace_back();
    const std::uint64_t child = visit.case_id - CaseId::episode(visit.case_id);
    row.child = pseudonym(child);
    row.family = pseudonym(~(child - CaseId::child(0, CaseId::sibling(child))));
    row.case_id = pseudonym(visit.case_id);
    row.organisation = model.organisation_of(visit.step);
    row.step = step_name(visit.step);
    for (std::size_t a = 0; a < model.attributes.size(); ++a)
      if (visit.values[a] < model.values[a].size())
        row.attributes[model.attributes[a]] = model.values[a][visit.values[a]];
    row.received = day(visit.received);
    if (visit.was_started()) row.started = day(visit.started);
    if (!visit.is_over()) continue;
    row.ended = day(visit.ended);
    row.outcome = visit.withdrawn             ? "withdrawn"
                  : visit.next == Visit::kOut ? "out"
                                              : step_name(static_cast<std::size_t>(visit.next));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.received, a.child, a.step) < std::tie(b.received, b.child, b.step);
  });
  return rows;
}

std::vector<Row> known(const std::vector<Row>& rows, Date from, Date snapshot) {
  std::vector<Row> result;
  for (Row row : rows) {
    if (row.received > day_of(snapshot) || (row.ended && *row.ended < day_of(from))) continue;
    if (row.started && *row.started > day_of(snapshot)) row.started.reset();
    if (row.ended && *row.ended > day_of(snapshot)) {
      row.ended.reset();
      row.outcome.clear();
    }
    result.push_back(std::move(row));
  }
  return result;
}

ChainState standing(const std::vector<Row>& registered, Date snapshot, int returning) {
  const int today = day_of(snapshot);
  struct Case {
    int first_received = 0;
    const Row* last = nullptr;
  };
  std::map<std::string, Case> cases;
  std::map<std::string, int> last_came;  // by child: the first receipt of the last case
  // Of one case: what another visit led to is received when that one has ended, or after.
  const auto is_later = [](const Row& a, const Row& b) {
    const std::pair at{a.received, a.ended.value_or(INT_MAX)}, other{b.received, b.ended.value_or(INT_MAX)};
    return at != other ? at > other : b.outcome == a.step;
  };
  for (const Row& row : registered) {
    if (row.received > today) continue;
    const auto [at, is_new] = cases.try_emplace(row.case_id, Case{row.received, &row});
    at->second.first_received = std::min(at->second.first_received, row.received);
    if (is_later(row, *at->second.last)) at->second.last = &row;
  }
  for (const auto& [id, of] : cases) {
    const auto [at, is_new] = last_came.try_emplace(of.last->child, of.first_received);
    at->second = std::max(at->second, of.first_received);
  }
  ChainState state;
  state.snapshot = snapshot;
  for (const auto& [id, of] : cases) {
    const Row& row = *of.last;
    const bool ended = row.ended && *row.ended <= today;
    const bool is_out = ended && (row.outcome == "out" || row.outcome == "withdrawn");
    if (is_out && (*row.ended < today - returning || last_came.at(row.child) > of.first_received)) continue;
    OpenCase& open = state.cases.emplace_back();
    open.child = row.child;
    open.family = row.family;
    open.case_id = id;
    open.first_received = of.first_received;
    open.step = row.organisation + "." + name_of(row.step);
    open.received = row.received;
    if (row.started && *row.started <= today) open.started = *row.started;
    if (ended) open.ended = *row.ended;
    if (ended) open.next = is_out ? "out" : row.outcome;
    open.attributes.assign(row.attributes.begin(), row.attributes.end());
  }
  return state;
}

std::vector<Row> soiled(std::vector<Row> rows, const Dirt& dirt, std::uint64_t seed) {
  Chance chance(seed);
  std::vector<Row> earlier, repeated;
  const auto swap = [](std::optional<int>& day) {
    if (!day) return;
    const auto date = date_of(*day);
    const std::chrono::year_month_day swapped = date.year() / static_cast<int>(static_cast<unsigned>(date.day())) /
                                                static_cast<int>(static_cast<unsigned>(date.month()));
    if (swapped.ok()) day = day_of(Date{swapped});
  };
  for (Row& row : rows) {
    if (row.ended && chance.happens(dirt.delivered_again)) {
      Row& before = earlier.emplace_back(row);
      before.ended.reset();
      before.outcome.clear();
    }
    if (row.started && row.ended && chance.happens(dirt.without_start)) row.started.reset();
    if (row.ended && chance.happens(dirt.a_year_off)) *row.ended -= 365;
    if (chance.happens(dirt.swapped)) swap(chance.happens(0.5) ? row.started : row.ended);
    if (row.ended && chance.happens(dirt.unknown_code)) {
      const auto urgency = row.attributes.find("urgency");
      if (urgency != row.attributes.end() && chance.happens(0.5))
        urgency->second = "?";
      else
        row.outcome = "?";
    }
    if (chance.happens(dirt.duplicated)) repeated.push_back(row);
  }
  earlier.insert(earlier.end(), rows.begin(), rows.end());
  earlier.insert(earlier.end(), repeated.begin(), repeated.end());
  return earlier;
}

namespace {

/// Writes one organisation's file; every other one writes days first.
class Writer {
 public:
  Writer(const Scenario& scenario, const std::vector<Row>& rows) : scenario_(scenario), rows_(rows) {}

  Delivery write(Date from, Date snapshot) {
    std::string& import = delivery_.import;
    import = fmt::format("format: ketensim-import/1\nfrom: {}\nsnapshot: {}\nlimit: 10%\n", iso(day_of(from)),
                         iso(day_of(snapshot)));
    import += fmt::format("entries: [{}]\norganisations:\n", scenario_.chain.streams.front().to);
    for (const Organisation& of : scenario_.chain.organisations)
      import += of.per.empty() ? fmt::format("  {}: {{name: {}}}\n", of.id, of.name)
                               : fmt::format("  {}: {{name: {}, per: {}}}\n", of.id, of.name, of.per);
    import += "deliveries:\n";
    for (const Organisation& of : scenario_.chain.organisations) add_organisation(of);
    add_staff(from);
    return std::move(delivery_);
  }

 private:
  void add_organisation(const Organisation& of) {
    const bool days_first = delivery_.files.size() % 2 == 0;
    const char separator = days_first ? ';' : ',';
    std::string& import = delivery_.import;
    import += fmt::format("  - file: {}.csv\n    separator: \"{}\"\n    date: {}\n    organisation: {}\n", of.id,
                          separator, days_first ? "dd-mm-yyyy" : "yyyy-mm-dd", of.id);
    import +=
        "    columns: {child: child, family: family, step: step, received: received, started: started, "
        "ended: ended, outcome: outcome}\n    attributes:\n"
        "      urgency: {column: urgency, codes: {crisis: crisis, regular: regular}}\n";
    if (!of.per.empty()) import += fmt::format("      {0}: {{column: {0}}}\n", of.per);
    import += "    outcomes:\n";
    for (const Step& step : scenario_.chain.steps)
      if (organisation_of(step.id) == of.id) import += outcomes_of(step);

    std::string text = fmt::format("child{0}family{0}step{0}urgency{0}", separator);
    if (!of.per.empty()) text += of.per + separator;
    text += fmt::format("received{0}started{0}ended{0}outcome\n", separator);
    const auto date = [&](const std::optional<int>& day) {
      return !day ? std::string() : days_first ? dutch(*day) : iso(*day);
    };
    for (const Row& row : rows_) {
      if (organisation_of(row.step) != of.id) continue;
      const auto put = [&](const std::string& value) { (text += value) += separator; };
      put(row.child);
      put(row.family);
      put(name_of(row.step));
      put(row.attributes.at("urgency"));
      if (!of.per.empty()) put(row.organisation);
      put(date(row.received));
      put(date(row.started));
      put(date(row.ended));
      text += row.outcome + "\n";
    }
    delivery_.files.emplace_back(of.id + ".csv", std::move(text));
  }

  static std::string outcomes_of(const Step& step) {
    std::vector<std::string> known;
    std::string text = fmt::format("      {}: {{", name_of(step.id));
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to) {
        if (std::find(known.begin(), known.end(), target.to) != known.end()) continue;
        known.push_back(target.to);
        text += fmt::format("{}{}: {}", known.size() > 1 ? ", " : "", target.to, target.to);
      }
    if (step.patience) text += fmt::format(", withdrawn: {{to: {}, withdrawn: true}}", step.patience->to);
    return text + "}\n";
  }

  /// Staff is told at the step whose end frees a slot, month by month.
  void add_staff(Date from) {
    if (scenario_.chain.pools.empty()) return;
    delivery_.import +=
        "capacity:\n  - file: staff.csv\n    columns: {organisation: organisation, step: step, "
        "month: month, fte: fte}\n";
    std::string text = "organisation,step,month,fte\n";
    for (const Step& step : scenario_.chain.steps)
      for (const Pool& pool : scenario_.chain.pools) {
        if (pool.id != step.pool || !pool.fte) continue;
        const std::string at = name_of(step.hold_until.empty() ? step.id : step.hold_until);
        if (pool.fte->by_member.empty()) add_months(organisation_of(step.id), at, pool.fte->common, from, text);
        for (const auto& [member, fte] : pool.fte->by_member) add_months(member, at, fte, from, text);
      }
    delivery_.files.emplace_back("staff.csv", std::move(text));
  }

  void add_months(const std::string& organisation, const std::string& step, const Schedule& fte, Date from,
                  std::string& text) const {
    using std::chrono::months;
    using std::chrono::year_month;
    // Beyond the period as it is planned.
    const std::chrono::year_month_day first{from},
        last{std::max(scenario_.period.end, fte.from.back().first + kQuarter)};
    for (year_month month{first.year(), first.month()}; month < year_month{last.year(), last.month()};
         month += months{1}) {
      double value = fte.from.front().second;
      for (const auto& [since, amount] : fte.from)
        if (since <= Date{month / 1}) value = amount;
      text += fmt::format("{},{},{:04}-{:02},{}\n", organisation, step, static_cast<int>(month.year()),
                          static_cast<unsigned>(month.month()), value);
    }
  }

  const Scenario& scenario_;
  const std::vector<Row>& rows_;
  Delivery delivery_;
};

}  // namespace

Delivery delivered(const Scenario& scenario, const std::vector<Row>& rows, Date from, Date snapshot) {
  return Writer(scenario, rows).write(from, snapshot);
}

Read read(const Delivery& delivery) {
  const support::Folder folder;
  std::string said;
  const auto check = [&](const std::vector<Diagnostic>& diagnostics, bool ok) {
    for (const Diagnostic& diagnostic : diagnostics) said += diagnostic.text() + "\n";
    if (!ok) throw std::runtime_error(said);
  };
  const LoadedImport import = load_import(folder.put("import.yaml", delivery.import));
  check(import.diagnostics, import.ok());
  for (const auto& [name, text] : delivery.files) folder.put("data/" + name, text);
  MonitorRead done = read_monitor(import.plan, folder / "data");
  check(done.diagnostics, done.ok());
  Linked linked = link(done.monitor);
  return {import.plan, std::move(done.monitor), std::move(linked)};
}

}  // namespace ketensim::partners

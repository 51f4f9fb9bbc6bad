// The cases with which a simulation begins. No message names a child, a case or what is written of one: the place does.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/compilation.hpp"
#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

constexpr double kEarliest = -25'567.0;  // 1900-01-01, in days since 1970-01-01

/// Checks one row after the other.
class StateCheck {
 public:
  StateCheck(const ChainState& state, const ChainNames& names, Findings& findings)
      : names_(names),
        findings_(findings),
        after_(static_cast<double>((state.snapshot + std::chrono::days{1}).time_since_epoch().count())) {}

  void check(const OpenCase& row) {
    at_ = std::to_string(row.line);
    required("child", row.child);
    required("case", row.case_id);
    step("step", row.step);
    if (row.next != "out" && !row.next.empty()) step("next", row.next);
    if (!seen_.insert({row.case_id, row.step}).second)
      error("case", "this case stands at this step in an earlier row too");
    moments(row);
    attributes(row);
  }

 private:
  void error(const char* column, std::string message, std::string suggestion = {}) {
    findings_.error(Keys("state") / at_ / column, std::move(message), std::move(suggestion));
  }

  void required(const char* column, const std::string& text) {
    if (text.empty()) error(column, fmt::format("`{}` is missing", column));
  }

  void step(const char* column, const std::string& id) {
    const std::string owner = organisation_part(id), bare = bare_part(id);
    const Organisation* organisation = names_.organisation(owner);
    const bool is_step = column == std::string("step");
    if (owner.empty() || owner == id)
      error(is_step ? "organisation" : column, fmt::format("`{}` is missing", is_step ? "organisation" : column));
    else if (bare.empty())
      error(column, fmt::format("`{}` is missing", column));
    else if (is_step && organisation && !organisation->per.empty())
      error("organisation",
            fmt::format("{} stands for its members: name the one at which the case is", organisation->id));
    else if (!organisation && !names_.group_of(owner))
      error(is_step ? "organisation" : column, "unknown organisation", nearest_name(owner, names_.all_organisations()));
    else if (!names_.step(id))
      error(column, "unknown step", nearest(id, owner));
  }

  /// The known step of that organisation with the nearest name.
  std::string nearest(const std::string& id, const std::string& owner) const {
    const Organisation* group = names_.group_of(owner);
    std::vector<std::string> known;
    for (const std::string& name : names_.all_steps(false))
      if (organisation_part(name) == (group ? group->id : owner)) known.push_back(bare_part(name));
    return nearest_name(bare_part(id), known);
  }

  void moments(const OpenCase& row) {
    const bool left = row.next == "out";
    if (!left && std::isnan(row.first_received)) error("first_received", "`first_received` is missing");
    if (!left && std::isnan(row.received)) error("received", "`received` is missing");
    if (!row.next.empty() && std::isnan(row.ended)) error("ended", "`next` says where it goes, but it has not `ended`");
    const std::pair<const char*, double> all[] = {{"first_received", row.first_received},
                                                  {"received", row.received},
                                                  {"started", row.started},
                                                  {"ended", row.ended}};
    std::pair<const char*, double> last{"", kEarliest};
    for (const auto& [column, moment] : all) {
      if (std::isnan(moment)) continue;
      if (moment < kEarliest)
        error(column, "this lies before 1900");
      else if (moment >= after_)
        error(column, "this lies after the snapshot");
      else if (moment < last.second)
        error(column, fmt::format("`{}` lies before `{}`", column, last.first));
      last = {column, std::max(moment, last.second)};
    }
  }

  void attributes(const OpenCase& row) {
    for (const auto& [name, value] : row.attributes) {
      const ChainNames::Attribute* attribute = names_.attribute(name);
      if (!attribute)
        error(name.c_str(), "the chain has no such attribute", nearest_name(name, names_.all_attributes()));
      else if (!value.empty() && !attribute->rank(value))
        error(name.c_str(), fmt::format("unknown value of {}", name), nearest_name(value, attribute->values));
    }
  }

  const ChainNames& names_;
  Findings& findings_;
  const double after_;  // the first moment after the snapshot
  std::string at_;
  std::set<std::pair<std::string, std::string>> seen_;  // case and step
};

std::string cases(std::size_t count) { return fmt::format("{} case{}", count, count == 1 ? "" : "s"); }

std::string listed(const std::vector<std::pair<std::string, std::uint32_t>>& crowded) {
  constexpr std::size_t kMostListed = 8;
  std::string text;
  for (std::size_t i = 0; i < crowded.size() && i < kMostListed; ++i)
    text += fmt::format("{}{} ({} above)", i == 0 ? "" : ", ", crowded[i].first, crowded[i].second);
  return crowded.size() > kMostListed ? text + fmt::format(" and {} more", crowded.size() - kMostListed) : text;
}

}  // namespace

void check_state(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  const ChainState& state = *scenario.state;
  if (state.cases.size() >= CaseId::kNumbers)
    findings.error("state", fmt::format("{} rows are more than the {} that can be told apart", state.cases.size(),
                                        CaseId::kNumbers - 1));
  StateCheck check(state, names, findings);
  for (const OpenCase& row : state.cases) check.check(row);
}

void tell_repairs(const Scenario& scenario, Findings& findings) {
  Scenario plain = scenario;  // a lever may stand for several
  plain.interventions.clear();
  const StateModel state = compile(plain, {}).state;
  const StateRepairs& repairs = state.open->repairs;
  const auto tell = [&](std::size_t count, std::string_view message) {
    if (count > 0) findings.warning("state", fmt::format("{} {}", cases(count), message));
  };
  constexpr std::string_view kBeyond =
      "no duration of the chain goes on so long. Each ends after an exponential time, of the mean by which the upper "
      "half of the durations exceeds their median";
  tell(state.beyond_service, fmt::format("in service: {}", kBeyond));
  tell(state.beyond_patience, fmt::format("waiting: {}", kBeyond));
  tell(state.beyond_transfer, fmt::format("on the way: {}", kBeyond));
  tell(repairs.attributes_drawn, "with an attribute that is not known: drawn by the shares of the arrivals");
  tell(repairs.members_followed,
       "at another member than the attribute says: the case goes on as that of the member at which it stands");
  tell(repairs.at_more_steps, "(rows) of cases that stand at several steps: each row goes on as a case of its own");
  tell(repairs.returned_already,
       "that left the chain (or ended, nobody knows for where), of children who are in the state with a later one: "
       "these came back already");
  if (!repairs.crowded.empty())
    findings.warning("state", fmt::format("more cases in service than slots at {}: all of them go on, and nothing "
                                          "starts until a slot is free",
                                          listed(repairs.crowded)));
}

}  // namespace ketensim

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/kernel/compilation.hpp"
#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

constexpr double kMostSlots = 1e8;

void check_schedule(const Keys& at, const char* what, const Schedule& schedule, Findings& findings) {
  if (schedule.from.empty()) findings.error(at, fmt::format("{} need at least one value", what));
  for (std::size_t i = 0; i < schedule.from.size(); ++i) {
    findings.within(at, what, schedule.from[i].second, 0.0, kMostSlots);
    if (i > 0 && schedule.from[i].first <= schedule.from[i - 1].first)
      findings.error(at, fmt::format("the months of {} must be in order, each once", what));
  }
}

void check_amount(const Keys& at, const char* what, const Amount& amount, const Organisation* owner,
                  Findings& findings) {
  if (amount.by_member.empty()) {
    check_schedule(at, what, amount.common, findings);
    return;
  }
  if (!owner || owner->per.empty()) {
    findings.error(at, fmt::format("{} by member need an organisation with `per`", what));
    return;
  }
  std::vector<std::string> members;
  for (const auto& [member, name] : owner->members) members.push_back(member);
  std::set<std::string> given;
  for (const auto& [member, schedule] : amount.by_member) {
    if (std::find(members.begin(), members.end(), member) == members.end())
      findings.unknown(at / member, "member", member, members);
    if (!given.insert(member).second) findings.error(at / member, fmt::format("`{}` is listed twice", member));
    check_schedule(at / member, what, schedule, findings);
  }
  for (const std::string& member : members)
    if (!given.count(member)) findings.error(at, fmt::format("{} are not given for `{}`", what, member));
}

void check_capacity(const Keys& at, const Pool& pool, const Organisation* owner, Findings& findings) {
  const bool by_fte = pool.fte && pool.cases_per_fte;
  if (pool.slots && (pool.fte || pool.cases_per_fte))
    findings.error(at, "give either `slots`, or `fte` with `cases_per_fte`, and not both");
  else if (!pool.slots && !by_fte)
    findings.error(at, pool.fte             ? "`fte` needs `cases_per_fte` beside it"
                       : pool.cases_per_fte ? "`cases_per_fte` needs `fte` beside it"
                                            : "a pool needs `slots`, or `fte` with `cases_per_fte`");
  if (pool.slots) check_amount(at / "slots", "slots", *pool.slots, owner, findings);
  if (pool.fte) check_amount(at / "fte", "fte", *pool.fte, owner, findings);
  if (pool.cases_per_fte) check_amount(at / "cases_per_fte", "cases per fte", *pool.cases_per_fte, owner, findings);
  for (std::size_t month = 0; month < pool.leave.size(); ++month)
    findings.within(at / "leave" / kMonths[month], "the share on leave", pool.leave[month], 0.0, 1.0);
  findings.within(at / "leave" / "school_holidays", "the share on leave", pool.leave_school_holidays, 0.0, 1.0);
}

}  // namespace

void check_owner(const Keys& at, const char* what, const std::string& id, const ChainNames& names, Findings& findings) {
  const std::string owner = organisation_part(id), bare = bare_part(id);
  if (owner == id || !is_identifier(bare))
    findings.error(
        at, fmt::format("`{}` must be ORGANISATION.{} with a letter, then letters, digits, `_` or `-`", id, what));
  else if (bare == "all")
    findings.error(at, fmt::format("`all` stands for the whole organisation: choose another name for the {}", what));
  if (names.organisation(owner)) return;
  if (const Organisation* group = names.group_of(owner))
    findings.error(at, fmt::format("{} is a member of {}: a {} is given for all members at once, as `{}.{}`", owner,
                                   group->id, what, group->id, bare));
  else
    findings.unknown(at, "organisation", owner, names.all_organisations());
}

void check_pools(const Chain& chain, const ChainNames& names, Findings& findings) {
  std::set<std::size_t> used;
  for (const Step& step : chain.steps) {
    if (const auto pool = names.pool(step.pool)) used.insert(pool->row);
    for (const std::string& name : step.more_pools)
      if (const auto pool = names.pool(name)) used.insert(pool->row);
  }
  std::set<std::string> taken;
  for (std::size_t i = 0; i < chain.pools.size(); ++i) {
    const Pool& pool = chain.pools[i];
    const Keys at = Keys("pools") / pool.id;
    check_owner(at, "pool", pool.id, names, findings);
    if (!taken.insert(pool.id).second) findings.error(at, fmt::format("there are two pools `{}`", pool.id));
    check_capacity(at, pool, names.owner_of(pool.id), findings);
    if (!used.count(i) && taken.size() == i + 1)
      findings.warning(at, fmt::format("no step works with pool {}", pool.id));
  }
}

}  // namespace ketensim

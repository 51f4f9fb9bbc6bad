// Organisations and who arrives.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "engine/kernel/compilation.hpp"
#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

constexpr std::size_t kMostStreams = 4000, kMostAttributes = 8, kMostValues = 65'000;

const std::set<std::string_view> kReserved{"out", "all", "chain"};

void check_id(const Keys& at, const char* what, const std::string& id, Findings& findings) {
  if (!is_identifier(id))
    findings.error(at, fmt::format("{} `{}` must be a letter followed by letters, digits, `_` or `-`", what, id));
  else if (kReserved.count(id))
    findings.error(at, fmt::format("`{}` has a meaning of its own: choose another name for the {}", id, what));
}

void check_members(const Keys& at, const Organisation& organisation, const ChainNames& names, Findings& findings) {
  const Keys per = at / "per" / organisation.per;
  if (organisation.members.empty()) findings.error(per, "an organisation with `per` needs at least one member");
  const ChainNames::Attribute* attribute = names.attribute(organisation.per);
  if (!attribute) {
    findings.unknown(at / "per", "attribute", organisation.per, names.all_attributes());
    return;
  }
  if (!attribute->always_drawn)
    findings.error(per, fmt::format("every arrival stream must draw `{}`, because organisation {} is split by it",
                                    organisation.per, organisation.id));
  for (std::size_t i = 0; i < organisation.members.size(); ++i)
    if (!attribute->rank(organisation.members[i].first))
      findings.unknown(per / i, "value of " + organisation.per, organisation.members[i].first, attribute->values);
  std::set<std::string_view> members;
  for (const auto& [member, name] : organisation.members) members.insert(member);
  for (const std::string& value : attribute->values)
    if (!members.count(value))
      findings.error(
          per, fmt::format("`{}` is a value of {} and has no member of {}", value, organisation.per, organisation.id));
}

/// Relative factors: none below 0, and not all 0.
template <std::size_t N>
void check_factors(const Keys& at, const char* what, const std::array<double, N>& factors,
                   const std::array<const char*, N>& labels, Findings& findings) {
  for (std::size_t i = 0; i < N; ++i) findings.within(at / labels[i], "a factor", factors[i], 0.0, 1e6);
  if (std::all_of(factors.begin(), factors.end(), [](double f) { return f == 0.0; }))
    findings.error(at, fmt::format("all factors by {} are 0: nobody would ever arrive", what));
}

void check_children(const Keys& at, const Stream& stream, Findings& findings) {
  double total = 0.0;
  std::set<int> sizes;
  for (const auto& [size, share] : stream.children) {
    const Keys here = at / std::to_string(size);
    if (size < 1 || size > Stream::kLargestFamily)
      findings.error(here, fmt::format("a family has 1 to {} children, not {}", Stream::kLargestFamily, size));
    if (!sizes.insert(size).second) findings.error(here, fmt::format("families of {} are listed twice", size));
    findings.within(here, "a share", share, 0.0, 1.0);
    total += share;
  }
  findings.adds_to_one(at, "the shares of family sizes", total);
}

/// A value stands in CSV and in paths, so keep it to one plain word or phrase.
bool is_value(const std::string& value) {
  return !value.empty() && value.size() <= 100 && value.find_first_of(",;\"'`\\") == std::string::npos &&
         std::none_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// The shares of an attribute's values, for all families or for those with one value of another attribute.
void check_shares(const Keys& at, const std::string& name, const Stream::Shares& shares, const ChainNames& names,
                  Findings& findings) {
  const ChainNames::Attribute& attribute = *names.attribute(name);
  double total = 0.0;
  std::size_t next_rank = 0;
  for (const auto& [value, share] : shares) {
    if (!is_value(value)) findings.error(at / value, fmt::format("`{}` cannot be the name of a value", value));
    findings.within(at / value, "a share", share, 0.0, 1.0);
    total += share;
    const std::size_t rank = *attribute.rank(value);
    if (rank < next_rank)
      findings.error(at / value, fmt::format("`{}` is listed twice, or in another order than where {} is drawn "
                                             "first: values rank in the order listed",
                                             value, name));
    next_rank = std::max(next_rank, rank + 1);
  }
  findings.adds_to_one(at, fmt::format("the shares of {}", name), total);
}

/// `earlier` are the attributes that the stream has drawn by then.
void check_given(const Keys& at, const Stream::Attribute& drawn, const std::vector<std::string>& earlier,
                 const ChainNames& names, Findings& findings) {
  if (std::find(earlier.begin(), earlier.end(), drawn.given) == earlier.end()) {
    findings.unknown(at / "given", fmt::format("attribute drawn before {}", drawn.name), drawn.given, earlier);
    return;
  }
  std::set<std::string> listed;
  for (const auto& [value, shares] : drawn.by_value) {
    const ChainNames::Attribute& given = *names.attribute(drawn.given);
    if (!given.rank(value)) findings.unknown(at / "by" / value, "value of " + drawn.given, value, given.values);
    if (!listed.insert(value).second) findings.error(at / "by" / value, fmt::format("`{}` is listed twice", value));
    check_shares(at / "by" / value, drawn.name, shares, names, findings);
  }
}

void check_attribute(const Keys& at, const Stream::Attribute& drawn, const std::vector<std::string>& earlier,
                     const ChainNames& names, Findings& findings) {
  if (!is_identifier(drawn.name))
    findings.error(at,
                   fmt::format("attribute `{}` must be a letter followed by letters, digits, `_` or `-`", drawn.name));
  for (const Word& order : queue_orders())
    if (order.name == drawn.name)
      findings.error(at, fmt::format("`{}` is a queue order: choose another name for the attribute", drawn.name));
  if (drawn.given.empty()) {
    check_shares(at, drawn.name, drawn.shares, names, findings);
    if (!drawn.by_value.empty())
      findings.error(at,
                     fmt::format("{} has shares for values of another attribute: name it with `given`", drawn.name));
    return;
  }
  check_shares(at / "otherwise", drawn.name, drawn.shares, names, findings);
  check_given(at, drawn, earlier, names, findings);
}

/// The engine draws no larger one.
double largest_factor(double variance) {
  return variance < kLeastDispersion ? 1.0 : quantile_of(dispersion_factor(variance), 1.0 - 0x1p-41);
}

void check_process(const Keys& at, const Stream& stream, Findings& findings) {
  findings.within(at / "rate", "a rate", stream.per_day, 0.0, 1e9);
  findings.within(at / "trend", "a trend per year", stream.trend_per_year, -0.99, 100.0);
  check_factors(at / "month", "month", stream.month, kMonths, findings);
  check_factors(at / "weekday", "weekday", stream.weekday, kWeekdays, findings);
  findings.within(at / "school_holidays", "a factor", stream.school_holidays, 0.0, 1e6);
  findings.within(at / "public_holidays", "a factor", stream.public_holidays, 0.0, 1e6);
  check_children(at / "children", stream, findings);
  const Keys dispersion = at / "dispersion";
  findings.within(dispersion / "day", "a variance", stream.day_dispersion, 0.0, kMostDispersion);
  findings.within(dispersion / "month", "a variance", stream.month_dispersion, 0.0, kMostDispersion);
}

void check_stream(const Stream& stream, const ChainNames& names, Findings& findings) {
  const Keys at = Keys("arrivals") / stream.id;
  if (!is_identifier(stream.id))
    findings.error(at, fmt::format("stream `{}` must be a letter followed by letters, digits, `_` or `-`", stream.id));
  if (!names.step(stream.to)) findings.unknown(at / "to", "step", stream.to, names.all_steps(false));
  std::vector<std::string> drawn;
  for (const Stream::Attribute& attribute : stream.attributes) {
    const Keys here = at / "attributes" / attribute.name;
    check_attribute(here, attribute, drawn, names, findings);
    if (std::find(drawn.begin(), drawn.end(), attribute.name) != drawn.end())
      findings.error(here, fmt::format("`{}` is drawn twice", attribute.name));
    drawn.push_back(attribute.name);
  }
  if (stream.recorded)
    check_recorded(at / "recorded", stream, findings);
  else
    check_process(at, stream, findings);
}

}  // namespace

void check_organisations(const Chain& chain, const ChainNames& names, Findings& findings) {
  std::set<std::string> taken, with_steps;
  for (const Step& step : chain.steps) with_steps.insert(organisation_part(step.id));
  for (const Organisation& organisation : chain.organisations) {
    const Keys at = Keys("organisations") / organisation.id;
    check_id(at, "organisation", organisation.id, findings);
    if (!taken.insert(organisation.id).second)
      findings.error(at, fmt::format("there are two organisations `{}`", organisation.id));
    if (!with_steps.count(organisation.id))
      findings.warning(at, fmt::format("organisation {} has no steps", organisation.id));
    if (!organisation.per.empty()) check_members(at, organisation, names, findings);
  }
  for (const Organisation& organisation : chain.organisations)
    for (std::size_t i = 0; i < organisation.members.size(); ++i) {
      const Keys at = Keys("organisations") / organisation.id / "per" / organisation.per / i;
      const std::string& member = organisation.members[i].first;
      check_id(at, "member", member, findings);
      if (!taken.insert(member).second)
        findings.error(at, fmt::format("member `{}` of {} has the name of another organisation or member", member,
                                       organisation.id));
    }
}

void check_streams(const Chain& chain, const ChainNames& names, Findings& findings) {
  if (chain.streams.empty()) findings.error("arrivals", "nobody arrives: a chain needs at least one arrival stream");
  if (chain.streams.size() > kMostStreams)
    findings.error("arrivals", fmt::format("{} arrival streams are more than the engine can tell apart ({})",
                                           chain.streams.size(), kMostStreams));
  std::set<std::string> taken;
  for (const Stream& stream : chain.streams) {
    if (!taken.insert(stream.id).second)
      findings.error(Keys("arrivals") / stream.id, fmt::format("there are two arrival streams `{}`", stream.id));
    check_stream(stream, names, findings);
  }
  if (names.attributes().size() > kMostAttributes)
    findings.error("arrivals", fmt::format("{} attributes are more than the {} that a case can carry",
                                           names.attributes().size(), kMostAttributes));
  for (const ChainNames::Attribute& attribute : names.attributes())
    if (attribute.values.size() > kMostValues)
      findings.error("arrivals", fmt::format("attribute {} has more than {} values", attribute.name, kMostValues));
}

void check_intensity(const Scenario& scenario, Findings& findings) {
  const Period& period = scenario.period;
  const Date origin = origin_of(scenario);
  for (const Stream& stream : scenario.chain.streams) {
    if (stream.recorded) {
      check_recorded_period(stream, origin, period.end, findings);
      continue;
    }
    const std::vector<double> per_day =
        daily_intensity(stream, period, origin, static_cast<int>((period.end - origin).count()));
    const auto most = std::max_element(per_day.begin(), per_day.end());
    const double dispersion = largest_factor(stream.day_dispersion) * largest_factor(stream.month_dispersion);
    if (!(*most * dispersion <= kMostFamiliesPerDay))
      findings.error(Keys("arrivals") / stream.id / "rate",
                     fmt::format("{:.3g} families on one day (day {} from the start{}) are more than the engine can "
                                 "tell apart ({:.0f})",
                                 *most * dispersion, most - per_day.begin() - (period.start - origin).count(),
                                 dispersion > 1.0 ? ", as far as the dispersion goes" : "", kMostFamiliesPerDay));
  }
}

}  // namespace ketensim

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "calibration/monitor/clean.hpp"

namespace ketensim::monitor {
namespace {

constexpr std::int32_t kAmbiguous = -3;

void agree(std::vector<std::int32_t>& of, std::int32_t who, std::int32_t value) {
  std::int32_t& known = of[static_cast<std::size_t>(who)];
  if (known == kUnknown)
    known = value;
  else if (known != value)
    known = kAmbiguous;
}

/// When the case came, as far as the row tells.
double came(const RawVisit& visit) {
  for (const Which which : {kReceived, kStarted, kEnded})
    if (visit.has(which)) return visit.at[which];
  return -1e9;
}

bool same_moment(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same_key(const RawVisit& a, const RawVisit& b) {
  return a.child == b.child && a.step == b.step && a.organisation == b.organisation && a.case_id == b.case_id &&
         came(a) == came(b);
}

bool alike(Raw& raw, std::int32_t a, std::int32_t b) {
  const RawVisit &one = raw.visits[static_cast<std::size_t>(a)], &other = raw.visits[static_cast<std::size_t>(b)];
  for (const Which which : {kReceived, kStarted, kEnded})
    if (!same_moment(one.at[which], other.at[which])) return false;
  if (one.family != other.family || one.outcome != other.outcome || one.has_outcome != other.has_outcome) return false;
  for (std::size_t i = 0; i < raw.attributes.size(); ++i)
    if (raw.value(static_cast<std::size_t>(a), i) != raw.value(static_cast<std::size_t>(b), i)) return false;
  return true;
}

}  // namespace

void take_members_from_other_rows(Raw& raw) {
  for (std::size_t attribute = 0; attribute < raw.attributes.size(); ++attribute) {
    if (std::none_of(raw.unknown_members.begin(), raw.unknown_members.end(),
                     [&](const UnknownMember& unknown) { return unknown.attribute == attribute; }))
      continue;
    std::vector<std::int32_t> of_child(raw.children.names().size(), kUnknown),
        of_family(raw.families.names().size(), kUnknown);
    for (std::size_t i = 0; i < raw.visits.size(); ++i) {
      if (raw.value(i, attribute) == kUnknown) continue;
      agree(of_child, raw.visits[i].child, raw.value(i, attribute));
      agree(of_family, raw.visits[i].family, raw.value(i, attribute));
    }
    for (const UnknownMember& unknown : raw.unknown_members) {
      if (unknown.attribute != attribute) continue;
      RawVisit& visit = raw.visits[unknown.visit];
      std::int32_t value = of_child[static_cast<std::size_t>(visit.child)];
      if (value < 0) value = of_family[static_cast<std::size_t>(visit.family)];
      if (value < 0) continue;
      raw.value(unknown.visit, attribute) = value;
      const std::string_view name = raw.attribute_values[attribute].names()[static_cast<std::size_t>(value)];
      if (raw.member_attribute(static_cast<std::size_t>(visit.partner)) == attribute)
        visit.organisation = raw.organisations.number(name);
      raw.repairs[unknown.repair].new_value = name;
    }
  }
}

std::vector<std::int32_t> order_by_child(const Raw& raw) {
  std::vector<std::int32_t> begin(raw.children.names().size() + 1, 0), order(raw.visits.size());
  for (const RawVisit& visit : raw.visits) ++begin[static_cast<std::size_t>(visit.child) + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<std::int32_t> next = begin;
  for (std::size_t i = 0; i < raw.visits.size(); ++i)
    order[static_cast<std::size_t>(next[static_cast<std::size_t>(raw.visits[i].child)]++)] =
        static_cast<std::int32_t>(i);
  const auto before = [&](std::int32_t a, std::int32_t b) {
    const RawVisit &one = raw.visits[static_cast<std::size_t>(a)], &other = raw.visits[static_cast<std::size_t>(b)];
    if (one.step != other.step) return one.step < other.step;
    if (one.organisation != other.organisation) return one.organisation < other.organisation;
    if (came(one) != came(other)) return came(one) < came(other);
    if (one.case_id != other.case_id) return one.case_id < other.case_id;
    return a < b;
  };
  for (std::size_t child = 0; child + 1 < begin.size(); ++child)
    std::sort(order.begin() + begin[child], order.begin() + begin[child + 1], before);
  return order;
}

void reject_repeated_rows(Raw& raw, const std::vector<std::int32_t>& order) {
  const auto place = [&](const RawVisit& visit) {
    return fmt::format("{}:{}", raw.files[static_cast<std::size_t>(visit.file)], visit.line);
  };
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    const RawVisit& key = raw.visits[static_cast<std::size_t>(order[first])];
    for (end = first + 1; end < order.size() && same_key(key, raw.visits[static_cast<std::size_t>(order[end])]);) ++end;
    std::int32_t kept = order[first];
    for (std::size_t i = first + 1; i < end; ++i) {
      RawVisit &earlier = raw.visits[static_cast<std::size_t>(kept)],
               &later = raw.visits[static_cast<std::size_t>(order[i])];
      if (alike(raw, kept, order[i])) {
        raw.note(later, Rule::duplicate, "as " + place(earlier), "rejected");
        later.rejected = true;
      } else {
        raw.note(earlier, Rule::corrected, "", "by " + place(later));
        earlier.rejected = true;
        kept = order[i];
      }
    }
  }
}

}  // namespace ketensim::monitor

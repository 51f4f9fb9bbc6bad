// Shares of attributes, and whether one depends on another.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "calibration/chain/fit_streams.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim::chain {
namespace {

using std::size_t;

/// The values of a family's first case, by carried attribute.
std::vector<std::vector<std::int32_t>> families_of(const Evidence& evidence) {
  std::set<std::pair<std::int32_t, double>> seen;
  std::vector<std::vector<std::int32_t>> families;
  for (const MonitorCase& of : evidence.linked().cases) {
    if (of.beginning_unseen || of.previous != kUnknown) continue;
    const std::int32_t first = evidence.linked().visits[of.first];
    const MonitorVisit& visit = evidence.visit(first);
    if (seen.emplace(evidence.family(first), visit.received.earliest).second) families.push_back(evidence.classes(first));
  }
  return families;
}

/// The order in which a queue serves the values, where one does; then the most frequent first.
void sort_values(const std::vector<CapacityFit>& capacity, AttributeShares& of) {
  const CapacityFit* ranks = nullptr;
  for (const CapacityFit& fit : capacity)
    if (fit.limits && fit.order.attribute == of.attribute && (!ranks || fit.full_days > ranks->full_days)) ranks = &fit;
  const auto rank = [&](std::int32_t value) {
    if (!ranks) return std::ptrdiff_t{0};
    return std::find(ranks->order.values.begin(), ranks->order.values.end(), value) - ranks->order.values.begin();
  };
  std::stable_sort(of.counts.begin(), of.counts.end(), [&](const auto& a, const auto& b) {
    return rank(a.first) != rank(b.first) ? rank(a.first) < rank(b.first) : a.second > b.second;
  });
}

AttributeShares counted(std::int32_t attribute, const std::vector<std::int32_t>& values) {
  std::map<std::int32_t, size_t> count;
  for (const std::int32_t value : values)
    if (value != kUnknown) ++count[value];
  AttributeShares of;
  of.attribute = attribute;
  of.counts.assign(count.begin(), count.end());
  return of;
}

using Table = std::map<std::int32_t, std::map<std::int32_t, size_t>>;  // value of the other, then own value

/// How much likelier own shares for each value of the other attribute make the values, twice the logarithm, with the
/// degrees of freedom.
struct Dependence {
  double ratio = 0.0, freedom = 0.0, cases = 0.0;
  Table table;
};

Dependence dependence_of(const std::vector<std::vector<std::int32_t>>& families, size_t own, size_t other) {
  Dependence d;
  std::map<std::int32_t, double> rows, columns;
  for (const auto& values : families) {
    if (values[own] == kUnknown || values[other] == kUnknown) continue;
    ++d.table[values[other]][values[own]];
    ++rows[values[other]];
    ++columns[values[own]];
    d.cases += 1.0;
  }
  for (const auto& [row, cells] : d.table)
    for (const auto& [column, count] : cells) {
      const auto n = static_cast<double>(count);
      d.ratio += 2.0 * n * std::log(n * d.cases / (rows[row] * columns[column]));
    }
  d.freedom = (static_cast<double>(rows.size()) - 1.0) * (static_cast<double>(columns.size()) - 1.0);
  return d;
}

/// The attribute listed earlier on which this one depends most clearly, if likelihood ratio and BIC both say so.
void find_dependence(const Evidence& evidence, const std::vector<std::vector<std::int32_t>>& families, size_t own,
                     double level, AttributeShares& of) {
  double clearest = 0.0;
  for (size_t other = 0; other < own; ++other) {
    if (!evidence.at_entry(evidence.attributes()[other])) continue;
    const Dependence d = dependence_of(families, own, other);
    if (!(d.freedom > 0.0) || fit::chi_squared_above(d.freedom, d.ratio) >= level / static_cast<double>(own)) continue;
    const double gain = d.ratio - d.freedom * std::log(d.cases);
    if (gain <= clearest) continue;
    clearest = gain;
    of.given = evidence.attributes()[other];
    of.by_value.clear();
    for (const auto& [value, cells] : d.table) {
      std::vector<size_t> counts;
      for (const auto& [own_value, count] : of.counts) {
        const auto at = cells.find(own_value);
        counts.push_back(at == cells.end() ? 0 : at->second);
      }
      of.by_value.emplace_back(value, std::move(counts));
    }
  }
}

/// Which step sends cases to the organisation whose members the attribute names: the one that sends most.
std::int32_t giver_of(const Evidence& evidence, const std::string& organisation) {
  std::map<std::int32_t, size_t> from;
  for (const Handover& handover : evidence.linked().handovers) {
    if (handover.to == kUnknown || handover.skipped) continue;
    const auto group = [&](std::int32_t visit) {
      return evidence.monitor().steps[static_cast<size_t>(evidence.visit(visit).step)].organisation;
    };
    if (group(handover.to) == organisation && group(handover.from) != organisation)
      ++from[evidence.visit(handover.from).step];
  }
  const auto most = std::max_element(from.begin(), from.end(), [](auto& a, auto& b) { return a.second < b.second; });
  return most == from.end() ? kUnknown : most->first;
}

/// Which member a case comes to is as good as known when it arrives: the shares are those of the families that were
/// sent there. Siblings go together, and children who come back go where they were: a family counts once at a member.
AttributeShares told_by_members(const Evidence& evidence, std::int32_t attribute) {
  const std::string& name = evidence.monitor().attributes[static_cast<size_t>(attribute)];
  const auto& partners = evidence.plan().organisations;
  const auto partner =
      std::find_if(partners.begin(), partners.end(), [&](const PartnerPlan& p) { return p.per == name; });
  const std::int32_t giver = giver_of(evidence, partner->id);
  std::set<std::pair<std::int32_t, std::int32_t>> sent, all;  // family and value
  for (std::int32_t number = 0; number < static_cast<std::int32_t>(evidence.monitor().visits.size()); ++number) {
    const MonitorVisit& visit = evidence.visit(number);
    if (evidence.monitor().steps[static_cast<size_t>(visit.step)].organisation != partner->id) continue;
    const auto at_member = all.emplace(evidence.family(number), evidence.value(number, attribute)).first;
    const std::int32_t before = evidence.before(number);
    if (before != kUnknown && evidence.visit(before).step == giver && !evidence.in_gap(number)) sent.insert(*at_member);
  }
  const auto values_of = [](const auto& families) {
    std::vector<std::int32_t> values;
    for (const auto& [family, value] : families) values.push_back(value);
    return values;
  };
  AttributeShares of = counted(attribute, values_of(sent.empty() ? all : sent));
  of.told_later = true;
  // A member that received nobody from there is a member all the same.
  for (const auto& [value, count] : counted(attribute, values_of(all)).counts)
    if (std::none_of(of.counts.begin(), of.counts.end(), [&](const auto& known) { return known.first == value; }))
      of.counts.emplace_back(value, 0);
  return of;
}

}  // namespace

std::vector<AttributeShares> fit_attributes(const Evidence& evidence, const std::vector<CapacityFit>& capacity,
                                            double level) {
  const std::vector<std::vector<std::int32_t>> families = families_of(evidence);
  std::vector<AttributeShares> result;
  for (size_t place = 0; place < evidence.attributes().size(); ++place) {
    const std::int32_t attribute = evidence.attributes()[place];
    if (!evidence.at_entry(attribute)) {
      result.push_back(told_by_members(evidence, attribute));
      sort_values(capacity, result.back());
      continue;
    }
    std::vector<std::int32_t> values;
    for (const auto& family : families) values.push_back(family[place]);
    result.push_back(counted(attribute, values));
    sort_values(capacity, result.back());
    find_dependence(evidence, families, place, level, result.back());
  }
  return result;
}

}  // namespace ketensim::chain

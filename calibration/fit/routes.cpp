// Shares of outcomes that compete, and on which attributes they depend.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "calibration/fit/fitted.hpp"
#include "calibration/fit/share_outlook.hpp"
#include "calibration/fit/siblings.hpp"
#include "calibration/fit/special.hpp"
#include "ketensim/calibrate.hpp"

namespace ketensim {
namespace {

constexpr double kJeffreys = 0.5;
constexpr double kFewestDecided = 25.0;

/// A moment at which something happened, with who could still have it happen to them.
struct Instant {
  double at_risk;
  std::vector<double> decided;  // by outcome
};

/// Durations as moments: in the middle of what is known, from the middle of the day of the start.
double moment_of(const Observation& o) {
  return std::max(0.0, (o.over() ? (o.lower + o.upper) / 2.0 : o.lower) - o.blur / 2.0);
}
/// In years, as RouteCase::begun.
double decided_at(const RouteCase& c) { return c.begun + moment_of(c.duration) / kDaysPerYear; }
double entry_of(const Observation& o) { return o.entry > 0.0 ? std::max(0.0, o.entry - o.blur / 2.0) : -1.0; }

std::vector<Instant> instants_of(std::span<const RouteCase> cases, std::size_t outcomes) {
  std::vector<double> entries, leaves;
  std::map<double, std::vector<double>> decided;
  for (const RouteCase& c : cases) {
    const double at = moment_of(c.duration);
    entries.push_back(std::min(entry_of(c.duration), at - 1e-9));
    leaves.push_back(at);
    if (c.outcome < 0) continue;
    std::vector<double>& here = decided[at];
    here.resize(outcomes);
    here[static_cast<std::size_t>(c.outcome)] += 1.0;
  }
  std::sort(entries.begin(), entries.end());
  std::sort(leaves.begin(), leaves.end());
  std::vector<Instant> instants;
  for (auto& [at, counts] : decided) {
    const auto entered = std::lower_bound(entries.begin(), entries.end(), at) - entries.begin();
    const auto left = std::lower_bound(leaves.begin(), leaves.end(), at) - leaves.begin();
    instants.push_back({static_cast<double>(entered - left), std::move(counts)});
  }
  return instants;
}

/// Variance of the incidence at the end of the follow-up (Dinse and Larson 1986, as in Marubini and Valsecchi 1995).
double variance_of(const std::vector<Instant>& instants, std::size_t outcome, double total) {
  double survival = 1.0, incidence = 0.0, variance = 0.0;
  for (const Instant& i : instants) {
    double all = 0.0;
    for (const double d : i.decided) all += d;
    const double own = i.decided[outcome], n = i.at_risk;
    incidence += survival * own / n;
    const double ahead = total - incidence;
    if (n > all) variance += ahead * ahead * all / (n * (n - all));
    variance += survival * survival * (n - own) / n * own / (n * n);
    variance -= 2.0 * ahead * survival * own / (n * n);
    survival *= 1.0 - all / n;
  }
  return std::max(variance, 0.0);
}

/// Shares as those of so many cases that were all decided: as many as carry the same error.
struct Effective {
  std::vector<double> shares;
  double cases = 0.0;
  std::size_t decided = 0, all = 0;
};

Effective effective_of(std::span<const RouteCase> cases, std::size_t outcomes) {
  Effective result;
  result.all = cases.size();
  const Incidence incidence = cumulative_incidence(cases, outcomes);
  const double decided = 1.0 - incidence.undecided;
  double spread = 0.0, variance = 0.0;
  for (const Estimate& figure : incidence.by_outcome) {
    result.shares.push_back(decided > 0.0 ? figure.estimate / decided : 0.0);
    result.decided += figure.cases;
    spread += result.shares.back() * (1.0 - result.shares.back());
    variance += figure.standard_error * figure.standard_error;
  }
  const auto counted = static_cast<double>(result.decided);
  // One outcome has no error to go by, and open cases never say more than decided ones.
  const double by_error = variance > 0.0 ? spread * decided * decided / variance : counted;
  result.cases = std::min(by_error, static_cast<double>(cases.size()));
  if (!(spread > 1e-12)) result.cases = counted;
  return result;
}

std::vector<double> dirichlet_of(const Effective& effective) {
  std::vector<double> alphas;
  for (const double share : effective.shares) alphas.push_back(effective.cases * share + kJeffreys);
  return alphas;
}

RouteShares shares_of(const Effective& effective) {
  RouteShares result;
  result.cases = effective.all;
  const std::vector<double> alphas = dirichlet_of(effective);
  const double total = std::accumulate(alphas.begin(), alphas.end(), 0.0);
  for (const double alpha : alphas) {
    const double mean = alpha / total, rest = total - alpha;
    const bool alone = effective.shares.size() == 1;
    result.shares.push_back({mean, std::sqrt(mean * (1.0 - mean) / (total + 1.0)),
                             alone ? 1.0 : fit::beta_quantile(alpha, rest, 0.025),
                             alone ? 1.0 : fit::beta_quantile(alpha, rest, 0.975), effective.decided});
  }
  return result;
}

using ClassKey = std::vector<std::int32_t>;
using Classes = std::map<ClassKey, std::vector<RouteCase>>;

/// Cases by their values of the attributes; those with few decided cases, or an unknown value, under no key at all.
Classes divide(std::span<const RouteCase> cases, const std::vector<std::int32_t>& attributes) {
  Classes classes;
  for (const RouteCase& c : cases) {
    ClassKey key;
    for (const std::int32_t a : attributes) key.push_back(c.classes[static_cast<std::size_t>(a)]);
    classes[std::find_if(key.begin(), key.end(), [](std::int32_t v) { return v < 0; }) == key.end() ? key : ClassKey{}]
        .push_back(c);
  }
  if (attributes.empty()) return classes;
  for (auto at = classes.begin(); at != classes.end();) {
    const auto decided =
        std::count_if(at->second.begin(), at->second.end(), [](const RouteCase& c) { return c.outcome >= 0; });
    if (at->first.empty() || static_cast<double>(decided) >= kFewestDecided) {
      ++at;
      continue;
    }
    std::vector<RouteCase>& rest = classes[ClassKey{}];
    rest.insert(rest.end(), at->second.begin(), at->second.end());
    at = classes.erase(at);
  }
  return classes;
}

/// What telling cases apart by one attribute more gains: how much likelier each class is under its own shares than
/// under those of the class that it is a part of, on as many cases as carry the same error. Cases that stay together
/// say nothing.
struct Division {
  std::int32_t attribute = -1;
  double gain = 0.0, cases = 0.0, parameters = 0.0;
};

Division division_of(std::span<const RouteCase> cases, std::size_t outcomes, std::vector<std::int32_t> attributes,
                     std::int32_t attribute) {
  std::map<ClassKey, Effective> wholes;
  for (const auto& [key, own] : divide(cases, attributes)) wholes[key] = effective_of(own, outcomes);
  attributes.push_back(attribute);
  Division result{attribute};
  std::map<ClassKey, int> parts;
  for (const auto& [key, own] : divide(cases, attributes)) {
    if (key.empty()) continue;
    const ClassKey whole(key.begin(), key.end() - 1);
    const auto of = wholes.find(whole);
    if (of == wholes.end()) continue;
    const Effective effective = effective_of(own, outcomes);
    result.cases += effective.cases;
    if (++parts[whole] > 1) result.parameters += static_cast<double>(outcomes - 1);
    for (std::size_t k = 0; k < outcomes; ++k)
      if (const double share = effective.shares[k]; share > 0.0 && of->second.shares[k] > 0.0)
        result.gain += effective.cases * share * std::log(share / of->second.shares[k]);
  }
  return result;
}

std::vector<std::int32_t> choose_attributes(std::span<const RouteCase> cases, std::size_t outcomes,
                                            double design_effect, const FitOptions& options) {
  std::vector<std::int32_t> chosen;
  const auto count = static_cast<std::int32_t>(cases[0].classes.size());
  for (;;) {
    Division best;
    for (std::int32_t a = 0; a < count; ++a) {
      if (std::find(chosen.begin(), chosen.end(), a) != chosen.end()) continue;
      Division division = division_of(cases, outcomes, chosen, a);
      division.gain /= design_effect;
      if (!(division.parameters > 0.0)) continue;
      const double p = std::min(1.0, count * fit::chi_squared_above(division.parameters, 2.0 * division.gain));
      if (p >= options.level || 2.0 * division.gain <= division.parameters * std::log(division.cases)) continue;
      if (division.gain > best.gain) best = division;
    }
    if (best.attribute < 0) return chosen;
    chosen.push_back(best.attribute);
  }
}

constexpr double kFewestExpected = 5.0;

/// How far the shares of years lie apart.
struct Periods {
  double p_value = 1.0;
  double excess = 0.0;  // variance between years over that of chance within one
};

/// Pearson's statistic over its freedom (McCullagh and Nelder 1989, ch. 4.5), within classes. A year with few cases, or
/// an outcome with few in it, says nothing.
Periods periods_of(const Classes& classes, std::size_t outcomes, double design_effect) {
  Periods result;
  double statistic = 0.0, freedom = 0.0;
  std::set<int> years;
  for (const auto& [key, cases] : classes) {
    std::map<int, std::vector<double>> counts;
    std::vector<double> all(outcomes);
    double total = 0.0;
    for (const RouteCase& c : cases) {
      if (c.outcome < 0 || std::isnan(c.begun)) continue;
      std::vector<double>& year = counts[static_cast<int>(std::floor(c.begun))];
      year.resize(outcomes);
      year[static_cast<std::size_t>(c.outcome)] += 1.0;
      all[static_cast<std::size_t>(c.outcome)] += 1.0;
      total += 1.0;
    }
    double cells = 0.0, rows = 0.0;
    std::set<std::size_t> columns;
    for (const auto& [year, of] : counts) {
      const double size = std::accumulate(of.begin(), of.end(), 0.0);
      bool any = false;
      for (std::size_t k = 0; k < outcomes; ++k) {
        const double expected = size * all[k] / total;
        if (expected < kFewestExpected) continue;
        statistic += (of[k] - expected) * (of[k] - expected) / expected;
        columns.insert(k);
        any = true;
        ++cells;
      }
      if (!any) continue;
      years.insert(year);
      ++rows;
    }
    freedom += std::max(0.0, cells - rows - static_cast<double>(columns.size()) + 1.0);
  }
  if (years.size() < 3 || !(freedom > 0.0)) return result;
  statistic /= design_effect;
  result.p_value = fit::chi_squared_above(freedom, statistic);
  result.excess = std::max(0.0, statistic / freedom - 1.0);
  return result;
}

/// The cases of one class, with their shares as they are now and in a year to come.
struct Part {
  ClassKey key;
  std::span<const RouteCase> cases;
  Effective now, ahead{};
};

/// By when they were decided: those who take longest come last, in each quarter alike.
fit::DecidedQuarters quarters_of(std::span<const RouteCase> cases, std::size_t outcomes, double last) {
  constexpr double kQuarter = 0.25;  // years
  std::map<int, std::vector<double>> decided;
  for (const RouteCase& c : cases) {
    if (c.outcome < 0 || std::isnan(c.begun)) continue;
    std::vector<double>& quarter = decided[static_cast<int>(std::floor((last - decided_at(c)) / kQuarter))];
    quarter.resize(outcomes);
    quarter[static_cast<std::size_t>(c.outcome)] += 1.0;
  }
  fit::DecidedQuarters result;
  for (auto& [quarter, counts] : decided) {
    result.counts.push_back(std::move(counts));
    result.years.push_back(kQuarter * (quarter + 0.5));
  }
  return result;
}

/// Shares as they are now in place of those of all years, each with its error.
void look_ahead(std::vector<Part>& parts, std::size_t outcomes, double design_effect) {
  double last = -Observation::kInfinity;
  for (const Part& part : parts)
    for (const RouteCase& c : part.cases)
      if (!std::isnan(c.begun)) last = std::max(last, decided_at(c));
  std::vector<fit::DecidedQuarters> quarters;
  for (const Part& part : parts) quarters.push_back(quarters_of(part.cases, outcomes, last));
  const bool dated = std::all_of(quarters.begin(), quarters.end(), [](const auto& of) { return !of.counts.empty(); });
  const auto outlooks = dated ? fit::share_outlook(quarters, design_effect) : std::nullopt;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    Effective& now = parts[p].now;
    now.cases /= design_effect;
    parts[p].ahead = now;
    if (!outlooks) continue;
    const fit::ShareOutlook& outlook = (*outlooks)[p];
    std::vector<double> counted(outcomes);
    for (const auto& quarter : quarters[p].counts)
      for (std::size_t k = 0; k < outcomes; ++k) counted[k] += quarter[k];
    const double all = std::accumulate(counted.begin(), counted.end(), 0.0), alike = design_effect / all;
    double total = 0.0;
    for (std::size_t k = 0; k < outcomes; ++k) {
      if (counted[k] > 0.0) now.shares[k] *= outlook.shares[k] * all / counted[k];
      total += now.shares[k];
    }
    for (double& share : now.shares) share /= total;
    parts[p].ahead = now;
    now.cases *= alike / outlook.error;
    parts[p].ahead.cases *= alike / (outlook.error + outlook.ahead);
  }
}

/// Nothing where they go the same way no more than chance has it.
fit::Siblings tied_siblings(const std::vector<std::span<const RouteCase>>& classes, std::size_t outcomes,
                            const FitOptions& options) {
  const fit::Siblings found = fit::siblings_of(classes, outcomes);
  return found.p_value < options.level ? found : fit::Siblings{};
}

void add_siblings(const Classes& classes, std::size_t outcomes, const FitOptions& options, RouteFit& result) {
  std::vector<std::span<const RouteCase>> parts;
  for (const auto& [key, cases] : classes) parts.emplace_back(cases);
  const fit::Siblings siblings = tied_siblings(parts, outcomes, options);
  if (!(siblings.share.estimate > 0.0)) return;
  result.siblings = siblings.share;
  result.design_effect = siblings.design_effect;
}

std::vector<std::string> problems_of(std::span<const RouteCase> cases, std::size_t outcomes) {
  if (cases.empty()) return {"there are no cases"};
  if (outcomes == 0) return {"there are no outcomes"};
  std::vector<Observation> observations;
  for (const RouteCase& c : cases) observations.push_back(c.duration);
  std::vector<std::string> problems = fit::problems_of(observations);
  const auto says = [&](const char* message, auto&& fails) {
    const auto count = std::count_if(cases.begin(), cases.end(), fails);
    if (count > 0) problems.push_back(fmt::format("{} of {} cases {}", count, cases.size(), message));
  };
  says("have an outcome that is none of them",
       [&](const RouteCase& c) { return c.outcome >= static_cast<std::int32_t>(outcomes); });
  says("have an outcome and are not over, or the reverse",
       [](const RouteCase& c) { return (c.outcome >= 0) != c.duration.over(); });
  says("have another number of attributes",
       [&](const RouteCase& c) { return c.classes.size() != cases[0].classes.size(); });
  if (problems.empty() && std::none_of(cases.begin(), cases.end(), [](const RouteCase& c) { return c.outcome >= 0; }))
    problems.push_back(fmt::format("none of {} cases has an outcome yet", cases.size()));
  return problems;
}

}  // namespace

Incidence cumulative_incidence(std::span<const RouteCase> cases, std::size_t outcomes) {
  const std::vector<Instant> instants = instants_of(cases, outcomes);
  Incidence result;
  result.by_outcome.resize(outcomes);
  for (Estimate& figure : result.by_outcome) figure.estimate = 0.0;
  double survival = 1.0;
  for (const Instant& i : instants) {
    double all = 0.0;
    for (std::size_t k = 0; k < outcomes; ++k) {
      result.by_outcome[k].estimate += survival * i.decided[k] / i.at_risk;
      result.by_outcome[k].cases += static_cast<std::size_t>(i.decided[k]);
      all += i.decided[k];
    }
    survival *= 1.0 - all / i.at_risk;
  }
  result.undecided = survival;
  for (std::size_t k = 0; k < outcomes; ++k) {
    Estimate& figure = result.by_outcome[k];
    const double error = std::sqrt(variance_of(instants, k, figure.estimate));
    figure.standard_error = error;
    figure.low = std::max(0.0, figure.estimate - 1.959963984540054 * error);
    figure.high = std::min(1.0, figure.estimate + 1.959963984540054 * error);
  }
  return result;
}

RouteFit fit_routes(std::span<const RouteCase> cases, std::size_t outcomes, const FitOptions& options) {
  RouteFit result;
  result.problems = problems_of(cases, outcomes);
  if (!result.ok()) return result;
  // What siblings have in common for being of one class is not yet told apart here: classes must earn their place.
  const double undivided = tied_siblings({cases}, outcomes, options).design_effect;
  if (options.classes && outcomes > 1) result.attributes = choose_attributes(cases, outcomes, undivided, options);
  Classes classes = divide(cases, result.attributes);
  add_siblings(classes, outcomes, options, result);
  const Periods periods = periods_of(classes, outcomes, result.design_effect);
  result.p_periods = periods.p_value;
  if (periods.p_value < options.level)
    result.notes.push_back(fmt::format("shares differ between years {:.1f} times as much as by chance (p = {:.2g})",
                                       std::sqrt(1.0 + periods.excess), periods.p_value));
  std::vector<Part> parts;
  const std::vector<RouteCase>* rest = nullptr;
  for (const auto& [key, own] : classes)
    if (key.empty())
      rest = &own;
    else
      parts.push_back({key, own, effective_of(own, outcomes)});
  const bool few =
      rest == nullptr || std::none_of(rest->begin(), rest->end(), [](const RouteCase& c) { return c.outcome >= 0; });
  if (!few) parts.push_back({{}, *rest, effective_of(*rest, outcomes)});
  look_ahead(parts, outcomes, result.design_effect);
  if (few) {
    std::vector<Part> whole{{{}, cases, effective_of(cases, outcomes)}};
    look_ahead(whole, outcomes, result.design_effect);
    parts.push_back(std::move(whole.front()));
  }
  for (const Part& part : parts) {
    RouteShares& shares = result.parts.emplace_back(shares_of(part.now));
    shares.dirichlet = dirichlet_of(part.ahead);
    for (std::size_t i = 0; i < part.key.size(); ++i) shares.when.emplace_back(result.attributes[i], part.key[i]);
  }
  const Incidence incidence = cumulative_incidence(cases, outcomes);
  if (incidence.undecided > 0.1)
    result.notes.push_back(
        fmt::format("{:.0f}% of the outcomes lie beyond the follow-up", 100.0 * incidence.undecided));
  return result;
}

}  // namespace ketensim

#include "tests/report/synthetic.hpp"

#include <cmath>
#include <limits>
#include <random>

namespace ketensim::tests {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

constexpr const char* kMembers[] = {"GM0141", "GM0147", "GM0153", "GM0158", "GM0163"};
constexpr std::size_t kMarch = 2, kMonths = 12;

std::vector<ReportedPeriod> periods_of_2024() {
  const auto first = [](unsigned month) { return sys_days(year(2024) / 1 / 1 + months(month)); };
  std::vector<ReportedPeriod> periods;
  for (unsigned month = 0; month < kMonths; ++month)
    periods.push_back({"2024-" + std::string(month < 9 ? "0" : "") + std::to_string(month + 1) + "-01", first(month),
                       first(month + 1)});
  for (unsigned quarter = 0; quarter < 4; ++quarter)
    periods.push_back({"2024-Q" + std::to_string(quarter + 1), first(3 * quarter), first(3 * quarter + 3)});
  periods.push_back({"all", first(0), first(12)});
  return periods;
}

std::vector<Figure> figures() {
  std::vector<Figure> all;
  const auto add = [&](const std::string& organisation, const std::string& step, std::string_view first,
                       std::string_view last) {
    bool inside = false;
    for (std::size_t kind = 0; kind < indicator_kinds().size(); ++kind) {
      inside = inside || indicator_kinds()[kind].name == first;
      if (inside) all.push_back({organisation, step, kind});
      if (indicator_kinds()[kind].name == last) inside = false;
    }
  };
  for (const char* step : {"triage", "research"}) add("VTT", step, "inflow", "norm_met");
  add("VTT", "all", "inflow", "wip_mean");
  add("RVDK", "research", "inflow", "norm_met_wait");
  for (const char* member : kMembers) add(member, "access", "inflow", "lead_p90");
  add("GEM", "access", "inflow", "lead_p90");
  add("chain", "all", "children_end", "returns");
  return all;
}

double value_of(const std::string& indicator, double chance) {
  if (indicator == "norm_met" || indicator == "norm_met_wait" || indicator == "utilisation" ||
      indicator == "waiting_share")
    return 0.5 + 0.4 * chance;
  return std::round(100.0 + 20.0 * chance);
}

}  // namespace

Results synthetic_results(const Synthetic& wanted) {
  Results results;
  results.scenario = wanted.scenario;
  results.name = wanted.name;
  results.text = "format: ketensim/1\nname: " + wanted.name + "\n";
  results.seed = wanted.seed;
  results.replications = wanted.replications;
  results.figures = figures();
  results.periods = periods_of_2024();
  results.base_periods = kMonths;
  std::mt19937 generator(wanted.seed);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  for (int replication = 0; replication < wanted.replications; ++replication)
    for (const Figure& figure : results.figures)
      for (std::size_t period = 0; period < results.periods.size(); ++period) {
        const std::string indicator(indicator_kinds()[figure.indicator].name);
        double value = value_of(indicator, chance(generator));
        const bool downstream = figure.organisation == "RVDK",
                   upstream = figure.organisation == "VTT" && figure.step == "research";
        if (downstream && indicator == "inflow" && period >= kMarch && period <= kMarch + 2)
          value += wanted.burst * (period == kMarch ? 0.5 : period == kMarch + 1 ? 1.0 : 0.2);
        if (upstream && indicator.starts_with("queue")) value -= wanted.burst;
        if (downstream && indicator.starts_with("queue")) value += 0.5 * wanted.burst;
        // Nobody was helped in the first month of every third future.
        if (indicator.starts_with("to_help") && period == 0 && replication % 3 == 0)
          value = std::numeric_limits<double>::quiet_NaN();
        results.values.push_back(value);
      }
  return results;
}

Study synthetic_study(const std::vector<Results>& results, bool compared) {
  Study study;
  study.compared = compared;
  study.results = results;
  study.conditions.assign(results.size(), {CalendarKind::netherlands, 730.5, Conditions::Start::without, {}, 0});
  study.organisations = {
      {"VTT", "Veilig Thuis Twente", ""}, {"RVDK", "Raad voor de Kinderbescherming", ""}, {"GEM", "Gemeente", ""}};
  for (const char* member : kMembers) study.organisations.push_back({member, std::string("Gemeente ") + member, "GEM"});
  return study;
}

Study synthetic_comparison(int replications) {
  return synthetic_study({synthetic_results({"base", "Base", 1, replications, 0.0}),
                          synthetic_results({"alternative", "Clear the backlog", 1, replications, 40.0})},
                         true);
}

}  // namespace ketensim::tests

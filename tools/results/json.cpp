#include "tools/results/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "ketensim/compare.hpp"
#include "tools/results/dates.hpp"

namespace ketensim {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::size_t whole_of(const Results& results) {
  const std::size_t whole = results.find_period("all");
  return whole == Results::npos ? results.periods.size() - 1 : whole;
}

Json scenario_of(const Study& study, std::size_t scenario) {
  const Results& results = study.results[scenario];
  const Conditions& conditions = study.conditions[scenario];
  const ReportedPeriod& whole = results.periods[whole_of(results)];
  Json json{{"scenario", results.scenario},         {"name", results.name},
            {"from", iso_date(whole.from)},         {"until", iso_date(whole.until)},
            {"replications", results.replications}, {"seed", results.seed}};
  if (conditions.start == Conditions::Start::state) json["snapshot"] = iso_date(conditions.snapshot);
  json["parameter_draws"] = conditions.draws;
  return json;
}

Json row_of(const Results& results, const Figure& figure, const Summary& summary, bool quartiles) {
  Json row{{"scenario", results.scenario}, {"organisation", figure.organisation},
           {"step", figure.step},          {"indicator", indicator_kinds()[figure.indicator].name},
           {"mean", number(summary.mean)}, {"se", number(summary.se)},
           {"p05", number(summary.p05)}};
  if (quartiles) row["p25"] = number(summary.p25);
  row["p50"] = number(summary.p50);
  if (quartiles) row["p75"] = number(summary.p75);
  row["p95"] = number(summary.p95);
  return row;
}

}  // namespace

std::string study_json(const Study& study) {
  Json json;
  json["version"] = study.version;
  json["scenarios"] = Json::array();
  json["indicators"] = Json::array();
  for (std::size_t i = 0; i < study.results.size(); ++i) {
    const Results& results = study.results[i];
    json["scenarios"].push_back(scenario_of(study, i));
    for (std::size_t figure = 0; figure < results.figures.size(); ++figure)
      json["indicators"].push_back(
          row_of(results, results.figures[figure], summarise(results, figure, whole_of(results)), true));
  }
  if (!study.compared) return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  const Results& baseline = study.results.front();
  json["baseline"] = baseline.scenario;
  json["effects"] = Json::array();
  for (std::size_t i = 1; i < study.results.size(); ++i)
    for (std::size_t figure = 0; figure < baseline.figures.size(); ++figure)
      json["effects"].push_back(row_of(study.results[i], baseline.figures[figure],
                                       effect(baseline, study.results[i], figure, whole_of(baseline)), false));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ketensim

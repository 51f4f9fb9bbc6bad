#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/simulator.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim::support {

struct LoggedVisit : Visit {
  std::vector<std::uint16_t> values;  // of the attributes, by rank, when the visit was over

  bool was_started() const { return !std::isnan(started); }
  bool is_over() const { return !std::isnan(ended); }
};

/// One replication with every visit of every case, from the origin (the warm-up included) to the end.
struct Watched {
  Model model;
  Layout layout;
  std::vector<LoggedVisit> visits;  // in the order in which they were over
  std::vector<double> values;       // [figure][period]
  std::vector<WayCount> ways;       // gone over all that is reported

  /// Index of ORGANISATION.step.
  std::size_t step(std::string_view name) const {
    for (std::size_t s = 0; s < model.steps.size(); ++s)
      if (model.organisation_of(s) + "." + model.step_names[s] == name) return s;
    throw std::invalid_argument("no step " + std::string(name));
  }
  /// The visits to one step, in the order in which they were received.
  std::vector<LoggedVisit> at(std::string_view name) const {
    std::vector<LoggedVisit> result;
    for (const LoggedVisit& visit : visits)
      if (visit.step == step(name)) result.push_back(visit);
    std::sort(result.begin(), result.end(), [](const LoggedVisit& a, const LoggedVisit& b) {
      return a.received != b.received ? a.received < b.received : a.case_id < b.case_id;
    });
    return result;
  }
  std::string value(const LoggedVisit& visit, std::string_view attribute) const {
    for (std::size_t a = 0; a < model.attributes.size(); ++a)
      if (model.attributes[a] == attribute) return model.values[a][visit.values[a]];
    throw std::invalid_argument("no attribute " + std::string(attribute));
  }
  double figure(std::string_view organisation, std::string_view step, std::string_view indicator,
                std::size_t period) const {
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
      const Figure& figure = layout.figures[f];
      if (figure.organisation == organisation && figure.step == step &&
          indicator_kinds()[figure.indicator].name == indicator)
        return values[f * layout.periods.size() + period];
    }
    throw std::invalid_argument("no figure " + std::string(indicator));
  }
  double moment(Date day) const { return static_cast<double>((day - model.origin).count()); }
  Date day_of(double moment) const { return model.origin + std::chrono::days{static_cast<int>(std::floor(moment))}; }
};

inline std::unique_ptr<Watched> watch(const Scenario& scenario, int replication = 0) {
  class Log : public Observer {
   public:
    Log(std::vector<LoggedVisit>& visits, std::size_t attributes) : visits_(visits), attributes_(attributes) {}
    void visit(const Visit& visit) override {
      LoggedVisit& logged = visits_.emplace_back();
      static_cast<Visit&>(logged) = visit;
      logged.values.assign(visit.attributes, visit.attributes + attributes_);
      logged.attributes = nullptr;
    }

   private:
    std::vector<LoggedVisit>& visits_;
    std::size_t attributes_;
  };
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(problem.message);
  auto watched = std::make_unique<Watched>();
  watched->layout = lay_out_periods(scenario.period);
  watched->model = compile(scenario, watched->layout.cells);
  lay_out_figures(watched->model, watched->layout);
  watched->values.resize(watched->layout.size());
  Log log(watched->visits, watched->model.attributes.size());
  Simulator simulator(watched->model, watched->layout);
  simulator.run(scenario.seed, replication, watched->values.data(), &log);
  watched->ways = simulator.ways();
  return watched;
}

/// Mon-Fri without the national holidays, day by day from first principles.
inline bool is_working_day(Date day) {
  return std::chrono::weekday{day}.iso_encoding() < 6 && !is_dutch_public_holiday(day);
}

}  // namespace ketensim::support

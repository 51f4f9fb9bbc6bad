#include "tools/results/csv.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "ketensim/compare.hpp"
#include "ketensim/early_warning.hpp"
#include "tools/results/flows.hpp"

namespace ketensim {
namespace {

struct Statistic {
  std::string_view name;
  double Summary::*value;
};
constexpr std::array kStatistics{Statistic{"mean", &Summary::mean}, Statistic{"se", &Summary::se},
                                 Statistic{"p05", &Summary::p05},   Statistic{"p25", &Summary::p25},
                                 Statistic{"p50", &Summary::p50},   Statistic{"p75", &Summary::p75},
                                 Statistic{"p95", &Summary::p95}};
constexpr std::array kEffectStatistics{Statistic{"mean", &Summary::mean}, Statistic{"se", &Summary::se},
                                       Statistic{"p05", &Summary::p05}, Statistic{"p50", &Summary::p50},
                                       Statistic{"p95", &Summary::p95}};

void append_number(std::string& text, double value) {
  if (std::isnan(value)) return;
  if (value == 0.0) value = 0.0;  // also -0
  std::array<char, 64> buffer;
  const double size = std::abs(value);
  const bool plain = value == 0.0 || (size >= 1e-6 && size < 1e15);
  const auto end = plain ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
                         : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  text.append(buffer.data(), end.ptr);
}

/// The fields before the statistic: one prefix serves all statistics of a figure.
std::string prefix(std::initializer_list<std::string_view> fields) {
  std::string text;
  for (const std::string_view field : fields) {
    text += csv_field(field);
    text += ',';
  }
  return text;
}

template <class Statistics>
void append_rows(std::string& text, const std::string& start, const Statistics& statistics, const Summary& summary) {
  for (const Statistic& statistic : statistics) {
    text += start;
    text += statistic.name;
    text += ',';
    append_number(text, summary.*statistic.value);
    text += '\n';
  }
}

bool seen_before(const std::vector<Results>& all, const Results& one) {
  for (const Results& other : all) {
    if (&other == &one) return false;
    if (other.scenario == one.scenario) return true;
  }
  return false;
}

}  // namespace

std::string csv_number(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

std::string indicators_csv(const Study& study) {
  std::string text = "scenario,organisation,step,period,indicator,statistic,value\n";
  for (const Results& results : study.results) {
    if (seen_before(study.results, results)) continue;
    for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
      const Figure& at = results.figures[figure];
      const std::string_view indicator = indicator_kinds()[at.indicator].name;
      for (std::size_t period = 0; period < results.base_periods; ++period)
        append_rows(text,
                    prefix({results.scenario, at.organisation, at.step, results.periods[period].label, indicator}),
                    kStatistics, summarise(results, figure, period));
    }
  }
  return text;
}

std::string effects_csv(const Study& study) {
  std::string text = "scenario,baseline,organisation,step,period,indicator,statistic,value\n";
  const Results& baseline = study.results.front();
  for (std::size_t index = 1; index < study.results.size(); ++index) {
    const Results& alternative = study.results[index];
    for (std::size_t figure = 0; figure < baseline.figures.size(); ++figure) {
      const Figure& at = baseline.figures[figure];
      const std::string_view indicator = indicator_kinds()[at.indicator].name;
      for (std::size_t period = 0; period < baseline.periods.size(); ++period)
        append_rows(text,
                    prefix({alternative.scenario, baseline.scenario, at.organisation, at.step,
                            baseline.periods[period].label, indicator}),
                    kEffectStatistics, effect(baseline, alternative, figure, period));
    }
  }
  return text;
}

std::string early_warning_csv(const Study& study) {
  std::string text;
  for (std::size_t i = 0; i < study.results.size(); ++i) {
    const Results& results = study.results[i];
    if (seen_before(study.results, results) || !study.conditions[i].warn) continue;
    for (const EarlyWarning& warning : early_warnings(results, *study.conditions[i].warn))
      for (std::size_t period = 0; period < warning.ahead.size(); ++period) {
        text += prefix({results.scenario, warning.organisation, warning.step, results.periods[period].label,
                        warning.indicator, csv_number(warning.threshold)});
        append_number(text, warning.ahead[period].probability);
        text += ',';
        append_number(text, warning.ahead[period].standard_error());
        text += '\n';
      }
  }
  if (text.empty()) return text;
  return "scenario,organisation,step,period,indicator,threshold,probability,se\n" + text;
}

std::string flows_csv(const Study& study) {
  std::string text = "scenario,from,to,statistic,value\n";
  for (const Results& results : study.results) {
    if (seen_before(study.results, results)) continue;
    for (const Flow& flow : flows_of(study, results))
      append_rows(text, prefix({results.scenario, flow.way.from, flow.way.to}), kStatistics, flow.cases);
  }
  return text;
}

std::string layers_csv(const std::vector<LayeredResults>& all) {
  std::string text = "scenario,organisation,step,period,indicator,layer,sd\n";
  for (const LayeredResults& layered : all) {
    const Results& results = layered.runs.front();
    for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
      const Figure& at = results.figures[figure];
      for (std::size_t period = 0; period < results.base_periods; ++period)
        for (const Layer layer : kLayers) {
          text += prefix({results.scenario, at.organisation, at.step, results.periods[period].label,
                          indicator_kinds()[at.indicator].name, name_of(layer)});
          append_number(text, layered.standard_deviation(layer, figure, period));
          text += '\n';
        }
    }
  }
  return text;
}

}  // namespace ketensim

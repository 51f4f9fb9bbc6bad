#include "tools/results/causes.hpp"

#include <fmt/format.h>

#include "tools/results/csv.hpp"

namespace ketensim {

std::string causes_csv(const std::vector<CausesStudy>& studies) {
  std::string text = "scenario,organisation,step,cases,waiting,waiting_se";
  for (const std::string_view cause : kCauseNames) text += fmt::format(",{0},{0}_se", cause);
  text += '\n';
  for (const CausesStudy& study : studies)
    for (const WaitingCauses& step : study.causes.steps) {
      text += fmt::format("{},{},{},{},{},{}", csv_field(study.scenario), csv_field(step.organisation),
                          csv_field(step.step), csv_field(step.cases), csv_number(step.waiting.mean),
                          csv_number(step.waiting.se));
      for (const Summary& part : step.parts) text += ',' + csv_number(part.mean) + ',' + csv_number(part.se);
      text += '\n';
    }
  return text;
}

}  // namespace ketensim

#include "tools/results/buffers.hpp"

#include <fmt/format.h>

#include "tools/results/csv.hpp"

namespace ketensim {

std::string buffers_csv(const std::vector<BufferStudy>& studies) {
  std::string text = "scenario,organisation,step,norm,period";
  for (const char* figure :
       {"open", "green", "yellow", "red", "late", "red_share", "red_waiting", "red_waited", "red_service"})
    text += fmt::format(",{0},{0}_se", figure);
  text += '\n';
  for (const BufferStudy& study : studies)
    for (const Buffer& buffer : study.buffers) {
      text += fmt::format("{},{},{},{},{}", csv_field(study.scenario), csv_field(buffer.organisation),
                          csv_field(buffer.step), buffer.norm, buffer.period);
      for (const Summary& summary : {buffer.open, buffer.green, buffer.yellow, buffer.red, buffer.late,
                                     buffer.red_share, buffer.waiting, buffer.waited, buffer.service})
        text += ',' + csv_number(summary.mean) + ',' + csv_number(summary.se);
      text += '\n';
    }
  return text;
}

}  // namespace ketensim

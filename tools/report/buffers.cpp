#include "tools/report/buffers.hpp"

#include <fmt/format.h>

namespace ketensim::report {
namespace {

std::string percent_of(const Summary& part, const Summary& whole) {
  return whole.mean > 0.0 ? fmt::format("{:.0f}", 100.0 * part.mean / whole.mean) : "-";
}

std::string leading_cause(const Buffer& buffer) {
  if (!(buffer.red.mean > 0.0)) return "";
  if (buffer.waiting.mean >= buffer.waited.mean && buffer.waiting.mean >= buffer.service.mean) return "still waits";
  return buffer.waited.mean >= buffer.service.mean ? "has waited" : "long service";
}

}  // namespace

Table buffer_table(const BufferStudy& study) {
  Table table;
  table.title = "How far open cases are into their norm, at the ends of the periods";
  table.headers = {
      {"step and norm", ""},        {"open", "cases"}, {"green", "%"}, {"yellow", "%"}, {"red", "%"}, {"late", "%"},
      {"red because it mostly", ""}};
  for (const Buffer& buffer : study.buffers)
    if (buffer.period == "all")
      table.rows.push_back({fmt::format("{}.{} {}", buffer.organisation, buffer.step, buffer.norm),
                            with_interval(buffer.open, 1.0, plain_style()), percent_of(buffer.green, buffer.open),
                            percent_of(buffer.yellow, buffer.open), percent_of(buffer.red, buffer.open),
                            percent_of(buffer.late, buffer.open), leading_cause(buffer)});
  if (table.rows.empty()) table.notes.emplace_back("No step has a norm.");
  table.notes.emplace_back(
      "Green, yellow, red: the first, second and last third of the norm, and beyond it; late: beyond it, part of the "
      "red.");
  return table;
}

}  // namespace ketensim::report

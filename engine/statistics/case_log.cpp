#include "engine/statistics/case_log.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iterator>

#include "engine/kernel/case_id.hpp"

namespace ketensim {
namespace {

using std::chrono::year_month_day;

const std::string& stream_name(const Model& model, std::uint64_t tag) {
  for (std::size_t s = 0; s < model.streams.size(); ++s)
    if (model.streams[s].tag == tag) return model.stream_names[s];
  static const std::string none;
  return none;
}

/// The name of a case's family: when and where it was reported, or, of a case that was there at the start, its number.
std::string family_of(const Model& model, std::uint64_t id) {
  if (CaseId::stream(id) == CaseId::kOfState) return fmt::format(FMT_COMPILE("state-{:04}"), CaseId::number(id));
  const year_month_day day{Date{std::chrono::year{1900} / 1 / 1} + std::chrono::days{CaseId::day(id)}};
  return fmt::format(FMT_COMPILE("{:04}{:02}{:02}-{}-{:04}"), static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     stream_name(model, CaseId::stream(id)), CaseId::number(id));
}

}  // namespace

CaseLog::CaseLog(const Model& model, std::string scenario, int replication)
    : model_(model), prefix_(fmt::format("{},{},", scenario, replication)) {}

std::string CaseLog::header(const Model& model) {
  std::string header = "scenario,replication,child,family,case,visit,organisation,step,received,started,ended,next";
  for (const std::string& attribute : model.attributes) header += "," + attribute;
  return header;
}

void CaseLog::append_moment(double moment) {
  if (std::isnan(moment)) return;
  if (model_.resolution == Resolution::day) {
    const year_month_day date{model_.origin + std::chrono::days{std::llround(moment)}};
    fmt::format_to(std::back_inserter(rows_), FMT_COMPILE("{:04}-{:02}-{:02}"), static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return;
  }
  // Rounded to the microsecond, once.
  const auto micros = static_cast<std::int64_t>(std::llround(moment * 86'400e6));
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t rest = (micros % kDay + kDay) % kDay, seconds = rest / 1'000'000;  // also before the origin
  const year_month_day day{model_.origin + std::chrono::days{(micros - rest) / kDay}};
  fmt::format_to(std::back_inserter(rows_), FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}"),
                 static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                 seconds / 3600, seconds / 60 % 60, seconds % 60, rest % 1'000'000);
}

void CaseLog::visit(const Visit& visit) {
  const bool over = !std::isnan(visit.ended);
  if (over && visit.ended < model_.start) return;
  const std::uint64_t id = visit.case_id;
  fmt::format_to(std::back_inserter(rows_), FMT_COMPILE("{0}{1}-{2:02},{1},{1}-{2:02}-{3:02},{4},{5},{6},"), prefix_,
                 family_of(model_, id), CaseId::sibling(id), CaseId::episode(id), visit.number,
                 model_.organisation_of(visit.step), model_.step_names[visit.step]);
  append_moment(visit.received);
  rows_ += ',';
  append_moment(visit.started);
  rows_ += ',';
  append_moment(visit.ended);
  rows_ += ',';
  if (visit.next == Visit::kOut)
    rows_ += "out";
  else if (visit.next >= 0)
    rows_ += model_.organisation_of(static_cast<std::size_t>(visit.next)) + "." +
             model_.step_names[static_cast<std::size_t>(visit.next)];
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
    rows_ += ',';
    if (visit.attributes[a] < model_.values[a].size()) rows_ += model_.values[a][visit.attributes[a]];
  }
  rows_ += '\n';
}

std::string CaseLog::take() { return std::move(rows_); }

}  // namespace ketensim

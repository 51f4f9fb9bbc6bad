#include <fmt/core.h>
#include <fmt/ranges.h>

#include <chrono>
#include <stdexcept>
#include <type_traits>

#include "ketensim/write.hpp"
#include "scenarios/writer/tree.hpp"

namespace ketensim {
namespace {

std::string text(bool value) { return value ? "true" : "false"; }
std::string text(double value) { return fmt::format("{}", value); }
std::string text(const std::string& name) { return writer::quoted(name); }
std::string text(const Duration& duration) {
  return fmt::format("{} {}", duration.days, duration.working ? "working days" : "days");
}
std::string text(Date date) {
  const std::chrono::year_month_day day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}
std::string text(const Change& change) {
  switch (change.kind) {
    case Change::Kind::factor:
      return fmt::format("x{}", change.amount);
    case Change::Kind::add_slots:
      return fmt::format("{:+} slots", change.amount);
    case Change::Kind::add_fte:
      return fmt::format("{:+} fte", change.amount);
    case Change::Kind::set_slots:
      return fmt::format("{} slots", change.amount);
    case Change::Kind::set_fte:
      break;
  }
  return fmt::format("{} fte", change.amount);
}
std::string text(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(writer::quoted(name));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

template <class T>
concept Written = requires(const T& value) {
  text(value);
};

std::string text_of(const std::string& key, const Value& value) {
  return std::visit(
      [&](const auto& typed) -> std::string {
        if constexpr (Written<std::decay_t<decltype(typed)>>)
          return text(typed);
        else
          throw std::invalid_argument("the setting " + key + " of an intervention cannot be written");
      },
      value);
}

}  // namespace

std::string scenario_yaml(const std::string& base, const std::string& name,
                          std::span<const Intervention> interventions) {
  std::string yaml =
      fmt::format("format: ketensim/1\nname: {}\nbase: {}\n", writer::quoted(name), writer::quoted(base));
  if (interventions.empty()) return yaml;
  yaml += "interventions:\n";
  for (const Intervention& intervention : interventions) {
    std::vector<std::string> settings;
    for (const auto& [key, value] : intervention.settings.values) settings.push_back(key + ": " + text_of(key, value));
    yaml += fmt::format("  - {}: {{{}}}\n", intervention.kind, fmt::join(settings, ", "));
  }
  return yaml;
}

}  // namespace ketensim

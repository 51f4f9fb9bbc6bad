#include "tools/results/scenario_text.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "tools/results/dates.hpp"

namespace ketensim {
namespace fs = std::filesystem;
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string text_of(const Change& change) {
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

std::string text_of(const Value& value) {
  if (const auto* change = std::get_if<Change>(&value)) return text_of(*change);
  if (const auto* date = std::get_if<Date>(&value)) return iso_date(*date);
  if (const auto* name = std::get_if<std::string>(&value)) return *name;
  throw std::logic_error("only names, dates and changes are written");
}

}  // namespace

std::string scenario_on(const std::string& base, const std::string& name, const std::vector<std::string>& remarks,
                        const std::vector<Intervention>& interventions) {
  std::string text;
  for (const std::string& remark : remarks) text += "# " + remark + "\n";
  text += fmt::format("format: ketensim/1\nname: {}\nbase: {}\n", quoted(name), quoted(base));
  if (!interventions.empty()) text += "interventions:\n";
  for (const Intervention& intervention : interventions) {
    std::string settings;
    for (const char* key : {"pool", "from", "until", "change"}) {
      const auto value = intervention.settings.values.find(key);
      if (value == intervention.settings.values.end()) continue;
      settings += fmt::format("{}{}: {}", settings.empty() ? "" : ", ", key, text_of(value->second));
    }
    text += fmt::format("  - {}: {{{}}}\n", intervention.kind, settings);
  }
  return text;
}

std::string base_seen_from(const fs::path& folder, const fs::path& file) {
  return fs::relative(fs::absolute(file), fs::absolute(folder)).generic_string();
}

}  // namespace ketensim

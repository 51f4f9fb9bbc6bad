#include <fmt/core.h>

#include <stdexcept>

#include "ketensim/scenario.hpp"

namespace ketensim {
namespace {

constexpr std::size_t kMostVariants = 100;

/// As it is written in a file.
std::string text_of(const Change& change) {
  switch (change.kind) {
    case Change::Kind::factor:
      return fmt::format("{}{:.6g}%", change.amount >= 1.0 && change.amount != 1.0 ? "+" : "",
                         100.0 * (change.amount - 1.0));
    case Change::Kind::add_slots:
      return fmt::format("{:+g} slots", change.amount);
    case Change::Kind::add_fte:
      return fmt::format("{:+g} fte", change.amount);
    case Change::Kind::set_slots:
      return fmt::format("{:g} slots", change.amount);
    case Change::Kind::set_fte:
      break;
  }
  return fmt::format("{:g} fte", change.amount);
}

/// The ranges of one intervention, replaced one after the other.
bool split_first_range(const Scenario& scenario, std::vector<Scenario>& into) {
  for (std::size_t i = 0; i < scenario.interventions.size(); ++i)
    for (const auto& [key, value] : scenario.interventions[i].settings.values) {
      const auto* range = std::get_if<std::vector<Change>>(&value);
      if (!range) continue;
      for (const Change& change : *range) {
        Scenario variant = scenario;
        variant.interventions[i].settings.values[key] = change;
        variant.id += fmt::format("[{}]", text_of(change));
        variant.name += fmt::format(" [{}]", text_of(change));
        into.push_back(std::move(variant));
      }
      return true;
    }
  return false;
}

}  // namespace

std::vector<Scenario> variants(const Scenario& scenario) {
  std::vector<Scenario> done, open{scenario};
  while (!open.empty()) {
    const Scenario next = std::move(open.back());
    open.pop_back();
    std::vector<Scenario> split;
    if (!split_first_range(next, split)) done.push_back(next);
    open.insert(open.end(), std::make_move_iterator(split.rbegin()), std::make_move_iterator(split.rend()));
    if (done.size() + open.size() > kMostVariants)
      throw std::invalid_argument(
          fmt::format("{}: its ranges give more than {} scenarios", scenario.id, kMostVariants));
  }
  return done;
}

}  // namespace ketensim

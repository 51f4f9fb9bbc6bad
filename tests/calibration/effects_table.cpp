// Chains of known figures, simulated, delivered and calibrated: whether what interventions do in the true chain is what
// they do in the calibrated one. Usage: effects_recovery [SETS of each kind of chain] [YEARS] [FAMILIES per day]
// [REPLICATIONS]
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tests/calibration/effects.hpp"

namespace ketensim {
namespace {

using effects::Effect;

/// Of the clear effects: their size beside each other, and their errors.
struct Tally {
  int count = 0;
  double truth = 0.0, forecast = 0.0, squares = 0.0, noise = 0.0;

  void add(const Effect& effect) {
    ++count;
    const double sign = effect.truth.mean < 0.0 ? -1.0 : 1.0;
    truth += sign * effect.truth.mean;
    forecast += sign * effect.forecast.mean;
    squares += effect.relative_error() * effect.relative_error();
    noise += std::pow(effect.forecast.se / effect.truth.mean, 2) + std::pow(effect.truth.se / effect.truth.mean, 2);
  }
  std::string text() const {
    return fmt::format("{:5} | {:.3f} | {:.3f} | {:.3f}", count, std::sqrt(squares / count), forecast / truth,
                       std::sqrt(noise / count));
  }
};

void print(const std::vector<Effect>& all, const std::string& title, bool telling) {
  std::map<std::tuple<std::string, std::string, std::string>, Tally> places;
  std::map<std::string, Tally> interventions;
  Tally total;
  int clear_signs = 0, wrong = 0;
  for (const Effect& effect : all) {
    clear_signs += std::abs(effect.truth.mean) > 3.0 * effect.truth.se;
    wrong += effect.has_wrong_sign();
    if (effect.has_wrong_sign() && telling)
      fmt::print("wrong sign: {} {}.{} {} {}: {:.4g} (se {:.2g}) instead of {:.4g} (se {:.2g})\n", effect.intervention,
                 effect.organisation, effect.step, effect.indicator, effect.period, effect.forecast.mean,
                 effect.forecast.se, effect.truth.mean, effect.truth.se);
    if (!effect.is_clear()) continue;
    total.add(effect);
    interventions[effect.intervention].add(effect);
    places[{effect.intervention, effect.organisation + "." + effect.step, effect.indicator}].add(effect);
  }
  fmt::print("\n{}: n | error | size forecast/true | error by chance\n", title);
  if (telling)
    for (const auto& [place, tally] : places)
      fmt::print("{:14} {:16} {:10} | {}\n", std::get<0>(place), std::get<1>(place), std::get<2>(place), tally.text());
  for (const auto& [name, tally] : interventions) fmt::print("{:42} | {}\n", name, tally.text());
  fmt::print("{:42} | {}\nwrong signs: {} of {}\n", "all", total.text(), wrong, clear_signs);
  std::fflush(stdout);
}

}  // namespace
}  // namespace ketensim

int main(int count, char** values) {
  using namespace ketensim;
  const int sets = count > 1 ? std::atoi(values[1]) : 1;
  regional::Size size{12.0, 6, 2};
  if (count > 2) size.years = std::atoi(values[2]);
  if (count > 3) size.families_per_day = std::atof(values[3]);
  const int replications = count > 4 ? std::atoi(values[4]) : 2000;
  std::vector<Effect> all;
  for (int set = 1; set <= sets; ++set)
    for (const auto kind : {regional::Kind::guardians, regional::Kind::municipalities, regional::Kind::council}) {
      const auto of_set = effects::recovered(kind, static_cast<std::uint64_t>(set), size, {replications, replications});
      print(of_set, fmt::format("set {}.{}", static_cast<int>(kind), set), true);
      all.insert(all.end(), of_set.begin(), of_set.end());
    }
  print(all, "all sets", false);
}

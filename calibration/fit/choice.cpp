#include "calibration/fit/choice.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "calibration/fit/goodness.hpp"

namespace ketensim::fit {
namespace {

constexpr double kFewestForRich = 100.0;
constexpr double kFitsWell = 0.1;  // of lack_of_fit()

/// Folds of children: siblings of one child's cases stay together, and the same child falls in the same fold always.
int fold_of(const DurationCase& c, std::size_t index, int folds) {
  auto key = static_cast<std::uint64_t>(c.child >= 0 ? static_cast<std::size_t>(c.child) : index);
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9ULL;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<int>((key ^ (key >> 31)) % static_cast<std::uint64_t>(folds));
}

/// The log-likelihood of each fold under the fit to the others; nothing where a fold cannot be fitted.
std::optional<double> held_out(std::span<const DurationCase> cases, const Chosen& chosen, int folds) {
  double sum = 0.0;
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<DurationCase> kept, left;
    for (std::size_t i = 0; i < cases.size(); ++i)
      (fold_of(cases[i], i, folds) == fold ? left : kept).push_back(cases[i]);
    const Likelihood of_kept(data_of(kept, chosen.design)), of_left(data_of(left, chosen.design));
    if (count_over(of_kept.data()) < kFewestCases) return std::nullopt;
    const Maximum maximum = refit(of_kept, chosen.fitted.model, chosen.fitted.maximum.at);
    double value = 0.0;
    Eigen::VectorXd gradient;
    if (left.empty()) continue;
    if (!of_left.evaluate(chosen.fitted.model, maximum.at, value, gradient)) return std::nullopt;
    sum += value;
  }
  return sum;
}

Candidate candidate_of(const Chosen& chosen) {
  const Fitted& f = chosen.fitted;
  return {std::string(f.model.family->row.name),
          chosen.design.working_days,
          f.usable(),
          f.model.parameters(),
          f.maximum.value,
          f.bic,
          std::nullopt};
}

std::optional<double> held_out_of_plain(std::span<const DurationCase> cases, const Chosen& plain, int folds,
                                        std::vector<Candidate>& candidates) {
  const auto value = held_out(cases, plain, folds);
  for (Candidate& c : candidates)
    if (c.family == plain.fitted.model.family->row.name && c.working_days == plain.design.working_days)
      c.held_out = value;
  return value;
}

/// Better than what was best so far, of two that can be used.
bool improves(const Chosen& chosen, const Chosen& best) {
  if (!chosen.fitted.usable()) return false;
  return best.fitted.model.family == nullptr || !best.fitted.usable() || chosen.fitted.bic < best.fitted.bic;
}

}  // namespace

std::vector<std::string> problems_of(std::span<const DurationCase> cases, Clocks clocks) {
  if (cases.empty()) return {"there are no cases"};
  std::vector<std::string> problems;
  double over = 0.0;
  for (const bool working_days : {false, true}) {
    if (clocks == (working_days ? Clocks::days : Clocks::working_days) || !problems.empty()) continue;
    std::vector<Observation> observations;
    over = 0.0;
    for (const DurationCase& c : cases) {
      observations.push_back(working_days ? c.duration.working : c.duration.days);
      over += observations.back().over() ? 1.0 : 0.0;
    }
    problems = problems_of(observations);
  }
  const auto differ = [&](const DurationCase& c) { return c.classes.size() != cases[0].classes.size(); };
  if (std::any_of(cases.begin(), cases.end(), differ)) problems.push_back("cases differ in their number of attributes");
  const auto unusable = [](const DurationCase& c) { return !std::isfinite(c.begun) || std::isnan(c.wait); };
  if (std::any_of(cases.begin(), cases.end(), unusable))
    problems.push_back("cases have a wait or a moment of begin that is no number");
  if (problems.empty() && over < kFewestCases)
    problems.push_back(
        fmt::format("of {} cases {} are over: at least {} are needed", cases.size(), over, kFewestCases));
  return problems;
}

Chosen choose_family(std::span<const DurationCase> cases, const FitOptions& options, bool share,
                     std::vector<Candidate>& candidates) {
  Chosen best;
  best.fitted.trouble = "no family fits";
  for (const bool working_days : {false, true}) {
    if (options.clocks == (working_days ? Clocks::days : Clocks::working_days)) continue;
    Design design;
    design.working_days = working_days;
    const Likelihood likelihood(data_of(cases, design));
    const double over = count_over(likelihood.data());
    for (const Family& family : families()) {
      if (family.row.rich || over < kCasesPerShape * static_cast<double>(family.shapes.size())) continue;
      Model model{&family};
      model.share = share;
      Chosen chosen{design, fit_model(likelihood, model)};
      candidates.push_back(candidate_of(chosen));
      if (improves(chosen, best)) best = std::move(chosen);
    }
  }
  return best;
}

Chosen choose_richer(std::span<const DurationCase> cases, Chosen chosen, const FitOptions& options,
                     std::vector<Candidate>& candidates) {
  const Likelihood likelihood(data_of(cases, chosen.design));
  if (!options.rich_families || count_over(likelihood.data()) < kFewestForRich) return chosen;
  if (lack_of_fit(likelihood, chosen.fitted) > kFitsWell) return chosen;
  Chosen richest;
  std::size_t at = 0;
  for (const Family& family : families()) {
    if (!family.row.rich) continue;
    Model model = chosen.fitted.model;
    model.family = &family;
    Chosen richer{chosen.design, fit_model(likelihood, model), chosen.trend_weight};
    candidates.push_back(candidate_of(richer));
    if (richer.fitted.bic >= chosen.fitted.bic || !improves(richer, richest)) continue;
    richest = std::move(richer);
    at = candidates.size() - 1;
  }
  if (!richest.fitted.model.family) return chosen;
  const auto of_plain = held_out_of_plain(cases, chosen, options.folds, candidates);
  const auto of_richest = candidates[at].held_out = held_out(cases, richest, options.folds);
  return of_plain && of_richest && *of_richest > *of_plain ? richest : chosen;
}

Masses reference_masses(std::span<const DurationCase> cases, bool working_days) {
  std::vector<Observation> observations;
  for (const DurationCase& c : cases) {
    Observation o = working_days ? c.duration.working : c.duration.days;
    const double start = o.blur / 2.0;
    o.entry = std::max(0.0, o.entry - start);
    o.lower = std::max(o.entry, o.lower - start);
    o.upper = std::max(o.upper - start, o.lower);
    observations.push_back(o);
  }
  return turnbull_masses(observations);
}

}  // namespace ketensim::fit

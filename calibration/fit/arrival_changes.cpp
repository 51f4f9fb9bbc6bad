#include "calibration/fit/arrival_changes.hpp"

#include <algorithm>
#include <cmath>

#include "calibration/fit/change_scan.hpp"

namespace ketensim::fit {
namespace {

using Kind = ArrivalChange::Kind;

constexpr std::size_t kMostChanges = 6;
constexpr std::chrono::days kFewestDays{2 * 364};  // below two years no change can be told from a season

ArrivalRegression fitted_at(const ChangeSearch& search, ArrivalDesign design, const DispersionFit& start) {
  ArrivalRegression result{std::move(design), {}, {}};
  result.problem = count_problem(search.days, result.design, search.until, search.offset);
  result.fit.dispersion = start.dispersion;
  result.fit.fit = fit_counts(result.problem, start.dispersion);
  return result;
}

/// What a term has to gain, in twice the log-likelihood.
double price(const CountProblem& problem, int parameters) {
  return parameters * std::log(static_cast<double>(problem.days()));
}
double price(const CountProblem& problem, Kind kind) { return price(problem, kind == Kind::shock ? 3 : 2); }

double gain(const ArrivalRegression& larger, const ArrivalRegression& smaller) {
  return 2.0 * (larger.fit.fit.log_likelihood - smaller.fit.fit.log_likelihood);
}

ArrivalTerms with(const ArrivalTerms& terms, const ArrivalChange& change) {
  ArrivalTerms result = terms;
  result.changes.push_back(change);
  return result;
}

class Search {
 public:
  Search(const ChangeSearch& search, const ArrivalTerms& terms, const DispersionFit& start)
      : search_(search),
        rows_(observed_before(search.days, search.until)),
        now_(fitted_at(search, {terms, search.at}, start)) {
    estimate_dispersion();
  }

  ArrivalRegression run() {
    if (rows_.back().date - rows_.front().date < kFewestDays) return std::move(now_);
    while (now_.design.terms().changes.size() < kMostChanges && add_best())
      if (now_.design.terms().changes.size() > 1) refine();
    drop();
    return std::move(now_);
  }

 private:
  ArrivalRegression fitted(const ArrivalTerms& terms) const {
    return fitted_at(search_, {terms, search_.at}, now_.fit);
  }

  void estimate_dispersion() {
    if (search_.estimate_dispersion) now_.fit = fit_dispersion(now_.problem, Dispersed::both, now_.fit);
  }

  /// Takes in what gains most beyond its price; false if nothing does.
  bool add_best() {
    const ChangeScan scan(now_, rows_);
    const ArrivalTerms& terms = now_.design.terms();
    std::optional<ArrivalRegression> best;
    double most = 0.0;
    const auto consider = [&](const ArrivalTerms& larger, double cost) {
      ArrivalRegression candidate = fitted(larger);
      const double left = gain(candidate, now_) - cost;
      if (!candidate.fit.fit.converged || left <= most) return;
      most = left;
      best = std::move(candidate);
    };
    if (search_.seek_trend && !terms.trend) {
      ArrivalTerms larger = terms;
      larger.trend = true;
      consider(larger, price(now_.problem, 1));
      // A trend that pays comes first, changes have to pay beside it, and it goes again if it no longer pays: a change
      // of level in the middle of a trend would look much like it.
      if (best) return accept(std::move(*best));
    }
    std::vector<std::optional<Proposal>> proposals{scan.best_level(), scan.best_shock()};
    if (terms.trend) proposals.push_back(scan.best_trend_change());
    for (const auto& proposal : proposals)
      // Scores may promise too little, but not less than half of what is there.
      if (proposal && proposal->gain > 0.5 * price(now_.problem, proposal->change.kind))
        consider(with(terms, proposal->change), price(now_.problem, proposal->change.kind));
    return best && accept(std::move(*best));
  }

  bool accept(ArrivalRegression&& better) {
    now_ = std::move(better);
    estimate_dispersion();
    return true;
  }

  /// Looks for the dates of each change anew, the others being as they are.
  void refine() {
    for (std::size_t i = 0; i < now_.design.terms().changes.size(); ++i) {
      ArrivalTerms rest = now_.design.terms();
      const ArrivalChange old = rest.changes[i];
      rest.changes.erase(rest.changes.begin() + static_cast<std::ptrdiff_t>(i));
      const ArrivalRegression without = fitted(rest);
      const ChangeScan scan(without, rows_);
      const std::optional<Proposal> proposal = old.kind == Kind::level   ? scan.best_level()
                                               : old.kind == Kind::shock ? scan.best_shock()
                                                                         : scan.best_trend_change();
      if (!proposal || (proposal->change.from == old.from && proposal->change.until == old.until)) continue;
      ArrivalTerms moved = rest;
      moved.changes.insert(moved.changes.begin() + static_cast<std::ptrdiff_t>(i), proposal->change);
      ArrivalRegression candidate = fitted(moved);
      if (candidate.fit.fit.converged && gain(candidate, now_) > 0.0) now_ = std::move(candidate);
    }
  }

  /// Gives up, one at a time, what no longer pays its price.
  void drop() {
    for (bool dropped = true; dropped;) {
      dropped = false;
      std::optional<ArrivalRegression> best;
      double least = 0.0;
      const auto consider = [&](const ArrivalTerms& smaller, double cost) {
        ArrivalRegression candidate = fitted(smaller);
        const double left = gain(now_, candidate) - cost;
        if (left >= least) return;
        least = left;
        best = std::move(candidate);
      };
      const ArrivalTerms terms = now_.design.terms();
      for (std::size_t i = 0; i < terms.changes.size(); ++i) {
        ArrivalTerms smaller = terms;
        smaller.changes.erase(smaller.changes.begin() + static_cast<std::ptrdiff_t>(i));
        consider(smaller, price(now_.problem, terms.changes[i].kind));
      }
      const bool bends = std::any_of(terms.changes.begin(), terms.changes.end(),
                                     [](const ArrivalChange& c) { return c.kind == Kind::trend; });
      if (search_.seek_trend && terms.trend && !bends) {
        ArrivalTerms smaller = terms;
        smaller.trend = false;
        consider(smaller, price(now_.problem, 1));
      }
      dropped = best && accept(std::move(*best));
    }
  }

  const ChangeSearch& search_;
  std::vector<ArrivalDay> rows_;
  ArrivalRegression now_;
};

}  // namespace

ArrivalRegression regression(const ChangeSearch& search, const ArrivalTerms& terms, const DispersionFit& start) {
  return fitted_at(search, {terms, search.at}, start);
}

ArrivalRegression search_changes(const ChangeSearch& search, const ArrivalTerms& terms, const DispersionFit& start) {
  return Search(search, terms, start).run();
}

std::optional<LateChange> late_change(const ChangeSearch& search, const ArrivalRegression& regression) {
  const std::vector<ArrivalDay> rows = observed_before(search.days, search.until);
  const auto proposal = ChangeScan(regression, rows).best_late();
  if (!proposal || proposal->gain < price(regression.problem, Kind::level)) return std::nullopt;
  return LateChange{proposal->change.from, proposal->change.factor.estimate};
}

}  // namespace ketensim::fit

#include "calibration/fit/arrival_terms.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr int kFewestForSeasons = 730, kFewestOfMonth = 28, kFewestForWeek = 28, kFewestOfWeekday = 4;
constexpr int kFewestSchoolHolidays = 14, kFewestPublicHolidays = 5;
constexpr int kMostRounds = 4;

/// One question about the terms: its answers, from the simplest to the richest.
using Answer = std::function<void(ArrivalTerms&)>;
using Question = std::vector<Answer>;

std::vector<Question> questions_of(const ArrivalTerms& richest) {
  std::vector<Question> questions;
  if (richest.months != Months::none) {
    Question months;
    for (const Months answer : {Months::none, Months::wave, Months::two_waves, Months::each})
      months.push_back([answer](ArrivalTerms& terms) { terms.months = answer; });
    questions.push_back(months);
  }
  const auto yes_or_no = [&](bool ArrivalTerms::*term) {
    if (richest.*term)
      questions.push_back(
          {[term](ArrivalTerms& terms) { terms.*term = false; }, [term](ArrivalTerms& terms) { terms.*term = true; }});
  };
  yes_or_no(&ArrivalTerms::weekdays);
  yes_or_no(&ArrivalTerms::school_holidays);
  yes_or_no(&ArrivalTerms::public_holidays);
  return questions;
}

class Choice {
 public:
  Choice(const ChangeSearch& search, const ArrivalRegression& richest, double level)
      : search_(search), dispersion_(richest.fit), level_(level), best_(tried(richest.design.terms())) {}

  /// Answers one question; false if the answer stays what it was.
  bool answer(const Question& question) {
    const ArrivalTerms before = now();
    std::vector<std::size_t> by_answer;
    for (const Answer& set : question) {
      ArrivalTerms terms = before;
      set(terms);
      by_answer.push_back(tried(terms));
    }
    const auto bic = [&](std::size_t a, std::size_t b) { return tried_[a].candidate.bic < tried_[b].candidate.bic; };
    const auto aic = [&](std::size_t a, std::size_t b) { return aic_of(a) < aic_of(b); };
    const std::size_t simplest = by_answer.front();
    const std::size_t shortest = *std::min_element(by_answer.begin(), by_answer.end(), bic);
    best_ = simplest;
    if (shortest != simplest && asked_for(shortest, simplest))
      best_ = *std::min_element(by_answer.begin() + 1, by_answer.end(), aic);
    return !(now() == before);
  }

  const ArrivalTerms& now() const { return tried_[best_].terms; }

  std::vector<ArrivalCandidate> candidates() const {
    std::vector<ArrivalCandidate> result;
    for (const Tried& t : tried_) result.push_back(t.candidate);
    result[best_].chosen = true;
    return result;
  }

 private:
  struct Tried {
    ArrivalTerms terms;
    ArrivalCandidate candidate;
  };

  double aic_of(std::size_t a) const {
    return 2.0 * (tried_[a].candidate.parameters - tried_[a].candidate.log_likelihood);
  }
  bool asked_for(std::size_t larger, std::size_t smaller) const {
    const ArrivalCandidate &a = tried_[larger].candidate, &b = tried_[smaller].candidate;
    return chi_squared_above(a.parameters - b.parameters, 2.0 * (a.log_likelihood - b.log_likelihood)) < level_;
  }

  /// The place of these terms among those tried; fits them the first time.
  std::size_t tried(const ArrivalTerms& terms) {
    for (std::size_t i = 0; i < tried_.size(); ++i)
      if (tried_[i].terms == terms) return i;
    const ArrivalRegression fitted = regression(search_, terms, dispersion_);
    tried_.push_back({terms, candidate_of("terms", fitted.design.name(), fitted, fitted.fit.fit.log_likelihood)});
    return tried_.size() - 1;
  }

  const ChangeSearch& search_;
  const DispersionFit& dispersion_;
  double level_;
  std::vector<Tried> tried_;
  std::size_t best_;
};

}  // namespace

ArrivalTerms richest_terms(const std::vector<ArrivalDay>& days) {
  std::array<int, 12> month{};
  std::array<int, 7> weekday{};
  int observed = 0, school = 0, public_holidays = 0;
  for (const ArrivalDay& day : days) {
    if (!day.observed) continue;
    ++observed;
    ++month[day.month];
    ++weekday[day.weekday];
    school += day.school_holiday;
    public_holidays += day.public_holiday;
  }
  ArrivalTerms terms;
  const auto least = [](const auto& counts) { return *std::min_element(counts.begin(), counts.end()); };
  if (observed >= kFewestForSeasons && least(month) >= kFewestOfMonth) terms.months = Months::each;
  terms.weekdays = observed >= kFewestForWeek && least(weekday) >= kFewestOfWeekday;
  terms.school_holidays = school >= kFewestSchoolHolidays && observed - school >= kFewestSchoolHolidays;
  terms.public_holidays = public_holidays >= kFewestPublicHolidays;
  return terms;
}

ArrivalCandidate candidate_of(const std::string& stage, const std::string& name, const ArrivalRegression& regression,
                              double log_likelihood, int variances) {
  ArrivalCandidate candidate;
  candidate.name = fmt::format("{}: {}", stage, name);
  candidate.parameters = regression.design.parameters() + variances;
  candidate.log_likelihood = log_likelihood;
  candidate.bic = -2.0 * log_likelihood + regression.design.price(regression.problem) +
                  variances * std::log(static_cast<double>(regression.problem.days()));
  return candidate;
}

ArrivalTerms choose_terms(const ChangeSearch& search, const ArrivalRegression& richest, double level,
                          std::vector<ArrivalCandidate>& candidates) {
  Choice choice(search, richest, level);
  const std::vector<Question> questions = questions_of(richest.design.terms());
  for (int round = 0; round < kMostRounds; ++round) {
    bool changed = false;
    for (const Question& question : questions) changed = choice.answer(question) || changed;
    if (!changed) break;
  }
  for (ArrivalCandidate& candidate : choice.candidates()) candidates.push_back(std::move(candidate));
  return choice.now();
}

}  // namespace ketensim::fit

#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "ketensim/backtest.hpp"
#include "tools/report/page.hpp"
#include "tools/report/study/past_phrases.hpp"
#include "tools/report/study/phrases.hpp"
#include "tools/report/tables.hpp"
#include "tools/results/history.hpp"

namespace ketensim::report {

/// A study as the reader of its report sees it: in a language, and by names for people.
class StudyView {
 public:
  StudyView(const Study& study, Language language);

  const Study& study() const { return study_; }
  const Results& baseline() const { return study_.results.front(); }
  const Results& results(std::size_t scenario) const { return study_.results[scenario]; }
  std::size_t scenarios() const { return study_.results.size(); }
  bool compared() const { return study_.compared && scenarios() > 1; }
  Language language() const { return view_.language; }
  const View& view() const { return view_; }

  /// A phrase of any of the tables of phrases.
  template <class AnyPhrase, class... Arguments>
  std::string say(AnyPhrase phrase, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(text_of(phrase, view_.language)), arguments...);
  }

  /// The scenario's name; with its id where another has the same name.
  std::string title(std::size_t scenario) const;
  std::string place(const Place& place) const { return place_text(study_, place, view_); }
  std::string number(double value) const { return report::number(value, view_.style); }
  std::string number(double value, int decimals) const { return report::number(value, decimals, view_.style); }
  std::string period(const Results& results, std::size_t period) const {
    return period_text(results.periods[period], view_.language);
  }
  std::string last_day(Date until) const { return day_text(until - std::chrono::days{1}, view_.language); }
  /// Bounds of the 95% interval of a mean, each times a scale.
  std::string low(const Summary& summary, double scale = 1.0) const { return bound(summary, -1.0, scale); }
  std::string high(const Summary& summary, double scale = 1.0) const { return bound(summary, 1.0, scale); }
  /// How sure it is, in words, if it holds in that share of the futures; nothing where it may as well not.
  std::optional<std::string> sure(double share) const;

  /// The steps to speak of: a group by its total, never by its members.
  std::vector<Place> places() const;
  /// Organisations of the study with members, and those members that have figures of their own.
  struct Group {
    OrganisationLabel label;
    std::vector<OrganisationLabel> members;
  };
  std::vector<Group> groups() const;
  /// What partners delivered of a figure before the forecast, or nothing.
  const HistoryFigure* history(const Place& place, std::string_view indicator) const;
  bool has_history() const { return !history_.empty(); }
  /// How well the figures were forecast before; empty where that is not known.
  const std::vector<Skill>& skills() const { return skills_; }

  /// The steps of an organisation, in the order of the results.
  std::vector<Place> places_of(const std::string& organisation) const;

 private:
  std::string bound(const Summary& summary, double side, double scale) const;

  const Study& study_;
  View view_;
  std::vector<HistoryFigure> history_;
  std::vector<Skill> skills_;
};

/// The share of replications, among those where both are defined, in which `holds` is true of a pair of values.
template <class Holds>
std::optional<double> share_of(const Results& a, std::size_t figure_a, std::size_t period_a, const Results& b,
                               std::size_t figure_b, std::size_t period_b, Holds holds) {
  int defined = 0, held = 0;
  for (int replication = 0; replication < std::min(a.replications, b.replications); ++replication) {
    const double first = a.value(replication, figure_a, period_a), second = b.value(replication, figure_b, period_b);
    if (first != first || second != second) continue;
    ++defined;
    held += holds(first, second) ? 1 : 0;
  }
  if (defined == 0) return std::nullopt;
  return static_cast<double>(held) / defined;
}

}  // namespace ketensim::report

#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "tools/report/constraint/phrases.hpp"
#include "tools/report/numbers.hpp"
#include "tools/report/page.hpp"
#include "tools/results/constraint_files.hpp"

namespace ketensim::report {

/// What `constraint` wrote, as its reader sees it: in a language, one scenario at a time.
class ConstraintView {
 public:
  ConstraintView(const ConstraintFiles& files, Language language)
      : files_(files), language_(language), style_(style_of(language)) {}

  const ConstraintFiles& files() const { return files_; }
  Language language() const { return language_; }
  const NumberStyle& style() const { return style_; }

  template <class... Arguments>
  std::string say(ConstraintPhrase phrase, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(text_of(phrase, language_)), arguments...);
  }
  std::string say(Phrase phrase) const { return std::string(text_of(phrase, language_)); }
  std::string number(double value) const { return report::number(value, style_); }
  std::string number(double value, int decimals) const { return report::number(value, decimals, style_); }
  std::string low(const Summary& summary) const { return number(summary.mean - kHalfInterval * summary.se); }
  std::string high(const Summary& summary) const { return number(summary.mean + kHalfInterval * summary.se); }

  /// The scenarios in the order of the table, each once, and the rows of one.
  std::vector<std::string> scenarios() const;
  static std::vector<std::size_t> rows_of(const CsvTable& table, const std::string& scenario);

  /// A chart of amounts, a row for each category, each with the 95% interval of its mean.
  Chart amounts(const std::string& title, const std::string& unit, const std::vector<std::string>& categories) const;
  /// Adds a row of points to it; undefined ones are left out.
  static void add(Chart& chart, const std::string& name, const std::vector<Summary>& points);

 private:
  static constexpr double kHalfInterval = 1.96;  // standard errors

  const ConstraintFiles& files_;
  Language language_;
  NumberStyle style_;
};

/// The parts of the report on a constraint; each shows one scenario at a time.
void put_limits(Page& page, const ConstraintView& view);
void put_worth(Page& page, const ConstraintView& view);
void put_steps(Page& page, const ConstraintView& view);
void put_buffers(Page& page, const ConstraintView& view);
void put_causes(Page& page, const ConstraintView& view);
/// All but the first; nothing where there are no pools.
void put_constraint(Page& page, const ConstraintFiles& files);

}  // namespace ketensim::report

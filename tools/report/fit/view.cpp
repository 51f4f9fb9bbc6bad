#include "tools/report/fit/view.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ketensim::report {
namespace {

std::string word(std::string_view words, std::size_t at) {
  std::istringstream text{std::string(words)};
  std::string found;
  for (std::size_t i = 0; i <= at; ++i) text >> found;
  return found;
}

std::string called(std::span<const FamilyPhraseRow> rows, std::string_view name, Language language) {
  for (const FamilyPhraseRow& row : rows)
    if (row.family == name) return std::string(language == Language::nl ? row.nl : row.en);
  return std::string(name);
}

}  // namespace

std::vector<std::string> FitView::counts(std::span<const std::size_t> cases) const {
  const std::vector<bool> hidden = disclosure_.hidden(cases);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < cases.size(); ++i)
    texts.push_back(hidden[i] && disclosure_.may_tell(cases[i]) ? "·" : count(cases[i]));
  return texts;
}

std::string FitView::interval(const Estimate& figure, double scale) const {
  if (!std::isfinite(figure.low) || !std::isfinite(figure.high)) return "–";
  return number(scale * figure.low) + " – " + number(scale * figure.high);
}

std::string FitView::estimate(const Estimate& figure, double scale) const {
  if (!std::isfinite(figure.estimate)) return "–";
  std::string text = number(scale * figure.estimate);
  if (std::isfinite(figure.low) && std::isfinite(figure.high)) text += " (" + interval(figure, scale) + ")";
  return text;
}

std::string FitView::growth(const Estimate& figure) const {
  return (figure.estimate > 0.0 ? "+" : "") + estimate(figure, 100.0);
}

std::string FitView::month(Date first) const {
  const std::chrono::year_month_day date(first);
  return fmt::format("{} {}", month_name(unsigned(date.month()) - 1), int(date.year()));
}

std::string FitView::month_name(std::size_t month) const { return word(text_of(Phrase::months, language_), month); }

std::string FitView::weekday_name(std::size_t weekday) const {
  return word(text_of(FitPhrase::weekdays, language_), weekday);
}

std::string FitView::partner(std::string_view id) const {
  for (const Organisation& organisation : calibration_.scenario.chain.organisations) {
    if (organisation.id == id && !organisation.name.empty()) return organisation.name;
    for (const auto& [member, name] : organisation.members)
      if (member == id && !name.empty()) return name;
  }
  return std::string(id);
}

std::string FitView::step(std::int32_t step) const {
  if (step == kLeaves) return say(FitPhrase::out);
  if (step < 0) return "–";
  const MonitorStep& of = monitor_.steps[static_cast<std::size_t>(step)];
  const std::size_t dot = of.id.find('.');
  return partner(of.organisation) + " – " + (dot == std::string::npos ? of.id : of.id.substr(dot + 1));
}

std::string FitView::organisation(std::int32_t organisation) const {
  if (organisation < 0) return "–";
  return partner(monitor_.organisations[static_cast<std::size_t>(organisation)]);
}

std::string FitView::attribute(std::int32_t attribute) const {
  return attribute < 0 ? "–" : monitor_.attributes[static_cast<std::size_t>(attribute)];
}

std::string FitView::value(std::int32_t attribute, std::int32_t value) const {
  if (attribute < 0 || value < 0) return "–";
  return partner(monitor_.attribute_values[static_cast<std::size_t>(attribute)][static_cast<std::size_t>(value)]);
}

std::string FitView::family(std::string_view name) const { return called(family_phrases(), name, language_); }

std::string FitView::shape(std::string_view name) const { return called(shape_phrases(), name, language_); }

}  // namespace ketensim::report

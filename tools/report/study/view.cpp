#include "tools/report/study/view.hpp"

#include <algorithm>

#include "tools/results/past.hpp"

namespace ketensim::report {
namespace {

constexpr double kAlmostCertain = 0.95, kProbable = 0.8, kRather = 0.65;
constexpr double kHalfInterval = 1.96;  // standard errors

}  // namespace

StudyView::StudyView(const Study& study, Language language)
    : study_(study), view_{language, style_of(language), true, false} {
  if (!study.history.empty()) history_ = read_history(study.history);
  if (!study.skill.empty()) skills_ = read_skill(study.skill);
}

const HistoryFigure* StudyView::history(const Place& place, std::string_view indicator) const {
  for (const HistoryFigure& figure : history_)
    if (figure.organisation == place.organisation && figure.step == place.step && figure.indicator == indicator)
      return &figure;
  return nullptr;
}

std::string StudyView::title(std::size_t scenario) const {
  const Results& of = results(scenario);
  if (of.name.empty()) return of.scenario;
  const auto same = std::count_if(study_.results.begin(), study_.results.end(),
                                  [&](const Results& other) { return other.name == of.name; });
  return same > 1 ? fmt::format("{} ({})", of.name, of.scenario) : of.name;
}

std::optional<std::string> StudyView::sure(double share) const {
  if (share >= kAlmostCertain) return say(StudyPhrase::almost_certainly);
  if (share >= kProbable) return say(StudyPhrase::probably);
  if (share >= kRather) return say(StudyPhrase::rather);
  return std::nullopt;
}

std::string StudyView::bound(const Summary& summary, double side, double scale) const {
  return number((summary.mean + side * kHalfInterval * summary.se) * scale);
}

std::vector<Place> StudyView::places() const {
  std::vector<Place> places = shown_places(study_, baseline(), false);
  std::erase_if(places, [&](const Place& place) { return !study_.label(place.organisation).group.empty(); });
  return places;
}

std::vector<Place> StudyView::places_of(const std::string& organisation) const {
  std::vector<Place> places;
  for (const Figure& figure : baseline().figures)
    if (figure.organisation == organisation && figure.step != "all" &&
        (places.empty() || places.back().step != figure.step))
      places.push_back({figure.organisation, figure.step});
  return places;
}

std::vector<StudyView::Group> StudyView::groups() const {
  std::vector<Group> groups;
  for (const OrganisationLabel& label : study_.organisations) {
    Group group{label, {}};
    for (const OrganisationLabel& member : study_.organisations)
      if (!member.group.empty() && member.group == label.id && !places_of(member.id).empty())
        group.members.push_back(member);
    if (!group.members.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace ketensim::report

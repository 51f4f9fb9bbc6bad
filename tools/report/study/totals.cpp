// What stands at each organisation and in the region at the end, and each member of a group by itself.
#include <algorithm>
#include <cmath>

#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr std::size_t kFewMembers = 3;

/// The members of a group that stand under its total, as in tables of steps: where there are few.
std::vector<OrganisationLabel> few_members(const StudyView& view, const OrganisationLabel& group) {
  std::vector<OrganisationLabel> members;
  for (const OrganisationLabel& label : view.study().organisations)
    if (!label.group.empty() && label.group == group.id &&
        view.baseline().find(label.id, "all", "queue_end") != Results::npos)
      members.push_back(label);
  if (members.size() > kFewMembers) members.clear();
  return members;
}

/// The organisations whose totals add up to the region.
std::vector<OrganisationLabel> totalled(const StudyView& view) {
  std::vector<OrganisationLabel> all;
  for (const OrganisationLabel& label : view.study().organisations)
    if (label.group.empty() && view.baseline().find(label.id, "all", "queue_end") != Results::npos)
      all.push_back(label);
  return all;
}

/// A figure added over organisations within every replication.
Summary added(const Results& results, const std::vector<OrganisationLabel>& organisations, std::string_view indicator,
              std::size_t period, const Results* minus = nullptr) {
  // Organisation by organisation: the values of one figure lie together.
  const auto sums = [&](const Results& of) {
    std::vector<double> totals(static_cast<std::size_t>(of.replications), 0.0);
    for (const OrganisationLabel& label : organisations) {
      const std::size_t figure = of.find(label.id, "all", indicator);
      for (int replication = 0; replication < of.replications; ++replication)
        totals[static_cast<std::size_t>(replication)] += of.value(replication, figure, period);
    }
    return totals;
  };
  std::vector<double> values = sums(results);
  if (minus) {
    const std::vector<double> others = sums(*minus);
    for (std::size_t r = 0; r < values.size(); ++r) values[r] -= others[r];
  }
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return summarise(values);
}

std::string spread(const StudyView& view, const Summary& summary) {
  return summary.defined == 0 ? "-" : fmt::format("{} – {}", view.number(summary.p05, 0), view.number(summary.p95, 0));
}

Table totals_table(const StudyView& view, std::size_t scenario) {
  const Results& results = view.results(scenario);
  const std::size_t whole = whole_period(results);
  const bool differs = view.compared() && scenario > 0;
  const NumberStyle& style = view.view().style;
  Table table;
  table.headers = {{view.say(organisation), ""},
                   {view.say(Phrase::waiting_end), view.say(Phrase::cases), "queue_end"},
                   {view.say(Phrase::waiting_futures), view.say(Phrase::cases)},
                   {view.say(in_service_end), view.say(Phrase::cases), "wip_end"}};
  if (differs) table.headers.push_back({view.say(waiting_difference), view.say(Phrase::cases)});
  const auto add = [&](const std::string& name, const std::string& key, const std::vector<OrganisationLabel>& of) {
    const Summary queue = added(results, of, "queue_end", whole), served = added(results, of, "wip_end", whole);
    table.rows.push_back(
        {name, with_interval(queue, 1.0, style), spread(view, queue), with_interval(served, 1.0, style)});
    table.values.push_back({std::nan(""), queue.mean, std::nan(""), served.mean});
    table.keys.push_back(results.scenario + " " + key + ".all");
    if (!differs) return;
    const Summary change = added(results, of, "queue_end", whole, &view.baseline());
    table.rows.back().push_back(difference(change, 1.0, style));
    table.values.back().push_back(change.mean);
  };
  const std::vector<OrganisationLabel> organisations = totalled(view);
  for (const OrganisationLabel& label : organisations) {
    add(label.name, label.id, {label});
    for (const OrganisationLabel& member : few_members(view, label)) add("– " + member.name, member.id, {member});
  }
  add(view.say(region), "region", organisations);
  table.notes.push_back(view.say(totals_note));
  return table;
}

/// The members of a group beside each other, at the steps that have a queue.
Table member_table(const StudyView& view, const StudyView::Group& group) {
  const Results& baseline = view.baseline();
  const std::size_t whole = whole_period(baseline);
  Table table;
  table.headers = {{view.say(organisation), ""}, {view.say(Phrase::step), "", "", true}};
  for (const Column& column : step_columns())
    table.headers.push_back({view.say(column.header), view.say(column.unit), std::string(column.indicator)});
  for (const OrganisationLabel& member : group.members)
    for (const Place& place : view.places_of(member.id)) {
      if (!has_courses(view, place)) continue;
      std::vector<std::string> row{member.name, place.step};
      std::vector<double> values{std::nan(""), std::nan("")};
      for (const Column& column : step_columns()) {
        const Summary summary = figure_at(baseline, place, column.indicator, whole);
        const double factor = factor_of(column.scale, baseline.periods[whole]);
        row.push_back(column.interval ? with_interval(summary, factor, view.view().style)
                                      : view.number(summary.mean * factor, 0));
        values.push_back(summary.mean);
      }
      table.rows.push_back(std::move(row));
      table.values.push_back(std::move(values));
      table.keys.push_back(baseline.scenario + " " + place.organisation + "." + place.step);
    }
  return table;
}

std::vector<std::size_t> lines_of(const StudyView& view) {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < view.scenarios() && i < 6; ++i) lines.push_back(i);
  return lines;
}

}  // namespace

void put_totals(Page& page, const StudyView& view) {
  page.section(view.say(totals));
  std::vector<Page::Panel> panels;
  for (std::size_t i = 0; i < view.scenarios(); ++i)
    panels.emplace_back(view.title(i), [&page, &view, i] { page.table(totals_table(view, i)); });
  page.choice(view.say(scenario_choice), panels);
  page.close("section");
}

void put_members(Page& page, const StudyView& view) {
  for (const StudyView::Group& group : view.groups()) {
    const Table table = member_table(view, group);
    if (table.rows.empty()) continue;
    page.section(view.say(members_of, fmt::arg("group", group.label.name)));
    page.table(table);
    page.note(view.say(members_note, fmt::arg("scenario", view.title(0))));
    std::vector<Page::Panel> panels;
    for (const OrganisationLabel& member : group.members)
      panels.emplace_back(member.name, [&page, &view, member] {
        for (const Place& place : view.places_of(member.id)) {
          if (!has_courses(view, place)) continue;
          page.element("h3", view.place(place));
          put_courses(page, view, place, lines_of(view));
        }
      });
    if (over_time(view)) {
      page.legend(legend_of(view, lines_of(view)));
      page.choice(view.say(member_choice), panels);
    }
    page.close("section");
  }
}

}  // namespace ketensim::report

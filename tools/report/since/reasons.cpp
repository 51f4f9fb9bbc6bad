// Why a forecast is another one than the one before: new data, other parameters, other plans.
#include <cmath>
#include <map>
#include <set>

#include "tools/report/since/figures.hpp"
#include "tools/report/since/parts.hpp"
#include "tools/report/study/sources.hpp"

namespace ketensim::report {
namespace {

using enum SincePhrase;

constexpr std::string_view kChainFile = "chain.yaml";
constexpr std::size_t kMostOutside = 12;  // that are not folded away

/// The files of all scenarios of a forecast by their names.
std::map<std::string, std::string> files_in(const PastForecast& forecast) {
  std::map<std::string, std::string> files;
  const auto add = [&](const std::string& text) {
    for (SourceFile& file : files_of(text))
      if (!file.text.empty()) files.emplace(file.name, std::move(file.text));
  };
  add(forecast.study.results.front().text);
  for (const auto& [id, text] : forecast.alternatives) add(text);
  return files;
}

// ---- New data

std::string day_of(const Forecasts& forecasts, std::size_t number) {
  return day_text(forecasts.view().study().conditions[number].snapshot, forecasts.view().language());
}

/// What of the figures that were delivered before is now told otherwise, of how many.
std::pair<std::size_t, std::size_t> revised(const std::vector<HistoryFigure>& earlier,
                                            const std::vector<HistoryFigure>& now) {
  std::map<std::tuple<std::string, std::string, std::string, Date>, double> known;
  for (const HistoryFigure& figure : now)
    for (std::size_t i = 0; i < figure.months.size(); ++i)
      known[{figure.organisation, figure.step, figure.indicator, figure.months[i]}] = figure.values[i];
  std::size_t other = 0, all = 0;
  for (const HistoryFigure& figure : earlier)
    for (std::size_t i = 0; i < figure.months.size(); ++i) {
      const auto found = known.find({figure.organisation, figure.step, figure.indicator, figure.months[i]});
      if (found == known.end()) continue;
      const double before = figure.values[i], after = found->second;
      if (std::isnan(before) && std::isnan(after)) continue;
      ++all;
      other += before == after ? 0 : 1;
    }
  return {other, all};
}

std::set<Date> months_in(const std::vector<HistoryFigure>& history) {
  std::set<Date> months;
  for (const HistoryFigure& figure : history) months.insert(figure.months.begin(), figure.months.end());
  return months;
}

std::vector<std::string> data_changes(const Forecasts& forecasts) {
  std::vector<std::string> items;
  const std::vector<Conditions>& conditions = forecasts.view().study().conditions;
  if (conditions[0].start == Conditions::Start::state && conditions[1].start == Conditions::Start::state)
    items.push_back(conditions[0].snapshot == conditions[1].snapshot
                        ? forecasts.say(same_snapshot, fmt::arg("now", day_of(forecasts, 0)))
                        : forecasts.say(snapshot_moved, fmt::arg("now", day_of(forecasts, 0)),
                                        fmt::arg("earlier", day_of(forecasts, 1))));
  if (forecasts.now().study.history.empty() || forecasts.earlier().study.history.empty()) {
    items.push_back(forecasts.say(no_history));
    return items;
  }
  const std::vector<HistoryFigure> now = read_history(forecasts.now().study.history),
                                   earlier = read_history(forecasts.earlier().study.history);
  std::size_t came = 0;
  const std::set<Date> before = months_in(earlier);
  for (const Date month : months_in(now)) came += before.count(month) == 0 ? 1 : 0;
  items.push_back(
      forecasts.say(months_came, fmt::arg("months", forecasts.view().number(static_cast<double>(came), 0))));
  const auto [other, all] = revised(earlier, now);
  items.push_back(forecasts.say(months_revised, fmt::arg("all", forecasts.view().number(static_cast<double>(all), 0)),
                                fmt::arg("revised", forecasts.view().number(static_cast<double>(other), 0))));
  return items;
}

// ---- Other parameters

struct ChangedFigure {
  EstimatedFigure earlier, now;
  bool outside() const { return earlier.excludes(now.estimate); }
  double relative() const { return now.estimate / earlier.estimate - 1.0; }
};

struct ChainChanges {
  std::size_t shared = 0;  // figures that both have
  std::vector<ChangedFigure> changed;
};

ChainChanges chain_changes(const std::string& earlier, const std::string& now) {
  std::map<std::string, EstimatedFigure> before;
  for (EstimatedFigure& figure : estimated_figures(earlier)) before.emplace(figure.path, figure);
  ChainChanges changes;
  for (const EstimatedFigure& figure : estimated_figures(now)) {
    const auto found = before.find(figure.path);
    if (found == before.end()) continue;
    ++changes.shared;
    const EstimatedFigure& was = found->second;
    if (was.estimate != figure.estimate || was.low != figure.low || was.high != figure.high)
      changes.changed.push_back({was, figure});
  }
  std::stable_sort(changes.changed.begin(), changes.changed.end(),
                   [](const ChangedFigure& a, const ChangedFigure& b) { return a.outside() > b.outside(); });
  return changes;
}

std::string with_interval_of(const StudyView& view, const EstimatedFigure& figure) {
  return fmt::format("{} ({} – {})", view.number(figure.estimate), view.number(figure.low), view.number(figure.high));
}

Table changed_table(const Forecasts& forecasts, std::span<const ChangedFigure> figures) {
  const StudyView& view = forecasts.view();
  Table table;
  table.headers = {{forecasts.say(parameter), "", "", true},
                   {forecasts.say(earlier_value), ""},
                   {forecasts.say(now_value), ""},
                   {forecasts.say(change), ""},
                   {forecasts.say(judgement), "", "", true}};
  for (const ChangedFigure& figure : figures)
    table.rows.push_back({figure.now.path, with_interval_of(view, figure.earlier), with_interval_of(view, figure.now),
                          std::isfinite(figure.relative()) ? view.number(100.0 * figure.relative(), 0) : "–",
                          figure.outside() ? forecasts.say(outside_interval) : "–"});
  table.notes.push_back(forecasts.say(parameters_note));
  return table;
}

void put_parameters(Page& page, const Forecasts& forecasts, const std::string& earlier, const std::string& now) {
  page.element("h3", forecasts.say(parameters));
  if (earlier.empty() || now.empty()) return page.note(forecasts.say(parameters_unknown));
  if (earlier == now) return page.note(forecasts.say(parameters_same));
  const ChainChanges changes = chain_changes(earlier, now);
  const auto outside = static_cast<std::size_t>(
      std::count_if(changes.changed.begin(), changes.changed.end(), [](const auto& of) { return of.outside(); }));
  page.element("p", forecasts.say(parameters_outside, fmt::arg("all", changes.shared),
                                  fmt::arg("changed", changes.changed.size()), fmt::arg("outside", outside)));
  const std::span<const ChangedFigure> all(changes.changed);
  if (outside > 0) page.table(changed_table(forecasts, all.first(std::min(outside, kMostOutside))));
  if (!all.empty())
    page.folded(forecasts.say(all_parameters, fmt::arg("count", all.size())), changed_table(forecasts, all));
}

// ---- Other plans

/// The pools whose fte of one month is planned otherwise.
std::string replanned_pools(const std::string& earlier, const std::string& now) {
  const std::map<std::string, std::string> before = values_of(earlier), after = values_of(now);
  std::set<std::string> pools;
  for (const auto& [path, value] : after) {
    const auto found = before.find(path);
    const std::size_t fte = path.find("/fte");
    if (path.starts_with("pools/") && fte != std::string::npos && found != before.end() && found->second != value)
      pools.insert(path.substr(6, fte - 6));
  }
  return fmt::format("{}", fmt::join(pools, ", "));
}

void add_values(const std::string& file, const std::string& earlier, const std::string& now, Table& table) {
  const std::map<std::string, std::string> before = values_of(earlier), after = values_of(now);
  const auto value = [](const std::map<std::string, std::string>& values, const std::string& path) -> std::string {
    const auto found = values.find(path);
    return found == values.end() ? "–" : found->second;
  };
  std::set<std::string> paths;
  for (const auto* values : {&before, &after})
    for (const auto& [path, text] : *values) paths.insert(path);
  for (const std::string& path : paths)
    if (value(before, path) != value(after, path))
      table.rows.push_back({file + ": " + path, value(before, path), value(after, path)});
}

void put_plans(Page& page, const Forecasts& forecasts, const std::map<std::string, std::string>& earlier,
               const std::map<std::string, std::string>& now) {
  std::vector<std::string> items;
  Table table;
  table.headers = {{forecasts.say(value_path), ""},
                   {forecasts.say(earlier_value), "", "", true},
                   {forecasts.say(now_value), "", "", true}};
  for (const auto& [name, text] : now) {
    const auto before = earlier.find(name);
    if (before == earlier.end()) {
      items.push_back(forecasts.say(plan_new, fmt::arg("file", name)));
    } else if (name == kChainFile) {
      const std::string pools = replanned_pools(before->second, text);
      if (!pools.empty()) items.push_back(forecasts.say(staff_plan, fmt::arg("pools", pools)));
    } else if (before->second != text) {
      items.push_back(forecasts.say(plan_changed, fmt::arg("file", name)));
      add_values(name, before->second, text, table);
    }
  }
  for (const auto& [name, text] : earlier)
    if (now.find(name) == now.end()) items.push_back(forecasts.say(plan_dropped, fmt::arg("file", name)));
  page.element("h3", forecasts.say(plans));
  if (items.empty()) return page.note(forecasts.say(plans_same));
  page.list(items);
  if (!table.rows.empty()) page.folded(forecasts.say(plan_values, fmt::arg("count", table.rows.size())), table);
}

// ---- The program

void put_program(Page& page, const Forecasts& forecasts) {
  Table table;
  table.title = forecasts.say(program);
  table.headers = {{forecasts.say(of_forecast), ""},
                   {"ketensim", "", "", true},
                   {forecasts.say(replications_column), ""},
                   {forecasts.say(seed_column), ""},
                   {forecasts.say(draws_column), ""}};
  for (std::size_t number = 0; number < forecasts.count(); ++number) {
    const Study& study = forecasts.of(number).study;
    const Results& results = study.results.front();
    table.rows.push_back({forecasts.view().title(number),
                          study.commit.empty() ? study.version : fmt::format("{} ({})", study.version, study.commit),
                          fmt::format("{}", results.replications), fmt::format("{}", results.seed),
                          fmt::format("{}", study.conditions.front().draws)});
  }
  page.table(table);
}

}  // namespace

void put_reasons(Page& page, const Forecasts& forecasts) {
  const std::map<std::string, std::string> earlier = files_in(forecasts.earlier()), now = files_in(forecasts.now());
  const auto chain_in = [](const std::map<std::string, std::string>& files) {
    const auto chain = files.find(std::string(kChainFile));
    return chain == files.end() ? std::string() : chain->second;
  };
  page.section(forecasts.say(why));
  put_amounts(page, forecasts);
  page.element("h3", forecasts.say(new_data));
  page.list(data_changes(forecasts));
  put_parameters(page, forecasts, chain_in(earlier), chain_in(now));
  put_plans(page, forecasts, earlier, now);
  put_program(page, forecasts);
  page.close("section");
}

}  // namespace ketensim::report

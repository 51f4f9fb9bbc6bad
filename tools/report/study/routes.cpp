// The route of children: how many go from one step to the next, and how long they wait there.
#include <algorithm>
#include <cmath>

#include "tools/report/study/parts.hpp"
#include "tools/results/flows.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr double kLeastDrawn = 0.005;  // of all that come in: what is less is a hair

/// The ways between steps and from and to outside, with groups in place of their members.
std::vector<Flow> shown_flows(const StudyView& view, const Results& results) {
  std::vector<Flow> flows = flows_of(view.study(), results);
  const auto of_member = [&](const std::string& place) {
    const std::size_t dot = place.rfind('.');
    return dot != std::string::npos && !view.study().label(place.substr(0, dot)).group.empty();
  };
  std::erase_if(flows, [&](const Flow& flow) { return of_member(flow.way.from) || of_member(flow.way.to); });
  return flows;
}

Place place_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return {name.substr(0, dot), name.substr(dot + 1)};
}

bool is_step(const std::string& name) { return name.rfind('.') != std::string::npos; }

int depth_of(double wait) {
  int depth = 0;
  while (depth < static_cast<int>(kWaitBands.size()) && wait > kWaitBands[static_cast<std::size_t>(depth)]) ++depth;
  return depth;
}

/// One scenario's ways as a chart that goes round nowhere, and as a table.
class Route {
 public:
  Route(const StudyView& view, std::size_t scenario)
      : view_(view),
        results_(view.results(scenario)),
        whole_(whole_period(results_)),
        per_year_(factor_of(Scale::per_year, results_.periods[whole_])),
        flows_(shown_flows(view, results_)) {
    find_places();
    const std::vector<FlowLink> links = links_between();
    const std::vector<std::size_t> order = forward_order(names_.size(), links);
    rank_.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
    chart_.language = view.language();
    chart_.title = view.say(route_children, fmt::arg("name", view.title(scenario)));
    chart_.unit = view.say(Phrase::cases_per_year);
    draw(order, links);
    chart_.sentence = sentence(view.title(scenario));
  }

  bool empty() const { return flows_.empty(); }
  const FlowChart& chart() const { return chart_; }
  Table table() const;

 private:
  /// From outside, then the steps in the order of the results, then outside.
  void find_places() {
    const auto goes = [&](const std::string& name) {
      return std::any_of(flows_.begin(), flows_.end(),
                         [&](const Flow& flow) { return flow.way.from == name || flow.way.to == name; });
    };
    const auto add = [&](std::string name) {
      if (goes(name) && std::find(names_.begin(), names_.end(), name) == names_.end())
        names_.push_back(std::move(name));
    };
    add(std::string(Way::kReported));
    add(std::string(Way::kReturned));
    for (const Figure& figure : results_.figures) add(figure.organisation + "." + figure.step);
    add(std::string(Way::kOut));
  }

  std::vector<FlowLink> links_between() const {
    const auto number = [&](const std::string& name) {
      return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
    };
    std::vector<FlowLink> links;
    for (const Flow& flow : flows_)
      links.push_back({number(flow.way.from), number(flow.way.to), flow.cases.mean * per_year_});
    return links;
  }

  std::string name(const std::string& place) const {
    if (is_step(place)) return view_.place(place_of(place));
    return view_.say(place == Way::kReported ? route_reported : place == Way::kReturned ? route_returned : route_left);
  }
  double wait_at(const std::string& place) const {
    return is_step(place) ? figure_at(results_, place_of(place), "wait_mean", whole_).mean : std::nan("");
  }
  double sum(bool (*counts)(const Way&)) const {
    double total = 0.0;
    for (const Flow& flow : flows_)
      if (counts(flow.way)) total += flow.cases.mean * per_year_;
    return total;
  }
  double coming_in() const {
    return sum([](const Way& way) { return !is_step(way.from); });
  }

  FlowChart::Node node(std::size_t place, const std::vector<FlowLink>& links) const {
    double in = 0.0, out = 0.0;
    for (const FlowLink& link : links) {
      if (link.to == place) in += link.value;
      if (link.from == place) out += link.value;
    }
    FlowChart::Node node{name(names_[place]),
                         view_.say(route_per_year, fmt::arg("count", view_.number(std::max(in, out), 0))), -1};
    const double wait = wait_at(names_[place]);
    if (!is_step(names_[place]) || std::isnan(wait)) return node;
    node.depth = depth_of(wait);
    node.detail += "\n" + view_.say(route_wait, fmt::arg("wait", view_.number(wait, wait < 10.0 ? 1 : 0)));
    return node;
  }

  /// Who goes to an earlier step ends in a place of its own, and comes from another one: nothing goes round.
  void draw(const std::vector<std::size_t>& order, const std::vector<FlowLink>& links) {
    std::vector<std::size_t> at(names_.size());
    for (const std::size_t place : order) {
      at[place] = chart_.nodes.size();
      chart_.nodes.push_back(node(place, links));
    }
    std::vector<double> back_from(names_.size(), 0.0), back_to(names_.size(), 0.0);
    for (const FlowLink& link : links) {
      if (link.value < kLeastDrawn * coming_in()) {
        ++small_;
      } else if (rank_[link.from] < rank_[link.to]) {
        chart_.links.push_back({at[link.from], at[link.to], link.value});
      } else {
        back_from[link.from] += link.value;
        back_to[link.to] += link.value;
        back_ += link.value;
      }
    }
    if (back_ > 0.0) {
      const std::string detail = view_.say(route_per_year, fmt::arg("count", view_.number(back_, 0)));
      const std::size_t later = chart_.nodes.size(), earlier = later + 1;
      chart_.nodes.push_back({view_.say(route_from_later), detail, -1});
      chart_.nodes.push_back({view_.say(route_to_earlier), detail, -1});
      for (const std::size_t place : order) {
        if (back_to[place] > 0.0) chart_.links.push_back({later, at[place], back_to[place]});
        if (back_from[place] > 0.0) chart_.links.push_back({at[place], earlier, back_from[place]});
      }
    }
    leave_out_lonely();
  }

  /// A place all of whose ways are small.
  void leave_out_lonely() {
    std::vector<std::size_t> number(chart_.nodes.size(), 0);
    std::vector<FlowChart::Node> nodes;
    for (std::size_t i = 0; i < chart_.nodes.size(); ++i) {
      number[i] = nodes.size();
      if (std::any_of(chart_.links.begin(), chart_.links.end(),
                      [&](const FlowLink& link) { return link.from == i || link.to == i; }))
        nodes.push_back(chart_.nodes[i]);
    }
    for (FlowLink& link : chart_.links) link = {number[link.from], number[link.to], link.value};
    chart_.nodes = std::move(nodes);
  }

  std::string sentence(const std::string& scenario) const {
    const Flow* most = nullptr;
    std::string longest;
    double wait = -1.0;
    for (const Flow& flow : flows_) {
      if (is_step(flow.way.from) && is_step(flow.way.to) && (!most || flow.cases.mean > most->cases.mean)) most = &flow;
      if (const double here = wait_at(flow.way.to); here > wait) {
        wait = here;
        longest = flow.way.to;
      }
    }
    if (!most) most = &flows_.front();
    const double leaving = sum([](const Way& way) { return way.to == Way::kOut; });
    std::string text =
        view_.say(routes_sentence, fmt::arg("name", scenario), fmt::arg("in", view_.number(coming_in(), 0)),
                  fmt::arg("out", view_.number(leaving, 0)), fmt::arg("from", name(most->way.from)),
                  fmt::arg("to", name(most->way.to)), fmt::arg("most", view_.number(most->cases.mean * per_year_, 0)),
                  fmt::arg("step", longest.empty() ? "-" : name(longest)),
                  fmt::arg("wait", view_.number(wait < 0.0 ? std::nan("") : wait)));
    if (back_ > 0.0) text += view_.say(routes_again_sentence, fmt::arg("back", view_.number(back_, 0)));
    return text;
  }

  const StudyView& view_;
  const Results& results_;
  const std::size_t whole_;
  const double per_year_;
  const std::vector<Flow> flows_;
  std::vector<std::string> names_;  // of the places
  std::vector<std::size_t> rank_;   // of each place, from the front
  FlowChart chart_;
  double back_ = 0.0;
  int small_ = 0;
};

Table Route::table() const {
  Table table;
  table.title = view_.say(route_table);
  table.headers = {{view_.say(route_from), ""},
                   {view_.say(route_to), "", "", true},
                   {view_.say(Phrase::inflow), view_.say(Phrase::cases_per_year)},
                   {view_.say(Phrase::waiting_futures), view_.say(Phrase::cases_per_year)},
                   {view_.say(route_wait_at), view_.say(Phrase::days)}};
  std::vector<const Flow*> flows;
  for (const Flow& flow : flows_) flows.push_back(&flow);
  std::stable_sort(flows.begin(), flows.end(),
                   [](const Flow* a, const Flow* b) { return a->cases.mean > b->cases.mean; });
  for (const Flow* flow : flows) {
    const Summary& cases = flow->cases;
    table.rows.push_back(
        {name(flow->way.from), name(flow->way.to), with_interval(cases, per_year_, view_.view().style),
         fmt::format("{} – {}", view_.number(cases.p05 * per_year_, 0), view_.number(cases.p95 * per_year_, 0)),
         view_.number(wait_at(flow->way.to))});
  }
  if (small_ > 0)
    table.notes.push_back(
        view_.say(route_small, fmt::arg("count", small_), fmt::arg("least", view_.number(kLeastDrawn * coming_in()))));
  return table;
}

}  // namespace

void put_routes(Page& page, const StudyView& view) {
  if (std::any_of(view.study().results.begin(), view.study().results.end(),
                  [](const Results& results) { return results.flows.ways.empty(); }))
    return;  // of a version that did not tell
  page.section(view.say(routes));
  page.note(view.say(routes_note, fmt::arg("replications", view.baseline().replications)));
  std::vector<Page::Panel> panels;
  for (std::size_t i = 0; i < view.scenarios(); ++i)
    panels.emplace_back(view.title(i), [&page, &view, i] {
      const Route route(view, i);
      page.chart(route.chart(), route.table());
    });
  page.choice(view.say(scenario_choice), panels);
  page.close("section");
}

}  // namespace ketensim::report

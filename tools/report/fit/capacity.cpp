// Per pool and member: slots taken against the fitted limit, days with a queue, and the order of the queue.
#include <algorithm>
#include <cmath>
#include <map>

#include "tools/report/fit/parts.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

std::int32_t named_step(const CapacityFit& fit) {
  return fit.reported_at != kUnknown ? fit.reported_at : fit.claimed_at;
}

bool has_fte(const CapacityFit& fit) { return fit.reported_at != kUnknown; }

/// Means over the working days of each month. A month with fewer cases in service than may be told is a hole.
struct PoolMonths {
  std::vector<Date> first;
  std::vector<double> busy, queue_days;  // busy: per fte where there is fte
  double low = kHole, high = kHole;
};

PoolMonths months_of(const FitView& view, const CapacityFit& fit) {
  struct Sums {
    double busy = 0.0, fte = 0.0, days = 0.0, queue = 0.0;
  };
  std::map<Date, Sums> sums;
  for (const PoolDay& day : fit.days) {
    const std::chrono::year_month_day date(day.day);
    Sums& of = sums[std::chrono::sys_days(date.year() / date.month() / 1)];
    of.days += 1.0;
    of.queue += day.counted ? 1.0 : 0.0;
    of.busy += day.busy + day.expected;
    of.fte += day.fte;
  }
  PoolMonths months;
  for (const auto& [first, of] : sums) {
    const double mean = of.busy / of.days;
    const bool told = view.disclosure().may_tell(static_cast<std::size_t>(mean));
    double shown = kHole;
    if (told && has_fte(fit) && of.fte > 0.0) shown = of.busy / of.fte;
    if (told && !has_fte(fit))
      shown = static_cast<double>(view.disclosure().rounded(static_cast<std::size_t>(mean + 0.5)));
    months.first.push_back(first);
    months.busy.push_back(shown);
    months.queue_days.push_back(of.queue);
    months.low = std::fmin(months.low, shown);
    months.high = std::fmax(months.high, shown);
  }
  return months;
}

const Estimate& limit_of(const CapacityFit& fit) { return has_fte(fit) ? fit.cases_per_fte : fit.slots; }

std::string limit_text(const FitView& view, const CapacityFit& fit) {
  return fit.limits ? view.estimate(limit_of(fit)) : view.say(no_limit);
}

std::string busy_text(const FitView& view, const CapacityFit& fit, double busy) {
  if (std::isnan(busy)) return "·";
  return has_fte(fit) ? view.number(busy) : view.number(busy, 0);
}

Chart chart_of(const FitView& view, const CapacityFit& fit, const PoolMonths& months, const std::string& title) {
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.small = true;
  chart.title = title;
  chart.sentence =
      view.say(has_fte(fit) ? pool_sentence : slots_sentence, fmt::arg("low", busy_text(view, fit, months.low)),
               fmt::arg("high", busy_text(view, fit, months.high)), fmt::arg("limit", limit_text(view, fit)),
               fmt::arg("days", view.number(static_cast<double>(fit.full_days), 0)));
  chart.y_name = view.say(has_fte(fit) ? per_fte : in_service);
  chart.second_name = view.say(queue_days);
  std::vector<double> middle;
  for (const Date first : months.first) middle.push_back(day_number(first) + 15.0);
  chart.series.push_back({view.say(busy), ChartSeries::Kind::dots, middle, months.busy, {}, {}, false});
  if (fit.limits)
    chart.series.push_back({view.say(limit),
                            ChartSeries::Kind::line,
                            {middle.front(), middle.back()},
                            {limit_of(fit).estimate, limit_of(fit).estimate},
                            {},
                            {},
                            false});
  if (fit.full_days > 0)
    chart.series.push_back({view.say(queue_days), ChartSeries::Kind::bars, middle, months.queue_days, {}, {}, true});
  return chart;
}

Table month_table(const FitView& view, const CapacityFit& fit, const PoolMonths& months) {
  Table table{view.say(figures_of),
              {{view.say(month), ""}, {view.say(has_fte(fit) ? per_fte : in_service), ""}, {view.say(queue_days), ""}},
              {},
              {}};
  for (std::size_t m = 0; m < months.first.size(); ++m)
    table.rows.push_back(
        {view.month(months.first[m]), busy_text(view, fit, months.busy[m]), view.number(months.queue_days[m], 0)});
  return table;
}

FitPhrase rule_name(FittedOrder::Rule rule) {
  switch (rule) {
    case FittedOrder::Rule::received:
      return by_receipt;
    case FittedOrder::Rule::last_received:
      return last_first;
    case FittedOrder::Rule::random:
      return no_order;
    case FittedOrder::Rule::unknown:
      break;
  }
  return few_choices;
}

std::string order_text(const FitView& view, const FittedOrder& order) {
  if (order.attribute < 0) return view.say(rule_name(order.rule));
  std::string text = view.attribute(order.attribute) + ":";
  for (const std::int32_t value : order.values) text += " " + view.value(order.attribute, value);
  return text;
}

/// A share of starts, where there were enough of them.
std::string starts_text(const FitView& view, const Estimate& share) {
  if (!std::isfinite(share.estimate)) return "–";
  return view.disclosure().may_tell(share.cases) ? view.estimate(share, 100.0) : "·";
}

Table member_table(const FitView& view, const std::vector<const CapacityFit*>& members) {
  Table table{"",
              {{view.say(member), ""},
               {view.say(limit), view.say(has_fte(*members.front()) ? per_fte : in_service)},
               {view.say(queue_days), ""},
               {view.say(as_full), "%"},
               {view.say(order), ""},
               {view.say(kept), "%"},
               {view.say(in_turn), "%"}},
              {},
              {view.say(order_note)}};
  for (const CapacityFit* fit : members)
    table.rows.push_back({view.organisation(fit->organisation), fit->ok() ? limit_text(view, *fit) : view.say(no_fit),
                          view.number(static_cast<double>(fit->full_days), 0),
                          fit->limits ? view.number(100.0 * fit->kept, 0) : "–", order_text(view, fit->order),
                          starts_text(view, fit->order.strictness), starts_text(view, fit->order.in_order)});
  const CapacityFit& first = *members.front();
  if (first.held_until != kUnknown && first.held_until != first.claimed_at)
    table.notes.push_back(view.say(held_until, fmt::arg("step", view.step(first.held_until))));
  return table;
}

void put_pool(Page& page, const FitView& view, std::int32_t step, const std::vector<const CapacityFit*>& members) {
  page.open("section");
  page.element("h3", view.step(step));
  page.table(member_table(view, members));
  std::string left_out;
  page.open("div class=\"multiples\"");
  for (const CapacityFit* fit : members) {
    const PoolMonths months = months_of(view, *fit);
    const std::string name = view.organisation(fit->organisation);
    if (std::isnan(months.low))
      left_out += (left_out.empty() ? "" : ", ") + name;
    else
      page.chart(chart_of(view, *fit, months, name), month_table(view, *fit, months));
  }
  page.close("div");
  if (!left_out.empty()) page.note(view.say(small_members, fmt::arg("members", left_out)));
  page.close("section");
}

}  // namespace

void put_capacity(Page& page, const FitView& view) {
  std::vector<std::pair<std::int32_t, std::vector<const CapacityFit*>>> pools;
  for (const CapacityFit& fit : view.calibration().capacity) {
    const auto at = std::find_if(pools.begin(), pools.end(), [&](const auto& p) { return p.first == named_step(fit); });
    (at == pools.end() ? pools.emplace_back(named_step(fit), std::vector<const CapacityFit*>{}) : *at)
        .second.push_back(&fit);
  }
  page.section(view.say(FitPhrase::capacity));
  if (pools.empty()) page.note(view.say(no_pools));
  page.close("section");
  for (const auto& [step, members] : pools) put_pool(page, view, step, members);
}

}  // namespace ketensim::report

#include "tools/report/charts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

namespace ketensim::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(Chart::Kind kind) {
  switch (kind) {
    case Chart::Kind::over_time:
      return "over_time";
    case Chart::Kind::curve:
      return "curve";
    case Chart::Kind::shares:
      return "shares";
    case Chart::Kind::amounts:
      break;
  }
  return "amounts";
}

std::string_view name_of(ChartSeries::Kind kind) {
  switch (kind) {
    case ChartSeries::Kind::dots:
      return "dots";
    case ChartSeries::Kind::line:
      return "line";
    case ChartSeries::Kind::steps:
      return "steps";
    case ChartSeries::Kind::bars:
      break;
  }
  return "bars";
}

/// What is not a number is null.
Json figures(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(std::isfinite(value) ? Json(drawn_number(value)) : Json(nullptr));
  return list;
}

std::string text_of(const Json& json) { return inlined(json.dump(-1, ' ', false, Json::error_handler_t::replace)); }

int look_of(const std::vector<ChartSeries>& all, std::size_t number) {
  return all[number].look >= 0 ? all[number].look : static_cast<int>(number);
}

}  // namespace

std::string inlined(const std::string& json) {
  std::string text;
  for (const char c : json) text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

double drawn_number(double value) { return std::stod(fmt::format("{:.5g}", value)); }

std::string json_of(const std::vector<ChartSeries>& legend) {
  Json json = Json::array();
  for (std::size_t i = 0; i < legend.size(); ++i)
    json.push_back({{"name", legend[i].name}, {"kind", name_of(legend[i].kind)}, {"look", look_of(legend, i)}});
  return text_of(json);
}

std::string json_of(const Chart& chart) {
  Json json;
  json["kind"] = name_of(chart.kind);
  json["language"] = chart.language == Language::nl ? "nl" : "en";
  json["small"] = chart.small;
  json["legend"] = chart.legend && chart.series.size() > 1;
  json["share"] = chart.share;
  json["stacked"] = chart.stacked;
  json["x"] = chart.x_name;
  json["y"] = chart.y_name;
  json["second"] = chart.second_name;
  json["categories"] = chart.categories;
  json["series"] = Json::array();
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const ChartSeries& series = chart.series[i];
    Json& of = json["series"].emplace_back();
    of["name"] = series.name;
    of["kind"] = name_of(series.kind);
    of["look"] = look_of(chart.series, i);
    of["second"] = series.second;
    of["x"] = figures(series.x);
    of["y"] = figures(series.y);
    of["low"] = figures(series.low);
    of["high"] = figures(series.high);
  }
  json["marks"] = Json::array();
  for (const ChartMark& mark : chart.marks)
    json["marks"].push_back({{"from", mark.from}, {"until", mark.until}, {"name", mark.name}});
  return text_of(json);
}

}  // namespace ketensim::report

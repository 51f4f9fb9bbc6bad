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
      break;
  }
  return "shares";
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

/// Five digits are more than a screen tells apart; what is not a number is null.
Json figures(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values)
    list.push_back(std::isfinite(value) ? Json(std::stod(fmt::format("{:.5g}", value))) : Json(nullptr));
  return list;
}

}  // namespace

std::string json_of(const Chart& chart) {
  Json json;
  json["kind"] = name_of(chart.kind);
  json["language"] = chart.language == Language::nl ? "nl" : "en";
  json["small"] = chart.small;
  json["x"] = chart.x_name;
  json["y"] = chart.y_name;
  json["second"] = chart.second_name;
  json["categories"] = chart.categories;
  json["series"] = Json::array();
  for (const ChartSeries& series : chart.series) {
    Json& of = json["series"].emplace_back();
    of["name"] = series.name;
    of["kind"] = name_of(series.kind);
    of["second"] = series.second;
    of["x"] = figures(series.x);
    of["y"] = figures(series.y);
    of["low"] = figures(series.low);
    of["high"] = figures(series.high);
  }
  json["marks"] = Json::array();
  for (const ChartMark& mark : chart.marks)
    json["marks"].push_back({{"from", mark.from}, {"until", mark.until}, {"name", mark.name}});
  // Within a script element only `<` could begin something else.
  std::string text;
  for (const char c : json.dump(-1, ' ', false, Json::error_handler_t::replace))
    text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

}  // namespace ketensim::report

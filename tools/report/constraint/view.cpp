#include "tools/report/constraint/view.hpp"

#include <algorithm>
#include <cmath>

namespace ketensim::report {

std::vector<std::string> ConstraintView::scenarios() const {
  std::vector<std::string> names;
  for (std::size_t row = 0; row < files_.pools.rows(); ++row)
    if (const std::string& name = files_.pools.text(row, "scenario");
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  return names;
}

std::vector<std::size_t> ConstraintView::rows_of(const CsvTable& table, const std::string& scenario) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.text(row, "scenario") == scenario) rows.push_back(row);
  return rows;
}

Chart ConstraintView::amounts(const std::string& title, const std::string& unit,
                              const std::vector<std::string>& categories) const {
  Chart chart;
  chart.kind = Chart::Kind::amounts;
  chart.language = language_;
  chart.title = title;
  chart.x_name = unit;
  chart.categories = categories;
  return chart;
}

void ConstraintView::add(Chart& chart, const std::string& name, const std::vector<Summary>& points) {
  ChartSeries& series = chart.series.emplace_back();
  series.name = name;
  series.kind = ChartSeries::Kind::dots;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isnan(points[i].mean)) continue;
    const double half = std::isnan(points[i].se) ? 0.0 : kHalfInterval * points[i].se;
    series.x.push_back(static_cast<double>(i));
    series.y.push_back(points[i].mean);
    series.low.push_back(points[i].mean - half);
    series.high.push_back(points[i].mean + half);
  }
}

}  // namespace ketensim::report

// Many data sets from random chains of known figures: how often the stated intervals hold them. Writes the table of
// calibration/README.md. Usage: calibration_recovery [SETS of each kind of chain] [YEARS] [FAMILIES per day]
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "ketensim/calibration.hpp"
#include "tests/calibration/partners.hpp"
#include "tests/calibration/regional_chain.hpp"
#include "tests/calibration/truths.hpp"

namespace ketensim {
namespace {

struct Tally {
  int count = 0, covered = 0, with_error = 0;
  double off = 0.0, squares = 0.0, relative = 0.0;

  void add(const truths::Figure& figure) {
    ++count;
    covered += figure.covered();
    relative += (figure.found.estimate - figure.truth) / std::max(std::abs(figure.truth), 0.05);
    if (!(figure.found.standard_error > 0.0)) return;
    ++with_error;
    off += figure.off();
    squares += figure.off() * figure.off();
  }
  std::string text() const {
    if (count == 0) return " | | |";
    const double mean = with_error > 0 ? off / with_error : 0.0;
    const double spread = with_error > 0 ? std::sqrt(squares / with_error) : 0.0;
    return fmt::format(" {:+.2f} ({:.2f}) | {:+.1f}% | {:.1f}% |", mean, spread, 100.0 * relative / count,
                       100.0 * covered / count);
  }
};

struct Table {
  std::vector<std::string> order;
  std::map<std::string, Tally> ours, naive;
  std::map<std::string, std::pair<int, int>> found;

  void add(const truths::Comparison& comparison, const std::vector<truths::Figure>& spreadsheet) {
    for (const truths::Figure& figure : comparison.figures) {
      if (!ours.contains(figure.kind)) order.push_back(figure.kind);
      ours[figure.kind].add(figure);
    }
    for (const truths::Figure& figure : spreadsheet) naive[figure.kind].add(figure);
    for (const truths::Finding& finding : comparison.findings) {
      found[finding.kind].first += finding.right;
      ++found[finding.kind].second;
    }
  }

  void print() const {
    fmt::print(
        "| figure | n | error in standard errors | error | in 95% interval | naive, in standard errors | error | "
        "in 95% interval |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (const std::string& kind : order) {
      const auto other = naive.find(kind);
      fmt::print("| {} | {} |{}{}\n", kind, ours.at(kind).count, ours.at(kind).text(),
                 other == naive.end() ? " | | |" : other->second.text());
    }
    fmt::print("\n| structure | found right |\n| --- | --- |\n");
    for (const auto& [kind, of] : found) fmt::print("| {} | {} of {} |\n", kind, of.first, of.second);
  }
};

void add_set(regional::Kind kind, std::uint64_t seed, const regional::Size& size, bool telling, Table& table) {
  const Scenario truth = regional::chain(kind, seed, size);
  const Date from = truth.period.start, snapshot = truth.period.end - std::chrono::days{1};
  const auto rows = partners::soiled(partners::known(partners::registered(truth), from, snapshot), {}, seed);
  const partners::Read read = partners::read(partners::delivered(truth, rows, from, snapshot));
  CalibrationOptions options;
  options.draws = 200;
  const Calibration fits = calibrate(read.plan, read.monitor, read.linked, options);
  if (!fits.ok()) {
    for (const std::string& problem : fits.problems) fmt::print(stderr, "{}\n", problem);
    std::exit(1);
  }
  const truths::Comparison comparison = truths::compare(truth, read, fits);
  table.add(comparison, truths::naive(truth, rows, from, snapshot));
  if (!telling) return;
  for (const truths::Figure& figure : comparison.figures)
    if (!figure.covered())
      fmt::print(stderr, "set {}.{}: {} ({}): {:.4g} instead of {:.4g}, {:+.1f} standard errors\n",
                 static_cast<int>(kind), seed, figure.kind, figure.of, figure.found.estimate, figure.truth,
                 figure.off());
  for (const truths::Finding& finding : comparison.findings)
    if (!finding.right)
      fmt::print(stderr, "set {}.{}: not found right: {} ({})\n", static_cast<int>(kind), seed, finding.kind,
                 finding.of);
}

}  // namespace
}  // namespace ketensim

int main(int count, char** values) {
  using namespace ketensim;
  const int sets = count > 1 ? std::atoi(values[1]) : 20;
  regional::Size size;
  if (count > 2) size.years = std::atoi(values[2]);
  if (count > 3) size.families_per_day = std::atof(values[3]);
  Table table;
  for (int set = 1; set <= sets; ++set)
    for (const auto kind : {regional::Kind::guardians, regional::Kind::municipalities, regional::Kind::council})
      add_set(kind, static_cast<std::uint64_t>(3 * set + static_cast<int>(kind)), size, true, table);
  fmt::print("{} data sets of {} years with {} families a day\n\n", 3 * sets, size.years, size.families_per_day);
  table.print();
}

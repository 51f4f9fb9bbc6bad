#include "tools/results/netcdf_flows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace ketensim::netcdf {
namespace {

constexpr const char *kFrom = "way_from", *kTo = "way_to", *kFlow = "flow", *kWay = "way";

std::vector<std::string> each(const std::vector<Way>& ways, std::string Way::*end) {
  std::vector<std::string> texts;
  for (const Way& way : ways) texts.push_back(way.*end);
  return texts;
}

void put_ends(const hdf5::Handle& file, const char* name, const std::vector<std::string>& ends,
              const hdf5::Handle& dimension, std::string_view long_name) {
  const hdf5::Handle variable = hdf5::create_texts(file, name, {ends.size()});
  hdf5::attach_dimension(variable, dimension, 0);
  hdf5::put_attribute(variable, "long_name", long_name);
  hdf5::write(variable, ends);
}

/// The counts of a scenario on the axis of all ways: none where it has none.
std::vector<double> counts_of(const Results& results, const std::vector<Way>& ways) {
  std::vector<double> counts(static_cast<std::size_t>(results.replications) * ways.size(), 0.0);
  for (std::size_t w = 0; w < results.flows.ways.size(); ++w) {
    const auto at =
        static_cast<std::size_t>(std::lower_bound(ways.begin(), ways.end(), results.flows.ways[w]) - ways.begin());
    for (int r = 0; r < results.replications; ++r)
      counts[static_cast<std::size_t>(r) * ways.size() + at] = results.flows.count(r, w);
  }
  return counts;
}

/// The counts of a scenario, without the ways that nobody goes in it.
Flows flows_in(const std::vector<double>& counts, const std::vector<Way>& ways, int replications) {
  Flows flows;
  std::vector<std::size_t> gone;
  for (std::size_t w = 0; w < ways.size(); ++w)
    for (int r = 0; r < replications; ++r)
      if (counts[static_cast<std::size_t>(r) * ways.size() + w] > 0.0) {
        gone.push_back(w);
        flows.ways.push_back(ways[w]);
        break;
      }
  for (int r = 0; r < replications; ++r)
    for (const std::size_t w : gone) {
      const double count = counts[static_cast<std::size_t>(r) * ways.size() + w];
      if (!(count >= 0.0 && count <= std::numeric_limits<std::uint32_t>::max()))
        throw hdf5::Error("its flows are no counts");
      flows.counts.push_back(static_cast<std::uint32_t>(count));
    }
  return flows;
}

}  // namespace

void write_flows(const hdf5::Handle& file, const Study& study, const hdf5::Handle& scenarios,
                 const hdf5::Handle& replications) {
  std::set<Way> all;
  std::size_t most = 0;
  for (const Results& results : study.results) {
    all.insert(results.flows.ways.begin(), results.flows.ways.end());
    most = std::max(most, static_cast<std::size_t>(results.replications));
  }
  if (all.empty()) return;
  const std::vector<Way> ways(all.begin(), all.end());
  std::vector<std::string> names;
  for (const Way& way : ways) names.push_back(way.from + " > " + way.to);
  const hdf5::Handle dimension = hdf5::create_texts(file, kWay, {names.size()});
  hdf5::make_dimension(dimension, kWay);
  hdf5::put_attribute(dimension, "long_name", "way that cases go, from a step to the next");
  hdf5::write(dimension, names);
  put_ends(file, kFrom, each(ways, &Way::from), dimension, "step, or in: reported, or back: reported again");
  put_ends(file, kTo, each(ways, &Way::to), dimension, "step, or out: left the chain");

  const hdf5::Shape shape{study.results.size(), most, ways.size()};
  const hdf5::Handle variable = hdf5::create_doubles(file, kFlow, shape, {1, most, ways.size()});
  const hdf5::Handle* axes[] = {&scenarios, &replications, &dimension};
  for (unsigned axis = 0; axis < 3; ++axis) hdf5::attach_dimension(variable, *axes[axis], axis);
  hdf5::put_attribute(variable, "long_name", "cases that went this way, over the whole report");
  hdf5::put_attribute(variable, "units", "cases");
  for (std::size_t scenario = 0; scenario < study.results.size(); ++scenario)
    hdf5::write_slab(variable, scenario, 0, counts_of(study.results[scenario], ways));
}

void read_flows(const hdf5::Handle& file, Study& study) {
  if (!hdf5::has(file, kFlow)) return;
  const std::vector<std::string> from = hdf5::read_texts(hdf5::open_dataset(file, kFrom)),
                                 to = hdf5::read_texts(hdf5::open_dataset(file, kTo));
  const hdf5::Handle variable = hdf5::open_dataset(file, kFlow);
  const hdf5::Shape shape = hdf5::shape_of(variable);
  if (from.size() != to.size() || shape.size() != 3 || shape[0] != study.results.size() || shape[2] != from.size())
    throw hdf5::Error("its flows do not fit together");
  std::vector<Way> ways;
  for (std::size_t w = 0; w < from.size(); ++w) ways.push_back({from[w], to[w]});
  if (!std::is_sorted(ways.begin(), ways.end())) throw hdf5::Error("its flows are in no order");
  for (std::size_t scenario = 0; scenario < study.results.size(); ++scenario) {
    Results& results = study.results[scenario];
    if (static_cast<hsize_t>(results.replications) > shape[1]) throw hdf5::Error("its flows do not fit together");
    results.flows = flows_in(hdf5::read_slab(variable, scenario), ways, results.replications);
  }
}

}  // namespace ketensim::netcdf

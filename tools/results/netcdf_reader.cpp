#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "tools/results/errors.hpp"
#include "tools/results/hdf5.hpp"
#include "tools/results/netcdf.hpp"
#include "tools/results/netcdf_flows.hpp"
#include "tools/results/netcdf_layout.hpp"

namespace ketensim {
namespace {

using hdf5::Error;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

Date day_in(const std::string& iso) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(iso.c_str(), "%d-%u-%u", &year, &month, &day) != 3) throw Error("its dates are unknown");
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) throw Error("its dates are unknown");
  return date;
}

/// The day in `days since 2024-01-01 00:00:00`.
Date origin_of(const std::string& units) {
  constexpr std::string_view kSince = "days since ";
  if (!units.starts_with(kSince)) throw Error("its dates are unknown");
  return day_in(units.substr(kSince.size()));
}

void require(bool holds) {
  if (!holds) throw Error("its parts do not fit together");
}

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(hdf5::open_file(path)) {}

  Study study() {
    if (hdf5::text_attribute(file_, "ketensim_format") != netcdf::kFormat) throw Error("it has another format");
    read_axes();
    read_scenarios();
    read_figures_reported();
    read_periods(file_, "period_bounds", texts(file_, "period_label"), true);
    if (hdf5::has(file_, "longer")) {
      const hdf5::Handle group = hdf5::open_group(file_, "longer");
      read_periods(group, "long_period_bounds", texts(group, "long_period"), false);
      make_room();
      read_values(file_, true);
      read_values(group, false);
    } else {
      make_room();
      read_values(file_, true);
    }
    netcdf::read_flows(file_, study_);
    return std::move(study_);
  }

 private:
  static std::vector<std::string> texts(const hdf5::Handle& parent, const std::string& name) {
    return hdf5::read_texts(hdf5::open_dataset(parent, name));
  }
  std::size_t scenarios() const { return study_.results.size(); }
  void read_axes();
  void read_scenarios();
  void read_starts();
  void read_conditions();
  void read_figures_reported();
  void read_periods(const hdf5::Handle& parent, const std::string& bounds, const std::vector<std::string>& labels,
                    bool base);
  void make_room();
  void read_values(const hdf5::Handle& parent, bool base);

  hdf5::Handle file_;
  Study study_;
  std::vector<std::pair<std::string, std::string>> places_;
  std::vector<std::size_t> indicators_;
  std::size_t replications_ = 0;
  int first_replication_ = 0;
  // Per scenario: the place of each figure, and for the periods of the report and the longer ones apart, where each
  // lies on the axis.
  std::vector<std::vector<std::size_t>> place_of_figure_, base_index_, longer_index_;
};

void Reader::read_axes() {
  const std::vector<std::string> steps = texts(file_, "step"), organisations = texts(file_, "organisation"),
                                 names = texts(file_, "organisation_name"), groups = texts(file_, "organisation_group");
  require(organisations.size() == steps.size() && names.size() == steps.size() && groups.size() == steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    require(steps[i].size() > organisations[i].size() + 1 &&
            steps[i].compare(0, organisations[i].size(), organisations[i]) == 0);
    places_.emplace_back(organisations[i], steps[i].substr(organisations[i].size() + 1));
    if (i == 0 || organisations[i] != organisations[i - 1])
      study_.organisations.push_back({organisations[i], names[i], groups[i]});
  }
  for (const std::string& name : texts(file_, "indicator")) {
    const auto kinds = indicator_kinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const IndicatorKind& kind) { return kind.name == name; });
    if (found == kinds.end()) throw Error("it has an indicator unknown here: " + name);
    indicators_.push_back(static_cast<std::size_t>(found - kinds.begin()));
  }
  const std::vector<std::int32_t> replications = hdf5::read_integers(hdf5::open_dataset(file_, "replication"));
  require(!replications.empty() && replications.front() >= 0);
  first_replication_ = replications.front();
  replications_ = replications.size();
}

/// `VTT.research=100;RVDK.research=50`.
std::vector<std::pair<std::string, double>> thresholds(const std::string& text) {
  std::vector<std::pair<std::string, double>> all;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ';');) {
    const std::size_t equals = part.find('=');
    double cases = 0.0;
    if (equals == std::string::npos) continue;
    std::from_chars(part.data() + equals + 1, part.data() + part.size(), cases);
    all.emplace_back(part.substr(0, equals), cases);
  }
  return all;
}

/// What earlier versions did not write.
void Reader::read_conditions() {
  if (H5Aexists(file_.id(), "warn_queue_above") <= 0) return;
  const std::vector<std::string> choices = hdf5::text_attributes(file_, "warm_up_choice"),
                                 queues = hdf5::text_attributes(file_, "warn_queue_above");
  const std::vector<double> norms = hdf5::double_attributes(file_, "warn_norm_met_below");
  for (const std::size_t size : {choices.size(), queues.size(), norms.size()})
    require(size == study_.conditions.size());
  for (std::size_t i = 0; i < queues.size(); ++i) {
    Conditions& conditions = study_.conditions[i];
    if (choices[i] != "given") conditions.chosen = {conditions.warm_up_days, choices[i] == "doubtful"};
    if (!std::isnan(norms[i])) conditions.warn = {norms[i], thresholds(queues[i])};
  }
}

void Reader::read_scenarios() {
  const std::vector<std::string> ids = texts(file_, "scenario"), names = hdf5::text_attributes(file_, "scenario_name"),
                                 sources = hdf5::text_attributes(file_, "scenario_text"),
                                 calendars = hdf5::text_attributes(file_, "scenario_calendar");
  const std::vector<std::uint64_t> seeds = hdf5::unsigned_attributes(file_, "seed");
  const std::vector<std::int32_t> replications = hdf5::integer_attributes(file_, "replications");
  const std::vector<double> warm_ups = hdf5::double_attributes(file_, "warm_up_days");
  for (const std::size_t size :
       {names.size(), sources.size(), calendars.size(), seeds.size(), replications.size(), warm_ups.size()})
    require(size == ids.size());
  require(!ids.empty());
  study_.version = hdf5::text_attribute(file_, "ketensim_version");
  study_.commit = H5Aexists(file_.id(), "ketensim_commit") > 0 ? hdf5::text_attribute(file_, "ketensim_commit") : "";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    require(replications[i] >= 1 && static_cast<std::size_t>(replications[i]) <= replications_);
    Results results;
    results.scenario = ids[i];
    results.name = names[i];
    results.text = sources[i];
    results.seed = seeds[i];
    results.replications = replications[i];
    results.first_replication = first_replication_;
    study_.results.push_back(std::move(results));
    study_.conditions.push_back(
        {calendars[i] == "continuous" ? CalendarKind::continuous : CalendarKind::netherlands, warm_ups[i]});
  }
  for (const auto& [name, text] : {std::pair(netcdf::kHistory, &study_.history),
                                   {netcdf::kQuality, &study_.quality},
                                   {netcdf::kGaps, &study_.gaps},
                                   {netcdf::kSkill, &study_.skill}})
    if (H5Aexists(file_.id(), name) > 0) *text = hdf5::text_attributes(file_, name).front();
  read_starts();
  read_conditions();
  study_.compared = H5Aexists(file_.id(), "baseline") > 0;
  if (H5Aexists(file_.id(), "shard") > 0) {
    const std::vector<std::int32_t> shard = hdf5::integer_attributes(file_, "shard");
    require(shard.size() == 2 && shard[0] >= 1 && shard[0] <= shard[1]);
    study_.shard = shard[0] - 1;
    study_.shards = shard[1];
  }
}

/// What each scenario began with. Files of earlier versions do not tell.
void Reader::read_starts() {
  if (H5Aexists(file_.id(), netcdf::kStartedFrom) <= 0) return;
  const std::vector<std::string> started = hdf5::text_attributes(file_, netcdf::kStartedFrom);
  const std::vector<std::int32_t> draws = hdf5::integer_attributes(file_, netcdf::kDraws);
  require(started.size() == scenarios() && draws.size() == scenarios());
  for (std::size_t i = 0; i < scenarios(); ++i) {
    Conditions& conditions = study_.conditions[i];
    conditions.draws = draws[i];
    conditions.start = started[i] == netcdf::kEmpty ? Conditions::Start::without : Conditions::Start::state;
    if (conditions.start == Conditions::Start::state) conditions.snapshot = day_in(started[i]);
  }
}

void Reader::read_figures_reported() {
  const std::vector<std::int32_t> reported = hdf5::read_integers(hdf5::open_dataset(file_, "reported"));
  require(reported.size() == scenarios() * places_.size() * indicators_.size());
  place_of_figure_.resize(scenarios());
  base_index_.resize(scenarios());
  longer_index_.resize(scenarios());
  auto next = reported.begin();
  for (std::size_t scenario = 0; scenario < scenarios(); ++scenario)
    for (std::size_t place = 0; place < places_.size(); ++place)
      for (const std::size_t indicator : indicators_) {
        if (*next++ == 0) continue;
        study_.results[scenario].figures.push_back({places_[place].first, places_[place].second, indicator});
        place_of_figure_[scenario].push_back(place);
      }
}

void Reader::read_periods(const hdf5::Handle& parent, const std::string& bounds, const std::vector<std::string>& labels,
                          bool base) {
  const hdf5::Handle dataset = hdf5::open_dataset(parent, bounds);
  const Date origin = origin_of(hdf5::text_attribute(dataset, "units"));
  const std::vector<std::int32_t> days = hdf5::read_integers(dataset);
  const std::size_t count = days.size() / 2;
  const std::vector<std::int32_t> covered = hdf5::read_integers(hdf5::open_dataset(parent, "covered"));
  require(days.size() == 2 * count && covered.size() == scenarios() * count && labels.size() == count);
  for (std::size_t scenario = 0; scenario < scenarios(); ++scenario) {
    Results& results = study_.results[scenario];
    for (std::size_t period = 0; period < count; ++period) {
      if (covered[scenario * count + period] == 0) continue;
      const Date from = origin + std::chrono::days(days[2 * period]),
                 until = origin + std::chrono::days(days[2 * period + 1]);
      results.periods.push_back({labels[period], from, until});
      (base ? base_index_ : longer_index_)[scenario].push_back(period);
    }
    if (base) results.base_periods = results.periods.size();
  }
}

void Reader::make_room() {
  for (Results& results : study_.results)
    results.values.assign(static_cast<std::size_t>(results.replications) * results.row_size(), kUndefined);
}

void Reader::read_values(const hdf5::Handle& parent, bool base) {
  for (const std::size_t indicator : indicators_) {
    const hdf5::Handle variable = hdf5::open_dataset(parent, std::string(indicator_kinds()[indicator].name));
    const hdf5::Shape shape = hdf5::shape_of(variable);
    require(shape.size() == 4 && shape[0] == scenarios() && shape[1] == replications_ && shape[3] == places_.size());
    for (std::size_t scenario = 0; scenario < scenarios(); ++scenario) {
      Results& results = study_.results[scenario];
      const std::vector<std::size_t>& index = (base ? base_index_ : longer_index_)[scenario];
      const std::size_t first = base ? 0 : results.base_periods;
      require(index.empty() || index.back() < shape[2]);
      const std::vector<double> values = hdf5::read_slab(variable, scenario);
      for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
        if (results.figures[figure].indicator != indicator) continue;
        for (int replication = 0; replication < results.replications; ++replication)
          for (std::size_t period = 0; period < index.size(); ++period)
            results.values[static_cast<std::size_t>(replication) * results.row_size() +
                           figure * results.periods.size() + first + period] =
                values[(static_cast<std::size_t>(replication) * shape[2] + index[period]) * shape[3] +
                       place_of_figure_[scenario][figure]];
      }
    }
  }
}

}  // namespace

Study study_from_netcdf(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::ifstream(path, std::ios::binary) || std::filesystem::is_directory(path, ignored))
    throw IoError(fmt::format("cannot read {}", path.string()));
  try {
    return Reader(path).study();
  } catch (const Error& error) {
    throw InputError(fmt::format("{} holds no results of ketensim, or is damaged: {}", path.string(), error.what()));
  }
}

}  // namespace ketensim

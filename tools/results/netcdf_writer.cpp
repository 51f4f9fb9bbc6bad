#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "tools/results/csv.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/hdf5.hpp"
#include "tools/results/netcdf.hpp"
#include "tools/results/netcdf_flows.hpp"
#include "tools/results/netcdf_layout.hpp"

namespace ketensim {
namespace {

using netcdf::Layout;

constexpr std::size_t kChunkValues = 65536;  // half a megabyte

/// One file in the making: its dimensions, to which every variable is attached.
class Writer {
 public:
  Writer(const Study& study, Layout layout, hdf5::Handle file)
      : study_(study), layout_(std::move(layout)), file_(std::move(file)) {
    for (const Results& results : study_.results) indices_.push_back(netcdf::indices_of(layout_, results));
    const std::size_t periods = std::max(layout_.periods.size(), layout_.longer.size());
    block_ = std::clamp<std::size_t>(kChunkValues / std::max<std::size_t>(periods * layout_.places.size(), 1), 1,
                                     static_cast<std::size_t>(std::max(layout_.replications, 1)));
  }

  const hdf5::Handle& write() {
    put_provenance();
    make_dimensions();
    put_labels();
    make_figures(file_, layout_.periods, period_, true);
    if (!layout_.longer.empty()) make_longer();
    for (std::size_t scenario = 0; scenario < study_.results.size(); ++scenario) put_values(scenario);
    netcdf::write_flows(file_, study_, scenario_, replication_);
    return file_;
  }

 private:
  void put_provenance();
  void put_starts();
  void make_dimensions();
  void put_labels();
  void make_longer();
  void put_bounds(const hdf5::Handle& parent, const std::string& name, const std::vector<ReportedPeriod>& periods,
                  const hdf5::Handle& dimension);
  void put_covered(const hdf5::Handle& parent, std::size_t periods, const hdf5::Handle& dimension, bool base);
  void make_figures(const hdf5::Handle& parent, const std::vector<ReportedPeriod>& periods,
                    const hdf5::Handle& dimension, bool base);
  void put_values(std::size_t scenario);
  void pick(std::size_t scenario, std::size_t indicator, bool base, std::size_t periods,
            const std::vector<double>& rows, std::vector<double>& into) const;

  hdf5::Handle text_dimension(const hdf5::Handle& parent, const std::string& name,
                              const std::vector<std::string>& values, std::string_view long_name);
  void put_texts(const std::string& name, const std::vector<std::string>& values, const hdf5::Handle& dimension,
                 std::string_view long_name);
  bool is_base(const Results& results, std::size_t period) const { return period < results.base_periods; }

  const Study& study_;
  Layout layout_;
  std::vector<netcdf::Indices> indices_;
  std::size_t block_ = 1;  // replications written at a time
  hdf5::Handle file_, scenario_, replication_, period_, step_, indicator_, bound_;
};

/// One value a scenario, as attributes of the whole file.
template <class Value, class Of>
std::vector<Value> each(const Study& study, Of of) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < study.results.size(); ++i) values.push_back(of(study.results[i], study.conditions[i]));
  return values;
}

void Writer::put_provenance() {
  const auto put = [&](const std::string& name, const auto& value) { hdf5::put_attribute(file_, name, value); };
  put("Conventions", "CF-1.8");
  put("title", "Simulated figures of a chain of organisations");
  put("source", "ketensim " + study_.version);
  put("ketensim_version", study_.version);
  if (!study_.commit.empty()) put("ketensim_commit", study_.commit);
  put("ketensim_format", netcdf::kFormat);
  if (study_.shards > 1) put("shard", std::span<const std::int32_t>(std::array{study_.shard + 1, study_.shards}));
  if (study_.compared) put("baseline", std::string_view(study_.results[netcdf::kBaseline].scenario));
  const auto texts = [&](const std::string& name, auto of) {
    put(name, std::span<const std::string>(each<std::string>(study_, of)));
  };
  for (const auto& [name, text] : {std::pair(netcdf::kHistory, &study_.history),
                                   {netcdf::kQuality, &study_.quality},
                                   {netcdf::kGaps, &study_.gaps},
                                   {netcdf::kSkill, &study_.skill}})
    if (!text->empty()) put(name, std::span<const std::string>(text, 1));
  texts("scenario_name", [](const Results& results, const Conditions&) { return results.name; });
  texts("scenario_text", [](const Results& results, const Conditions&) { return results.text; });
  texts("scenario_calendar", [](const Results&, const Conditions& conditions) {
    return std::string(conditions.calendar == CalendarKind::netherlands ? "netherlands" : "continuous");
  });
  if (std::none_of(study_.conditions.begin(), study_.conditions.end(),
                   [](const Conditions& conditions) { return conditions.start == Conditions::Start::unknown; }))
    put_starts();
  put("seed", std::span<const std::uint64_t>(
                  each<std::uint64_t>(study_, [](const Results& results, const Conditions&) { return results.seed; })));
  put("replications", std::span<const std::int32_t>(each<std::int32_t>(
                          study_, [](const Results& results, const Conditions&) { return results.replications; })));
  put("warm_up_days", std::span<const double>(each<double>(study_, [](const Results&, const Conditions& conditions) {
        return conditions.warm_up_days;
      })));
  texts("warm_up_choice", [](const Results&, const Conditions& conditions) {
    return std::string(!conditions.chosen ? "given" : conditions.chosen->is_doubtful ? "doubtful" : "chosen");
  });
  put("warn_norm_met_below",
      std::span<const double>(each<double>(study_, [](const Results&, const Conditions& conditions) {
        return conditions.warn ? conditions.warn->norm_met_below : std::numeric_limits<double>::quiet_NaN();
      })));
  texts("warn_queue_above", [](const Results&, const Conditions& conditions) {
    std::string text;
    if (!conditions.warn) return text;
    for (const auto& [step, cases] : conditions.warn->queue_above)
      text += (text.empty() ? "" : ";") + step + "=" + csv_number(cases);
    return text;
  });
}

void Writer::put_starts() {
  const std::vector<std::string> started = each<std::string>(study_, [](const Results&, const Conditions& conditions) {
    return conditions.start == Conditions::Start::state ? iso_date(conditions.snapshot) : std::string(netcdf::kEmpty);
  });
  const std::vector<std::int32_t> draws =
      each<std::int32_t>(study_, [](const Results&, const Conditions& conditions) { return conditions.draws; });
  hdf5::put_attribute(file_, netcdf::kStartedFrom, std::span<const std::string>(started));
  hdf5::put_attribute(file_, netcdf::kDraws, std::span<const std::int32_t>(draws));
}

hdf5::Handle Writer::text_dimension(const hdf5::Handle& parent, const std::string& name,
                                    const std::vector<std::string>& values, std::string_view long_name) {
  hdf5::Handle dimension = hdf5::create_texts(parent, name, {values.size()});
  hdf5::make_dimension(dimension, name);
  hdf5::put_attribute(dimension, "long_name", long_name);
  hdf5::write(dimension, values);
  return dimension;
}

void Writer::make_dimensions() {
  scenario_ = text_dimension(
      file_, "scenario",
      each<std::string>(study_, [](const Results& results, const Conditions&) { return results.scenario; }),
      "scenario");

  std::vector<std::int32_t> replications(static_cast<std::size_t>(layout_.replications));
  std::iota(replications.begin(), replications.end(), study_.results.front().first_replication);
  replication_ = hdf5::create_integers(file_, "replication", {replications.size()});
  hdf5::make_dimension(replication_, "replication");
  hdf5::put_attribute(replication_, "long_name", "replication: one simulated future");
  hdf5::write(replication_, replications);

  std::vector<std::int32_t> days;
  for (const ReportedPeriod& period : layout_.periods) days.push_back(int((period.from - layout_.origin).count()));
  period_ = hdf5::create_integers(file_, "period", {days.size()});
  hdf5::make_dimension(period_, "period");
  hdf5::put_attribute(period_, "long_name", "first day of the period");
  hdf5::put_attribute(period_, "standard_name", "time");
  hdf5::put_attribute(period_, "units", fmt::format("days since {} 00:00:00", iso_date(layout_.origin)));
  hdf5::put_attribute(period_, "calendar", "proleptic_gregorian");
  hdf5::put_attribute(period_, "bounds", "period_bounds");
  hdf5::write(period_, days);

  std::vector<std::string> steps, indicators;
  for (const auto& [organisation, step] : layout_.places) steps.push_back(organisation + "." + step);
  step_ = text_dimension(file_, "step", steps, "step, or total over the steps of an organisation or the chain");
  for (const std::size_t indicator : layout_.indicators) indicators.emplace_back(indicator_kinds()[indicator].name);
  indicator_ = text_dimension(file_, "indicator", indicators, "indicator: the name of a variable");

  bound_ = hdf5::create_integers(file_, "bound", {2});
  hdf5::make_dimension(bound_, fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", 2));
}

void Writer::put_texts(const std::string& name, const std::vector<std::string>& values, const hdf5::Handle& dimension,
                       std::string_view long_name) {
  const hdf5::Handle variable = hdf5::create_texts(file_, name, {values.size()});
  hdf5::attach_dimension(variable, dimension, 0);
  hdf5::put_attribute(variable, "long_name", long_name);
  hdf5::write(variable, values);
}

void Writer::put_labels() {
  std::vector<std::string> organisations, names, groups;
  for (const auto& [organisation, step] : layout_.places) {
    const OrganisationLabel label = study_.label(organisation);
    organisations.push_back(organisation);
    names.push_back(label.name);
    groups.push_back(label.group);
  }
  put_texts("organisation", organisations, step_, "organisation of the step");
  put_texts("organisation_name", names, step_, "organisation as people know it");
  put_texts("organisation_group", groups, step_, "group that the organisation is a member of");
  std::vector<std::string> labels;
  for (const ReportedPeriod& period : layout_.periods) labels.push_back(period.label);
  put_texts("period_label", labels, period_, "name of the period in the CSV files");
  put_bounds(file_, "period_bounds", layout_.periods, period_);

  const std::size_t steps = layout_.places.size(), indicators = layout_.indicators.size();
  std::vector<std::int32_t> reported(study_.results.size() * steps * indicators, 0);
  for (std::size_t scenario = 0; scenario < study_.results.size(); ++scenario) {
    const std::vector<Figure>& figures = study_.results[scenario].figures;
    for (std::size_t figure = 0; figure < figures.size(); ++figure) {
      const auto found = std::find(layout_.indicators.begin(), layout_.indicators.end(), figures[figure].indicator);
      const auto indicator = static_cast<std::size_t>(found - layout_.indicators.begin());
      reported[(scenario * steps + indices_[scenario].place_of_figure[figure]) * indicators + indicator] = 1;
    }
  }
  const hdf5::Handle variable = hdf5::create_integers(file_, "reported", {study_.results.size(), steps, indicators});
  hdf5::attach_dimension(variable, scenario_, 0);
  hdf5::attach_dimension(variable, step_, 1);
  hdf5::attach_dimension(variable, indicator_, 2);
  hdf5::put_attribute(variable, "long_name", "1 where the scenario reports the indicator at the step");
  hdf5::write(variable, reported);
}

void Writer::put_bounds(const hdf5::Handle& parent, const std::string& name, const std::vector<ReportedPeriod>& periods,
                        const hdf5::Handle& dimension) {
  std::vector<std::int32_t> days;
  for (const ReportedPeriod& period : periods)
    for (const Date bound : {period.from, period.until}) days.push_back(int((bound - layout_.origin).count()));
  const hdf5::Handle variable = hdf5::create_integers(parent, name, {periods.size(), 2});
  hdf5::attach_dimension(variable, dimension, 0);
  hdf5::attach_dimension(variable, bound_, 1);
  hdf5::put_attribute(variable, "long_name", "first day of the period and first day after it");
  hdf5::put_attribute(variable, "units", fmt::format("days since {} 00:00:00", iso_date(layout_.origin)));
  hdf5::put_attribute(variable, "calendar", "proleptic_gregorian");
  hdf5::write(variable, days);
}

void Writer::put_covered(const hdf5::Handle& parent, std::size_t periods, const hdf5::Handle& dimension, bool base) {
  std::vector<std::int32_t> covered(study_.results.size() * periods, 0);
  for (std::size_t scenario = 0; scenario < study_.results.size(); ++scenario) {
    const Results& results = study_.results[scenario];
    for (std::size_t period = 0; period < results.periods.size(); ++period)
      if (is_base(results, period) == base)
        covered[scenario * periods + indices_[scenario].index_of_period[period]] = 1;
  }
  const hdf5::Handle variable = hdf5::create_integers(parent, "covered", {study_.results.size(), periods});
  hdf5::attach_dimension(variable, scenario_, 0);
  hdf5::attach_dimension(variable, dimension, 1);
  hdf5::put_attribute(variable, "long_name", "1 where the scenario covers the period");
  hdf5::write(variable, covered);
}

void Writer::make_longer() {
  const hdf5::Handle group = hdf5::create_group(file_, "longer");
  hdf5::put_attribute(group, "title", "The same figures over quarters and the whole");
  std::vector<std::string> labels;
  for (const ReportedPeriod& period : layout_.longer) labels.push_back(period.label);
  const hdf5::Handle dimension = text_dimension(group, "long_period", labels, "quarter, or all");
  put_bounds(group, "long_period_bounds", layout_.longer, dimension);
  make_figures(group, layout_.longer, dimension, false);
}

/// The variables of the figures, still empty, in chunks of so many replications that a block of them fills a chunk.
void Writer::make_figures(const hdf5::Handle& parent, const std::vector<ReportedPeriod>& periods,
                          const hdf5::Handle& dimension, bool base) {
  put_covered(parent, periods.size(), dimension, base);
  const hdf5::Shape shape{study_.results.size(), static_cast<std::size_t>(layout_.replications), periods.size(),
                          layout_.places.size()};
  const hdf5::Shape chunk{1, block_, shape[2], shape[3]};
  for (const std::size_t indicator : layout_.indicators) {
    const IndicatorKind& kind = indicator_kinds()[indicator];
    const hdf5::Handle variable = hdf5::create_doubles(parent, std::string(kind.name), shape, chunk);
    const hdf5::Handle* axes[] = {&scenario_, &replication_, &dimension, &step_};
    for (unsigned axis = 0; axis < 4; ++axis) hdf5::attach_dimension(variable, *axes[axis], axis);
    hdf5::put_attribute(variable, "long_name", kind.long_name);
    // Readers turn a variable in `days` into time spans of their own; `day` is the same unit and stays a number.
    hdf5::put_attribute(variable, "units", kind.unit == "days" ? "day" : kind.unit);
  }
}

/// Block by block of replications, so that no more than one is in memory.
void Writer::put_values(std::size_t scenario) {
  const Results& results = study_.results[scenario];
  std::vector<double> rows, part;
  for (std::size_t first = 0; first < static_cast<std::size_t>(results.replications); first += block_) {
    const std::size_t count = std::min(block_, static_cast<std::size_t>(results.replications) - first);
    rows.resize(count * results.row_size());
    for (std::size_t r = 0; r < count; ++r) results.read(static_cast<int>(first + r), &rows[r * results.row_size()]);
    for (const std::size_t indicator : layout_.indicators)
      for (const bool base : {true, false}) {
        const std::size_t periods = (base ? layout_.periods : layout_.longer).size();
        if (periods == 0) continue;
        part.assign(count * periods * layout_.places.size(), std::numeric_limits<double>::quiet_NaN());
        pick(scenario, indicator, base, periods, rows, part);
        const hdf5::Handle group = base ? hdf5::Handle() : hdf5::open_group(file_, "longer");
        const hdf5::Handle variable =
            hdf5::open_dataset(base ? file_ : group, std::string(indicator_kinds()[indicator].name));
        hdf5::write_slab(variable, scenario, first, part);
      }
  }
}

/// The values of one indicator out of whole replications, as the axes of the file want them.
void Writer::pick(std::size_t scenario, std::size_t indicator, bool base, std::size_t periods,
                  const std::vector<double>& rows, std::vector<double>& into) const {
  const Results& results = study_.results[scenario];
  const std::size_t places = layout_.places.size(), row = results.row_size();
  for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
    if (results.figures[figure].indicator != indicator) continue;
    const std::size_t place = indices_[scenario].place_of_figure[figure];
    for (std::size_t period = 0; period < results.periods.size(); ++period) {
      if (is_base(results, period) != base) continue;
      const std::size_t at = indices_[scenario].index_of_period[period] * places + place;
      for (std::size_t r = 0; r * row < rows.size(); ++r)
        into[r * periods * places + at] = rows[r * row + figure * results.periods.size() + period];
    }
  }
}

}  // namespace

std::string netcdf_image(const Study& study) {
  return hdf5::image_of(Writer(study, netcdf::layout_of(study), hdf5::create_in_memory()).write());
}

void write_netcdf(const Study& study, const std::filesystem::path& path) {
  try {
    Writer writer(study, netcdf::layout_of(study), hdf5::create_file(path));
    hdf5::flush(writer.write());
  } catch (const hdf5::Error& error) {
    throw IoError(fmt::format("cannot write {}: {}", path.string(), error.what()));
  }
}

}  // namespace ketensim

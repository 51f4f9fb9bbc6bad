// Who arrives and who comes back.
#include <algorithm>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/compilation.hpp"

namespace ketensim {

Distribution dispersion_factor(double variance) {
  return {"gamma", {{"mean", 1.0}, {"shape", 1.0 / variance}}, {}, {}, {}};
}

void Compilation::add_streams() {
  std::vector<std::string> names;
  for (const Stream& stream : scenario_.chain.streams) names.insert(names.end(), {stream.id, stream.id + "+"});
  const std::vector<std::uint32_t> tags = tags_of(names, CaseId::kStreamBits);
  for (std::uint32_t i = 0; i < scenario_.chain.streams.size(); ++i) {
    const Stream& source = scenario_.chain.streams[i];
    StreamModel stream;
    stream.tag = stream.factor_tag = tags[2 * i];
    stream.destination = destination(source.to);
    add_attributes_drawn(source, stream);
    if (source.recorded)
      add_recorded(source, stream);
    else
      add_process(source, stream);
    StreamModel extra = change_arrivals(i, stream);
    model_.streams.push_back(std::move(stream));
    model_.stream_names.push_back(names[2 * i]);
    const std::vector<double>& increase = source.recorded ? extra.copies : extra.per_day;
    if (std::all_of(increase.begin(), increase.end(), [](double on_day) { return on_day == 0.0; })) continue;
    extra.tag = tags[2 * i + 1];
    model_.streams.push_back(std::move(extra));
    model_.stream_names.push_back(names[2 * i + 1]);
  }
}

void Compilation::add_process(const Stream& source, StreamModel& stream) {
  stream.per_day = daily_intensity(source, scenario_.period, model_.origin, static_cast<int>(model_.end));
  std::vector<double> shares;
  for (const auto& [size, share] : source.children) shares.push_back(share);
  const std::vector<double> cumulative = cumulative_of(shares);
  for (std::size_t c = 0; c < shares.size(); ++c)
    stream.children.emplace_back(cumulative[c], static_cast<std::uint32_t>(source.children[c].first));
  const auto factor = [&](double variance) {
    return variance < kLeastDispersion ? kNone : sampler(dispersion_factor(variance));
  };
  stream.day_factor = factor(source.day_dispersion);
  stream.month_factor = factor(source.month_dispersion);
}

void Compilation::add_attributes_drawn(const Stream& source, StreamModel& stream) {
  for (const Stream::Attribute& a : source.attributes) {
    StreamModel::Attribute model{attribute(a.name), {}, kNone, {}};
    const auto cumulative = [&](const Stream::Shares& shares) {
      std::vector<double> by_rank(model_.values[model.attribute].size());
      for (const auto& [name, share] : shares) by_rank[value(model.attribute, name)] = share;
      return cumulative_of(by_rank);
    };
    model.cumulative = cumulative(a.shares);
    if (!a.given.empty()) {
      model.given = attribute(a.given);
      model.by_given.resize(model_.values[model.given].size());
      for (const auto& [name, shares] : a.by_value) model.by_given[value(model.given, name)] = cumulative(shares);
    }
    stream.attributes.push_back(std::move(model));
  }
}

/// Those within the simulation. They are numbered day by day, in the order of their moments.
void Compilation::add_recorded(const Stream& source, StreamModel& stream) {
  stream.per_day.assign(static_cast<std::size_t>(model_.end), 0.0);
  std::vector<std::size_t> column(source.attributes.size(), source.recorded_attributes.size());
  for (std::size_t i = 0; i < column.size(); ++i)
    for (std::size_t c = 0; c < source.recorded_attributes.size(); ++c)
      if (source.recorded_attributes[c] == source.attributes[i].name) column[i] = c;
  const double origin = static_cast<double>(model_.origin.time_since_epoch().count());
  const auto families = std::make_shared<std::vector<StreamModel::Family>>();
  const auto values = std::make_shared<std::vector<std::uint16_t>>();
  std::vector<std::uint32_t> of_day(stream.per_day.size());
  for (const Stream::Recorded& recorded : *source.recorded) {
    const double moment = recorded.moment - origin;
    if (moment < 0.0 || moment >= model_.end) continue;
    const auto day = static_cast<std::uint32_t>(moment);
    families->push_back({moment, day, of_day[day]++, 0, static_cast<std::uint32_t>(recorded.children)});
    for (std::size_t i = 0; i < column.size(); ++i) {
      const bool known = column[i] < recorded.values.size() && !recorded.values[column[i]].empty();
      values->push_back(known ? value(stream.attributes[i].attribute, recorded.values[column[i]]) : kNoValue);
    }
  }
  for (StreamModel::Family& family : *families) family.of_that_day = of_day[family.day];
  stream.families = families;
  stream.values = values;
}

/// Decreases thin the candidates, or recorded families, of a stream; increases are the returned second stream, which
/// decreases thin as well.
StreamModel Compilation::change_arrivals(std::uint32_t index, StreamModel& stream) const {
  StreamModel extra = stream;
  std::fill(extra.per_day.begin(), extra.per_day.end(), 0.0);
  extra.copies = extra.per_day;
  for (std::size_t day = 0; day < stream.per_day.size(); ++day) {
    double keep = 1.0, growth = 1.0;
    for (const FactorChange& change : arrivals_changes_)
      if (change.stream == index && change.from <= static_cast<double>(day) && static_cast<double>(day) < change.until)
        (change.factor < 1.0 ? keep : growth) *= change.factor;
    extra.per_day[day] = stream.per_day[day] * (growth - 1.0);
    extra.copies[day] = growth - 1.0;
    if (keep == 1.0 && stream.keep.empty()) continue;
    stream.keep.resize(stream.per_day.size(), 1.0);
    stream.keep[day] = keep;
  }
  extra.keep = stream.keep;
  return extra;
}

void Compilation::add_returns() {
  if (!scenario_.chain.returns) return;
  const Returns& returns = *scenario_.chain.returns;
  model_.return_shares.front() = returns.share;
  model_.return_after = sampler(returns.after);
  model_.return_to = destination(returns.to);
}

void Compilation::add_arrivals_change(const std::string& stream, double from, double until, double factor) {
  for (std::uint32_t i = 0; i < scenario_.chain.streams.size(); ++i)
    if (scenario_.chain.streams[i].id == stream) arrivals_changes_.push_back({i, from, until, factor});
}

}  // namespace ketensim

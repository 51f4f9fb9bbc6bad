// Who arrives and who comes back.
#include <algorithm>

#include "engine/kernel/compilation.hpp"

namespace ketensim {

void Compilation::add_streams() {
  std::vector<std::string> names;
  for (const Stream& stream : scenario_.chain.streams) names.insert(names.end(), {stream.id, stream.id + "+"});
  const std::vector<std::uint32_t> tags = tags_of(names, CaseId::kStreamBits);
  for (std::uint32_t i = 0; i < scenario_.chain.streams.size(); ++i) {
    const Stream& source = scenario_.chain.streams[i];
    StreamModel stream;
    stream.tag = tags[2 * i];
    stream.destination = destination(source.to);
    stream.per_day = daily_intensity(source, scenario_.period, model_.origin, static_cast<int>(model_.end));
    std::vector<double> shares;
    for (const auto& [size, share] : source.children) shares.push_back(share);
    const std::vector<double> cumulative = cumulative_of(shares);
    for (std::size_t c = 0; c < shares.size(); ++c)
      stream.children.emplace_back(cumulative[c], static_cast<std::uint32_t>(source.children[c].first));
    for (const Stream::Attribute& a : source.attributes) {
      StreamModel::Attribute model{attribute(a.name), {}};
      std::vector<double> by_rank(model_.values[model.attribute].size());
      for (const auto& [name, share] : a.shares) by_rank[value(model.attribute, name)] = share;
      model.cumulative = cumulative_of(by_rank);
      stream.attributes.push_back(std::move(model));
    }
    StreamModel extra = change_arrivals(i, stream);
    model_.streams.push_back(std::move(stream));
    model_.stream_names.push_back(names[2 * i]);
    if (std::all_of(extra.per_day.begin(), extra.per_day.end(), [](double rate) { return rate == 0.0; })) continue;
    extra.tag = tags[2 * i + 1];
    model_.streams.push_back(std::move(extra));
    model_.stream_names.push_back(names[2 * i + 1]);
  }
}

/// Decreases thin the candidates of a stream; increases are the returned second stream, which decreases thin as well.
StreamModel Compilation::change_arrivals(std::uint32_t index, StreamModel& stream) const {
  StreamModel extra = stream;
  std::fill(extra.per_day.begin(), extra.per_day.end(), 0.0);
  for (std::size_t day = 0; day < stream.per_day.size(); ++day) {
    double keep = 1.0, growth = 1.0;
    for (const FactorChange& change : arrivals_changes_)
      if (change.stream == index && change.from <= static_cast<double>(day) && static_cast<double>(day) < change.until)
        (change.factor < 1.0 ? keep : growth) *= change.factor;
    extra.per_day[day] = stream.per_day[day] * (growth - 1.0);
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

#include "tests/theory/formulas.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ketensim::theory {

double erlang_c(int servers, double load) {
  double blocked = 1.0;  // Erlang B
  for (int n = 1; n <= servers; ++n) blocked = load * blocked / (n + load * blocked);
  const double rho = load / servers;
  return blocked / (1.0 - rho * (1.0 - blocked));
}

Queue mmc(double rate, double mean_service, int servers) {
  const double load = rate * mean_service;
  const double wait = erlang_c(servers, load) * mean_service / (servers - load);
  return {wait, rate * wait, load / servers};
}

Queue mg1(double rate, double mean_service, double second_moment) {
  const double rho = rate * mean_service;
  const double wait = rate * second_moment / (2.0 * (1.0 - rho));
  return {wait, rate * wait, rho};
}

Queue batch_mm1(double batch_rate, double mean_batch, double second_moment_batch, double mean_service) {
  const double rate = batch_rate * mean_batch, rho = rate * mean_service;
  const double in_system = rho * (1.0 + second_moment_batch / mean_batch) / (2.0 * (1.0 - rho));
  return {(in_system - rho) / rate, in_system - rho, rho};
}

ErlangA erlang_a(double rate, double mean_service, int servers, double mean_patience) {
  constexpr int kMost = 2000;  // states beyond have no weight to speak of
  const double served_rate = 1.0 / mean_service, withdrawal_rate = 1.0 / mean_patience;
  std::vector<double> p{1.0};
  double total = 1.0;
  for (int n = 1; n < kMost; ++n) {
    p.push_back(p.back() * rate / (std::min(n, servers) * served_rate + std::max(n - servers, 0) * withdrawal_rate));
    total += p.back();
  }
  ErlangA result{};
  double served_wait = 0.0, served = 0.0;
  double reach = 1.0, reach_wait = 0.0;  // with `ahead` before: P(served), E[wait; served]
  for (int n = 0; n < kMost; ++n) {
    const double weight = p[static_cast<std::size_t>(n)] / total;
    result.utilisation += weight * std::min(n, servers) / servers;
    if (n < servers) {
      served += weight;
      continue;
    }
    const int ahead = n - servers;
    result.length += weight * ahead;
    const double progress = servers * served_rate + ahead * withdrawal_rate, any = progress + withdrawal_rate;
    reach_wait = progress / any * (reach_wait + reach / any);
    reach *= progress / any;
    served += weight * reach;
    served_wait += weight * reach_wait;
  }
  result.share_withdrawn = 1.0 - served;
  result.wait_of_served = served_wait / served;
  return result;
}

ClosedNetwork mean_value_analysis(const std::vector<double>& mean_service, int cases) {
  ClosedNetwork network{0.0, std::vector<double>(mean_service.size())};
  for (int n = 1; n <= cases; ++n) {
    std::vector<double> stay;
    for (std::size_t i = 0; i < mean_service.size(); ++i) stay.push_back(mean_service[i] * (1.0 + network.present[i]));
    network.throughput = n / std::accumulate(stay.begin(), stay.end(), 0.0);
    for (std::size_t i = 0; i < stay.size(); ++i) network.present[i] = network.throughput * stay[i];
  }
  return network;
}

double fork_join_of_two(double rate, double mean_service) {
  return (12.0 - rate * mean_service) / 8.0 / (1.0 / mean_service - rate);
}

}  // namespace ketensim::theory

#pragma once

#include <vector>

/// Exact results of queueing theory. Rates are per day, times in days; `rho` is the offered load per server.
namespace ketensim::theory {

/// Of a station in the steady state.
struct Queue {
  double wait;         // mean wait of a case that is served
  double length;       // mean number waiting
  double utilisation;  // busy share of the servers
};

/// Probability of waiting in M/M/c with offered load a = arrival rate x mean service.
/// Erlang (1917), the delay formula C(c, a); by the recursion of Erlang B (Jagerman 1974, eq. 2).
double erlang_c(int servers, double load);

/// M/M/c. Erlang (1917): W = C(c, a) s / (c - a); number waiting by Little (1961).
Queue mmc(double rate, double mean_service, int servers);

/// M/G/1. Pollaczek (1930), Khinchine (1932): W = rate E[S^2] / (2 (1 - rho)).
Queue mg1(double rate, double mean_service, double second_moment);

/// M^[X]/M/1, batches at `rate`: L = rho (1 + E[X^2] / E[X]) / (2 (1 - rho)) in the system, rho = rate E[X] s.
/// Gross and Harris (1998), section 3.1, eq. 3.2 and 3.3 (first in Burke 1975).
Queue batch_mm1(double batch_rate, double mean_batch, double second_moment_batch, double mean_service);

/// M/M/c+M, patience exponential.
struct ErlangA {
  double length;  // mean number waiting
  double utilisation;
  double share_withdrawn;  // of the arrivals
  double wait_of_served;   // mean wait of those who are served
};

/// Palm (1957), Garnett, Mandelbaum and Reiman (2002), section 2: the birth-death chain with death rates
/// min(n, c) / s + max(n - c, 0) / patience; the wait of the served by first passage through the queue ahead.
ErlangA erlang_a(double rate, double mean_service, int servers, double mean_patience);

/// A closed network of single exponential servers in a circle, first come, first served.
struct ClosedNetwork {
  double throughput;            // cases a day
  std::vector<double> present;  // mean number at each station, in service or waiting
};

/// Exact mean value analysis (Reiser and Lavenberg 1980): with n cases a case stays (1 + number there with n - 1 cases)
/// services at each station, and Little's law gives throughput and numbers.
ClosedNetwork mean_value_analysis(const std::vector<double>& mean_service, int cases);

/// Mean time from fork to join of two single exponential servers of one rate: (12 - rho) / 8 / (service rate - rate).
/// Nelson and Tantawi (1988), eq. 6, after Flatto and Hahn (1984).
double fork_join_of_two(double rate, double mean_service);

}  // namespace ketensim::theory

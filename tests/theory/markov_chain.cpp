#include "tests/theory/markov_chain.hpp"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace ketensim::theory {
namespace {

using Rates = std::vector<Eigen::Triplet<double>>;

/// pi Q = 0 with the shares adding up to 1: the balance of one state, which follows from the others, gives way to the
/// sum.
std::vector<double> stationary(std::size_t size, const Rates& rates) {
  const auto count = static_cast<Eigen::Index>(size);
  Rates equations;
  std::vector<double> leaving(size);
  for (const auto& rate : rates) {
    leaving[static_cast<std::size_t>(rate.row())] += rate.value();
    if (rate.col() + 1 < count) equations.emplace_back(rate.col(), rate.row(), rate.value());
  }
  for (Eigen::Index i = 0; i < count; ++i) {
    if (i + 1 < count) equations.emplace_back(i, i, -leaving[static_cast<std::size_t>(i)]);
    equations.emplace_back(count - 1, i, 1.0);
  }
  Eigen::SparseMatrix<double> balance(count, count);
  balance.setFromTriplets(equations.begin(), equations.end());
  Eigen::SparseLU<Eigen::SparseMatrix<double>> solver;
  solver.compute(balance);
  if (solver.info() != Eigen::Success) throw std::runtime_error("no single stationary distribution");
  const Eigen::VectorXd share = solver.solve(Eigen::VectorXd::Unit(count, count - 1));
  const double error = (balance * share - Eigen::VectorXd::Unit(count, count - 1)).cwiseAbs().maxCoeff();
  if (!(error < 1e-9)) throw std::runtime_error("no single stationary distribution");
  return {share.begin(), share.end()};
}

}  // namespace

MarkovChain::MarkovChain(const State& first, const std::function<std::vector<Transition>(const State&)>& transitions,
                         std::size_t most) {
  std::map<State, std::size_t> index{{first, 0}};
  states_.push_back(first);
  Rates rates;
  for (std::size_t from = 0; from < states_.size(); ++from)
    for (const auto& [to, rate] : transitions(State(states_[from]))) {
      if (!(rate >= 0.0)) throw std::invalid_argument("a rate is negative");
      if (rate == 0.0 || to == states_[from]) continue;
      const auto [at, is_new] = index.emplace(to, states_.size());
      if (is_new) states_.push_back(to);
      if (states_.size() > most) throw std::invalid_argument("more states than allowed");
      rates.emplace_back(static_cast<int>(from), static_cast<int>(at->second), rate);
    }
  share_ = stationary(states_.size(), rates);
}

double MarkovChain::probability(const std::function<bool(const State&)>& holds) const {
  return mean([&](const State& state) { return holds(state) ? 1.0 : 0.0; });
}

double MarkovChain::mean(const std::function<double(const State&)>& value) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < states_.size(); ++i) sum += share_[i] * value(states_[i]);
  return sum;
}

}  // namespace ketensim::theory

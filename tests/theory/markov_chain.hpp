#pragma once

#include <array>
#include <functional>
#include <map>
#include <vector>

namespace ketensim::theory {

/// A continuous-time Markov chain on finitely many states: all that can be reached from a first one. It is solved
/// exactly, up to rounding.
class MarkovChain {
 public:
  using State = std::array<int, 4>;  // numbers of cases, as the model counts them; unused ones stay 0
  struct Transition {
    State to;
    double rate;
  };

  /// `transitions` tells where the chain goes from a state; a way to the state itself counts for nothing.
  /// Throws std::invalid_argument if there are more than `most` states or a rate is negative.
  MarkovChain(const State& first, const std::function<std::vector<Transition>(const State&)>& transitions,
              std::size_t most = 20'000);

  std::size_t size() const { return states_.size(); }
  /// Long-run share of the time. Throws std::runtime_error if there is no single stationary distribution.
  double probability(const std::function<bool(const State&)>& holds) const;
  double mean(const std::function<double(const State&)>& value) const;

 private:
  std::vector<State> states_;
  std::vector<double> share_;  // of the time, per state
};

}  // namespace ketensim::theory

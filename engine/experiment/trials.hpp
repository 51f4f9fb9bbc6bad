#pragma once

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "engine/experiment/ranking.hpp"
#include "engine/kernel/model.hpp"
#include "ketensim/constraint.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {

/// Variants of one scenario, simulated for more and more replications with the same draws. Of each replication is kept
/// what variants are weighed by.
class Trials {
 public:
  using Observe = std::function<std::unique_ptr<Observer>(int replication)>;

  /// The scenario must be valid.
  Trials(const Scenario& scenario, int threads, std::function<void(int done, int total)> progress);

  /// The scenario with more interventions; its number. The first is 0. Throws std::invalid_argument if these are not
  /// valid.
  std::size_t add(const std::vector<Intervention>& more);
  const Model& model() const { return model_; }
  /// Simulates each of these on, until it has so many replications.
  void extend(const std::vector<std::size_t>& variants, int replications);
  /// The same for one, with an observer of each replication.
  void watch(std::size_t variant, int replications, const Observe& observe);
  /// About so many replications are still to come, for whoever looks at the progress.
  void expect(int replications) { total_ = done_ + replications; }

  int done() const { return done_; }
  int replications(std::size_t variant) const;
  Summary figure(std::size_t variant, Aim objective) const;
  /// Cases that leave the chain, per year.
  const Gains& throughput(std::size_t variant) const { return variants_[variant].throughput; }
  /// Variant minus baseline.
  Summary effect(std::size_t variant, std::size_t baseline, Aim objective) const;
  /// Differences of two such rows of values, as long as both go.
  static Summary difference(const Gains& with, const Gains& without);
  /// How much better the variant is in each replication.
  Gains gains(std::size_t variant, std::size_t baseline, Aim objective) const;
  const Gains& values(std::size_t variant, Aim objective) const;

 private:
  struct Variant {
    std::vector<Intervention> more;
    std::array<Gains, kObjectives> values;
    Gains throughput;
  };
  void run(const std::vector<std::size_t>& variants, int first, int last, const Observe& observe);

  Scenario with(const std::vector<Intervention>& more) const;

  Scenario scenario_;
  const Model model_;
  int threads_;
  std::function<void(int done, int total)> progress_;
  int done_ = 0, total_ = 0;
  std::vector<Variant> variants_;
};

}  // namespace ketensim

#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "calibration/fit/families.hpp"
#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

/// A duration with what it may depend on. Equal ones are counted together.
struct Datum {
  Observation observation;
  std::int32_t part = 0;  // of the cases, each with a mean of its own
  bool worsened = false;
  double years = 0.0;
  double count = 1.0;
};

/// What is estimated. The parameters are, in this order: the logarithm of each part's mean; the shapes of the family,
/// once or for each part; the logarithm of the worsening's factor; that of the growth per year; the logit of the share
/// for which it comes at all.
struct Model {
  const Family* family = nullptr;
  int parts = 1;
  bool own_shapes = false;
  bool worsening = false, trend = false, share = false;

  int shapes() const { return static_cast<int>(family->shapes.size()); }
  int shape_at(int part) const { return parts + (own_shapes ? part * shapes() : 0); }
  int worsening_at() const { return parts + shapes() * (own_shapes ? parts : 1); }
  int trend_at() const { return worsening_at() + (worsening ? 1 : 0); }
  int share_at() const { return trend_at() + (trend ? 1 : 0); }
  int parameters() const { return share_at() + (share ? 1 : 0); }
};

/// Data made ready for many evaluations: the distribution is looked up once at each place that any interval begins or
/// ends, and intervals refer to places. A start that is spread over `blur` days is integrated by Gauss's rule.
class Likelihood {
 public:
  /// `even`: as many nodes far from the beginning as near it. Slower; but the shares of all intervals then add up to 1
  /// for any distribution, as rough as it may be.
  enum class Nodes { as_needed, even };

  explicit Likelihood(std::vector<Datum> data, Nodes nodes = Nodes::as_needed);

  /// The log-likelihood and its gradient; false where either is not finite.
  bool evaluate(const Model& model, const Eigen::VectorXd& parameters, double& value, Eigen::VectorXd& gradient) const;

  /// What a model says of each of data(): the share below the ends of its interval and below its entry, for each start
  /// that is integrated over.
  struct Places {
    struct Interval {
      double weight, from, to;
    };
    double count = 0.0;
    std::vector<Interval> within;  // to = 1: not over
    std::vector<Interval> seen;    // from the entry on; empty: not truncated
  };
  std::vector<Places> places(const Model& model, const Eigen::VectorXd& parameters) const;

  /// Equal observations together, in a fixed order.
  const std::vector<Datum>& data() const { return data_; }
  double cases() const { return cases_; }

 private:
  static constexpr std::int32_t kZero = -1;
  struct Pattern {
    std::int32_t part;
    bool worsened;
    double years;
    bool operator==(const Pattern&) const = default;
  };
  struct Place {
    double days;
    std::int32_t pattern;
  };
  struct Node {
    double weight;
    std::int32_t lower, upper;  // places; kZero: the beginning
  };
  struct Group {
    double count;
    std::int32_t pattern;
    bool over;
    std::int32_t first, nodes, entries;  // the entry's nodes follow the others
  };
  struct Term;

  std::vector<UnitShares> look_up(const Model& model, const Eigen::VectorXd& parameters) const;
  void add_places(const Datum& datum, std::int32_t pattern, Nodes nodes, std::vector<Place>& raw);
  bool add_group(const Model& model, const Group& group, const std::vector<UnitShares>& shares,
                 const Eigen::VectorXd& p, double& value, Eigen::VectorXd& gradient) const;
  Term above(const Model& model, const std::vector<UnitShares>& shares, std::int32_t first, std::int32_t nodes,
             const Eigen::VectorXd& p) const;
  Term between(const Model& model, const std::vector<UnitShares>& shares, const Group& group) const;

  double loss_ = 0.0;           // what the true, shorter intervals take off
  double longest_panel_ = 1.0;  // days, of the integral over starts
  std::vector<Datum> data_;
  std::vector<Pattern> patterns_;
  std::vector<Place> places_;
  std::vector<Node> nodes_;
  std::vector<Group> groups_;
  double cases_ = 0.0;
};

}  // namespace ketensim::fit

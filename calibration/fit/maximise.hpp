#pragma once

#include <Eigen/Core>
#include <functional>
#include <vector>

namespace ketensim::fit {

/// Value and gradient at a place; false where there is none.
using Objective = std::function<bool(const Eigen::VectorXd& at, double& value, Eigen::VectorXd& gradient)>;

struct Bounds {
  Eigen::VectorXd least, most;
};

struct Maximum {
  Eigen::VectorXd at;
  double value = 0.0;
  bool converged = false;      // inside the bounds with no slope left
  Eigen::MatrixXd covariance;  // the inverse of the curvature; empty: the surface is not curved downward everywhere
};

/// The maximum by BFGS (Nocedal and Wright 2006, ch. 6) with a halving line search. `scale` is that of the value (the
/// number of cases): what counts as no slope is relative to it. Parameters in `held` stay. Does not throw.
Maximum maximise(const Objective& objective, const Eigen::VectorXd& start, const Bounds& bounds, double scale,
                 const std::vector<bool>& held = {});

/// Fills in the covariance at a maximum, from central differences of the gradient; zero for what is held.
void add_covariance(const Objective& objective, Maximum& maximum, const std::vector<bool>& held = {});

}  // namespace ketensim::fit

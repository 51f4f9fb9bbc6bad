#pragma once

#include <string>

#include "engine/kernel/model.hpp"
#include "ketensim/observer.hpp"

namespace ketensim {

/// Writes each visit that reaches into the reported period as a row of cases.csv.
class CaseLog : public Observer {
 public:
  CaseLog(const Model& model, std::string scenario, int replication);
  void visit(const Visit& visit) override;

  static std::string header(const Model& model);
  std::string take();

 private:
  void append_moment(double moment);

  const Model& model_;
  std::string prefix_;
  std::string rows_;
};

}  // namespace ketensim

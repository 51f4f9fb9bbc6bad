#pragma once

#include <vector>

#include "tools/results/study.hpp"

namespace ketensim {

/// How many cases go one way over the whole report.
struct Flow {
  Way way;
  Summary cases;
  bool of_group = false;  // a total over the members of a group
};

/// The flows of a scenario, by the order of their names. What comes from, or goes to, members of a group is there
/// member by member, and once more with the group in their place: its flow is their sum in every replication.
std::vector<Flow> flows_of(const Study& study, const Results& results);

}  // namespace ketensim

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// Something that goes from one place to another, so much of it.
struct FlowLink {
  std::size_t from = 0, to = 0;  // nodes
  double value = 0.0;
};

/// What page/flow.js draws: places, and how much goes from one to the next. It goes round nowhere (see forward_order).
struct FlowChart {
  struct Node {
    std::string name, detail;  // what it is called, and what there is to tell of it
    int depth = -1;            // the higher, the darker: 0 to 3; -1: not one of the steps
  };
  Language language = Language::nl;
  std::string title, sentence;  // what there is to see, for who can't see it
  std::string unit;             // of what flows
  std::vector<Node> nodes;
  std::vector<FlowLink> links;
};

/// The nodes in an order in which little goes backward: heuristic of Eades, Lin and Smyth (1993), who takes sources and
/// sinks away, and else the node from which most goes out on balance. Ties by number.
std::vector<std::size_t> forward_order(std::size_t nodes, const std::vector<FlowLink>& links);

/// The chart as JSON that may stand within a script element: no `<` occurs in it.
std::string json_of(const FlowChart& chart);

}  // namespace ketensim::report

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/kernel/chain_names.hpp"

namespace ketensim {

/// Successors of each node.
using Graph = std::vector<std::vector<std::size_t>>;

Graph reversed(const Graph& graph);
/// The nodes that can be reached from `starts`, these included, without entering `barred`.
std::vector<std::uint8_t> reached(const Graph& graph, const std::vector<std::size_t>& starts,
                                  std::size_t barred = static_cast<std::size_t>(-1));
/// The circles of a graph: its strongly connected components of several nodes, or of one that follows itself
/// (Tarjan 1972). A node is in at most one.
std::vector<std::vector<std::size_t>> circles(const Graph& graph);
/// Every node after those that come before it, as far as circles allow: reverse postorder from `starts`. Nodes that
/// cannot be reached are left out.
std::vector<std::size_t> flow_order(const Graph& graph, const std::vector<std::size_t>& starts);

/// How the steps of a chain follow one another; `per:` steps are not expanded. Node i is step i, the last is `out`.
/// All names must be known.
struct StepGraph {
  StepGraph(const Chain& chain, const ChainNames& names);

  std::size_t out;
  Graph routes;  // by a route with a share above 0
  Graph next;    // so, or by withdrawal from the queue
  Graph named;   // so, or by a route whose share is 0

  /// The steps on which a slot that step `holder` keeps is still kept: those from which its `hold_until` can be
  /// reached without coming back to the holder.
  std::vector<std::uint8_t> keeps(std::size_t holder, std::size_t until) const;

 private:
  Graph previous_;
};

}  // namespace ketensim

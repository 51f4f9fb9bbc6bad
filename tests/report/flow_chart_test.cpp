#include "tools/report/flow_chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

namespace ketensim::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

double backward(const std::vector<std::size_t>& order, const std::vector<FlowLink>& links) {
  std::vector<std::size_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  double total = 0.0;
  for (const FlowLink& link : links)
    if (rank[link.from] >= rank[link.to]) total += link.value;
  return total;
}

TEST(ForwardOrder, OfALineIsTheLine) {
  EXPECT_THAT(forward_order(4, {{2, 0, 5.0}, {0, 3, 5.0}, {3, 1, 5.0}}), ElementsAre(2, 0, 3, 1));
}

TEST(ForwardOrder, OfACircleLeavesTheLeastBackward) {
  const std::vector<FlowLink> links{{0, 1, 9.0}, {1, 2, 8.0}, {2, 0, 1.0}};
  EXPECT_EQ(backward(forward_order(3, links), links), 1.0);
}

TEST(ForwardOrder, HoldsEveryNodeOnceAndSendsAtMostHalfBackward) {
  std::mt19937 generator(7);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t nodes = 2 + generator() % 12;
    std::vector<FlowLink> links;
    double total = 0.0;
    for (std::size_t i = 0; i < 3 * nodes; ++i) {
      const FlowLink link{generator() % nodes, generator() % nodes, 1.0 + static_cast<double>(generator() % 50)};
      if (link.from == link.to) continue;
      links.push_back(link);
      total += link.value;
    }
    std::vector<std::size_t> order = forward_order(nodes, links);
    EXPECT_LE(backward(order, links), 0.5 * total);  // what the heuristic guarantees
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < nodes; ++i) ASSERT_EQ(order[i], i);
  }
}

TEST(FlowChart, HoldsNothingThatCouldEndItsScript) {
  FlowChart chart;
  chart.nodes = {{"</script><b>", "\"1\"", 0}, {"Almel\xf3", "", -1}};
  chart.links = {{0, 1, 1.0 / 3.0}};
  const std::string json = json_of(chart);
  EXPECT_THAT(json, Not(HasSubstr("<")));
  const auto read = nlohmann::json::parse(json);
  EXPECT_EQ(read["nodes"][0]["name"], "</script><b>");
  EXPECT_EQ(read["links"][0]["value"], 0.33333);
}

}  // namespace
}  // namespace ketensim::report

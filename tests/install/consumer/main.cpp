// A desk with three servers, loaded to 0.8: simulated, and set beside the exact mean wait (Erlang C).
#include <chrono>
#include <cmath>
#include <cstdio>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"
#include "ketensim/simulate.hpp"

using namespace std::chrono_literals;

ketensim::Scenario desk() {
  ketensim::Scenario scenario;
  scenario.id = "desk";
  scenario.replications = 200;
  scenario.period = {.start = std::chrono::sys_days(2024y / 1 / 1),
                     .end = std::chrono::sys_days(2044y / 1 / 1),
                     .warm_up = {.days = 365},
                     .calendar = ketensim::CalendarKind::continuous,
                     .report = ketensim::Report::all};

  ketensim::Stream customers;
  customers.id = "customers";
  customers.to = "A.serve";
  customers.per_day = 2.4;

  ketensim::Pool servers;
  servers.id = "A.servers";
  servers.slots = ketensim::Amount{.common = {.from = {{scenario.period.start, 3.0}}}, .by_member = {}};

  ketensim::Step serve;
  serve.id = "A.serve";
  serve.pool = "A.servers";
  serve.duration.kind = "exponential";
  serve.duration.parameters = {{"mean", 1.0}};
  serve.next = {{.when = {}, .to = {{.to = "out", .share = 1.0, .after = {}}}}};

  ketensim::Organisation organisation;
  organisation.id = "A";
  organisation.name = "Desk";
  scenario.chain = {
      .organisations = {organisation}, .streams = {customers}, .pools = {servers}, .steps = {serve}, .returns = {}};
  return scenario;
}

int main() {
  const ketensim::Scenario scenario = desk();
  for (const ketensim::Problem& problem : ketensim::validate(scenario)) std::puts(problem.message.c_str());

  const ketensim::Results results = ketensim::simulate({scenario}).front();
  const auto wait = ketensim::summarise(results, results.find("A", "serve", "wait_mean"), results.find_period("all"));
  const double exact = 1.0787;
  std::printf("mean wait %.4f days, standard error %.4f, exact %.4f\n", wait.mean, wait.se, exact);
  return std::abs(wait.mean - exact) < 4 * wait.se ? 0 : 1;
}

#include "tests/support/chains.hpp"

namespace ketensim::support {
namespace {

Stream reports() {
  Stream s = stream("reports", "VTT.triage", 800.0 / kDaysPerYear);
  s.trend_per_year = 0.03;
  s.month[6] = 0.75;
  s.month[7] = 0.70;
  s.month[10] = 1.15;
  s.weekday[5] = s.weekday[6] = 0.15;
  s.children = {{1, 0.55}, {2, 0.30}, {3, 0.11}, {4, 0.04}};
  s.attributes = {{"urgency", {{"crisis", 0.06}, {"regular", 0.94}}},
                  {"municipality", {{"GM0141", 0.35}, {"GM0153", 0.65}}}};
  return s;
}

std::vector<Pool> pools() {
  Pool research;
  research.id = "VTT.research";
  research.fte = always(5.3);
  research.cases_per_fte = always(10.0);
  Pool raad;
  raad.id = "RVDK.research";
  raad.cases_per_fte = always(8.0);
  raad.fte = Amount{
      Schedule{{{date(2022, 1, 1), 4.2}, {date(2024, 1, 1), 4.3}, {date(2024, 7, 1), 4.0}, {date(2024, 9, 1), 4.3}}},
      {}};
  Pool access;
  access.id = "GEM.access";
  access.slots = Amount{{}, {{"GM0141", always(58).common}, {"GM0153", always(108).common}}};
  return {pool("VTT.triage", 22), research, raad, pool("JBOV.workers", 260), access};
}

Step triage() {
  Step s = step("VTT.triage", "VTT.triage", lognormal(3, 0.8));
  s.order = {"urgency", "received"};
  s.norm.lead_time = Duration{5, true};
  s.next = {
      to({target("VTT.research", 0.45), target("RVDK.research", 0.40), target("out", 0.15)}, {{"urgency", {"crisis"}}}),
      to({target("VTT.research", 0.25), target("GEM.access", 0.57), target("RVDK.research", 0.04),
          target("out", 0.14)})};
  return s;
}

Step research() {
  Step s = step("VTT.research", "VTT.research", gamma(50, 0.5));
  s.norm.lead_time = Duration{70};
  s.patience = Patience{exponential(400), "out"};
  s.next = {to({target("GEM.access", 0.60), {"RVDK.research", 0.25, gamma(14, 0.5)}, target("out", 0.15)})};
  return s;
}

Step raad() {
  Step s = step("RVDK.research", "RVDK.research", gamma(42, 0.4));
  s.order = {"urgency", "received"};
  s.norm.wait = Duration{10};
  s.norm.service = Duration{42};
  s.while_waiting = {{Duration{60}, 1.35, {{"urgency", "crisis"}}}};
  s.next = {to({{"JBOV.intake", 0.50, lognormal(21, 0.6)}, target("GEM.access", 0.38), target("out", 0.12)})};
  return s;
}

std::vector<Step> steps() {
  Step intake = step("JBOV.intake", "JBOV.workers", uniform(1, 5));
  intake.hold_until = "JBOV.guidance";
  intake.norm.wait = Duration{5};
  intake.next = {to({target("JBOV.plan")})};
  Step plan = step("JBOV.plan", "", gamma(33, 0.3));
  plan.norm.lead_time = Duration{42};
  plan.next = {to({target("JBOV.guidance")})};
  Step guidance =
      step("JBOV.guidance", "", mixture({lognormal(kDaysPerYear, 0.15), lognormal(2 * kDaysPerYear, 0.3)}, {0.5, 0.5}));
  guidance.next = {to({target("GEM.help", 0.5), target("out", 0.5)})};
  Step access = step("GEM.access", "GEM.access", lognormal(45, 0.7));
  access.next = {to({target("GEM.help", 0.40), target("RVDK.research", 0.05), target("out", 0.55)})};
  Step help = step("GEM.help", "", lognormal(200, 1.2));
  help.help = true;
  help.next = {to({target("RVDK.research", 0.04), target("out", 0.96)})};
  return {triage(), research(), raad(), intake, plan, guidance, access, help};
}

}  // namespace

Scenario mini_chain() {
  Scenario s;
  s.id = "mini-chain";
  s.name = "Mini chain";
  s.period = {date(2024, 1, 1),          date(2026, 1, 1),       {2 * kDaysPerYear, false},
              CalendarKind::netherlands, Resolution::continuous, false,
              SchoolRegion::noord,       Report::month};
  s.seed = 20240101;
  Organisation gem = organisation("GEM");
  gem.per = "municipality";
  gem.members = {{"GM0141", "GM0141"}, {"GM0153", "GM0153"}};
  s.chain.organisations = {organisation("VTT"), organisation("RVDK"), organisation("JBOV"), gem};
  s.chain.streams = {reports()};
  s.chain.pools = pools();
  s.chain.steps = steps();
  s.chain.returns = Returns{0.18, exponential(400), "VTT.triage"};
  return s;
}

}  // namespace ketensim::support

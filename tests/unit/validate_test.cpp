#include <fmt/core.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Each problem as `error steps/VTT.triage/pool: message (suggestion)`.
std::vector<std::string> problems(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const Problem& p : validate(scenario))
    lines.push_back(fmt::format("{} {}: {}{}", p.severity == Problem::Severity::error ? "error" : "warning",
                                fmt::join(p.path, "/"), p.message,
                                p.suggestion.empty() ? "" : " (" + p.suggestion + ")"));
  return lines;
}

/// What is wrong with the mini chain after a change.
template <class ChangeIt>
std::vector<std::string> after(ChangeIt change) {
  Scenario s = mini_chain();
  change(s);
  std::vector<std::string> lines = problems(s);
  std::erase_if(lines, [](const std::string& line) { return line.find("warning") == 0; });
  return lines;
}

testing::Matcher<std::string> at(const std::string& place, const std::string& message) {
  return AllOf(HasSubstr("error " + place + ": "), HasSubstr(message));
}

TEST(Validate, FindsNothingWrongWithTheMiniChain) {
  EXPECT_THAT(after([](Scenario&) {}), IsEmpty());
  EXPECT_THAT(problems(one_queue(2.4, 3, exponential(1))), IsEmpty());
}

TEST(Validate, TellsAllProblemsAtOnceErrorsFirst) {
  Scenario s = mini_chain();
  s.chain.organisations.push_back(organisation("LDH"));  // a warning: no steps
  s.replications = 0;
  step_of(s, "VTT.triage").pool = "VTT.triag";
  step_of(s, "GEM.help").next[0].to[0].to = "RVDK.reserch";
  EXPECT_THAT(
      problems(s),
      ElementsAre(at("replications", "from 1"), "error steps/VTT.triage/pool: unknown pool `VTT.triag` (VTT.triage)",
                  "error steps/GEM.help/next/0/to/RVDK.reserch: unknown step `RVDK.reserch` (RVDK.research)",
                  "warning organisations/LDH: organisation LDH has no steps",
                  "warning pools/VTT.triage: no step works with pool VTT.triage"));
}

TEST(ValidatePeriod, EndsAfterItStartsAndStaysWithinTheYears) {
  EXPECT_THAT(after([](Scenario& s) { s.period.end = s.period.start; }),
              ElementsAre(at("time/end", "after the start")));
  EXPECT_THAT(after([](Scenario& s) { s.period.end = date(2601, 1, 1); }), Contains(at("time/end", "1900 and 2600")));
  EXPECT_THAT(after([](Scenario& s) { s.period.start = date(1899, 1, 1); }),
              Contains(at("time/start", "1900 and 2600")));
  EXPECT_THAT(after([](Scenario& s) { s.period.warm_up.days = 1e6; }), ElementsAre(at("time/warm_up", "before 1900")));
  EXPECT_THAT(after([](Scenario& s) { s.period.warm_up.days = -1; }), ElementsAre(at("time/warm_up", "0 or more")));
  EXPECT_THAT(after([](Scenario& s) { s.period.warm_up.days = kNan; }), ElementsAre(at("time/warm_up", "0 or more")));
}

TEST(ValidatePeriod, RefusesResultsThatDoNotFit) {
  EXPECT_THAT(after([](Scenario& s) {
                s.period.end = date(2500, 1, 1);
                s.period.report = Report::week;
                s.replications = 100'000;
              }),
              Contains(at("time/report", "report longer periods")));
}

TEST(ValidateOrganisations, HaveUsableNamesOfTheirOwn) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations.push_back(organisation("out")); }),
              ElementsAre(at("organisations/out", "meaning of its own")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations.push_back(organisation("A.B")); }),
              ElementsAre(at("organisations/A.B", "must be a letter")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations.push_back(organisation("VTT")); }),
              ElementsAre(at("organisations/VTT", "two organisations")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations.push_back(organisation("GM0141")); }),
              ElementsAre(at("organisations/GEM/per/municipality/0", "name of another")));
}

TEST(ValidateOrganisations, HaveAMemberForEveryValueAndNoOther) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations[3].members.pop_back(); }),
              Contains(at("organisations/GEM/per/municipality", "`GM0153` is a value")));
  EXPECT_THAT(after([](Scenario& s) {
                s.chain.organisations[3].members.push_back({"GM0154", ""});
              }),
              Contains("error organisations/GEM/per/municipality/2: unknown value of municipality `GM0154` (GM0153)"));
  EXPECT_THAT(after([](Scenario& s) { s.chain.organisations[3].per = "municipalty"; }),
              ElementsAre("error organisations/GEM/per: unknown attribute `municipalty` (municipality)"));
}

TEST(ValidateOrganisations, NeedEveryStreamToDrawWhatTheyAreSplitBy) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams.push_back(stream("others", "VTT.triage", 1)); }),
              ElementsAre(at("organisations/GEM/per/municipality", "every arrival stream must draw")));
}

TEST(ValidateArrivals, ComeSomewhereAtARateThatCanBe) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].to = "VTT.triaje"; }),
              ElementsAre("error arrivals/reports/to: unknown step `VTT.triaje` (VTT.triage)"));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].to = ""; }),
              ElementsAre(at("arrivals/reports/to", "missing")));
  for (const double rate : {-1.0, kNan, 1e300})
    EXPECT_THAT(after([=](Scenario& s) { s.chain.streams[0].per_day = rate; }),
                ElementsAre(at("arrivals/reports/rate", "from 0")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].per_day = 2e5; }),
              ElementsAre(at("arrivals/reports/rate", "families on one day")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams.clear(); }), Contains(at("arrivals", "nobody arrives")));
}

TEST(ValidateArrivals, AbsurdGrowthIsTooManyFamiliesADay) {
  EXPECT_THAT(after([](Scenario& s) {
                s.chain.streams[0].trend_per_year = 50;
                s.period.end = date(2300, 1, 1);
              }),
              ElementsAre(at("arrivals/reports/rate", "families on one day")));
}

TEST(ValidateArrivals, FactorsAreRelativeAndNotAllZero) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].month[6] = -1; }),
              ElementsAre(at("arrivals/reports/month/jul", "from 0")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].weekday.fill(0); }),
              ElementsAre(at("arrivals/reports/weekday", "nobody would ever arrive")));
}

TEST(ValidateArrivals, SharesAddToOne) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].children[0].second = 0.6; }),
              ElementsAre(at("arrivals/reports/children", "add up to 1.05")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].children[3].first = 256; }),
              ElementsAre(at("arrivals/reports/children/256", "1 to 255")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].attributes[0].shares[0].second = 0.05; }),
              ElementsAre(at("arrivals/reports/attributes/urgency", "add up to 0.99")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.streams[0].attributes[0].shares[0].second = 0.06 + 9e-7; }), IsEmpty())
      << "rounded as people write them";
}

TEST(ValidateArrivals, StreamsAgreeOnTheOrderOfValues) {
  EXPECT_THAT(after([](Scenario& s) {
                s.chain.streams.push_back(s.chain.streams[0]);
                s.chain.streams[1].id = "others";
                std::reverse(s.chain.streams[1].attributes[0].shares.begin(),
                             s.chain.streams[1].attributes[0].shares.end());
              }),
              ElementsAre(at("arrivals/others/attributes/urgency/crisis", "another order")));
}

TEST(ValidateArrivals, CarryAtMostEightAttributes) {
  EXPECT_THAT(after([](Scenario& s) {
                for (const char* name : {"a", "b", "c", "d", "e", "f", "g"})
                  s.chain.streams[0].attributes.push_back({name, {{"x", 1.0}}});
              }),
              ElementsAre(at("arrivals", "9 attributes")));
}

TEST(ValidatePools, HaveSlotsOrFteWithCasesPerFte) {
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.triage").fte = always(3); }),
              ElementsAre(at("pools/VTT.triage", "not both")));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.research").cases_per_fte.reset(); }),
              ElementsAre(at("pools/VTT.research", "`fte` needs `cases_per_fte`")));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.triage").slots.reset(); }),
              ElementsAre(at("pools/VTT.triage", "a pool needs")));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.triage").slots = always(-3); }),
              ElementsAre(at("pools/VTT.triage/slots", "from 0")));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.triage").leave[6] = 1.5; }),
              ElementsAre(at("pools/VTT.triage/leave/jul", "from 0 to 1")));
}

TEST(ValidatePools, CoverEveryMember) {
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "GEM.access").slots->by_member.pop_back(); }),
              ElementsAre(at("pools/GEM.access/slots", "not given for `GM0153`")));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "GEM.access").slots->by_member[1].first = "GM0152"; }),
              Contains("error pools/GEM.access/slots/GM0152: unknown member `GM0152` (GM0153)"));
  EXPECT_THAT(after([](Scenario& s) { pool_of(s, "VTT.triage").slots = pool_of(s, "GEM.access").slots; }),
              ElementsAre(at("pools/VTT.triage/slots", "an organisation with `per`")));
}

TEST(ValidatePools, OfMembersServeTheirOwnStepsOnly) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "JBOV.plan").pool = "GEM.access"; }),
              Contains(at("steps/JBOV.plan/pool", "only steps of GEM")));
}

TEST(ValidateSteps, BelongToAnOrganisation) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.steps.push_back(step("VTTT.advice", "", deterministic(1))); }),
              ElementsAre("error steps/VTTT.advice: unknown organisation `VTTT` (VTT)"));
  EXPECT_THAT(after([](Scenario& s) { s.chain.steps.push_back(step("GM0141.advice", "", deterministic(1))); }),
              ElementsAre(at("steps/GM0141.advice", "a member of GEM")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.steps.push_back(step("advice", "", deterministic(1))); }),
              Contains(at("steps/advice", "ORGANISATION.step")));
}

TEST(ValidateSteps, UseWhatIsKnown) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").order[0] = "urgncy"; }),
              ElementsAre("error steps/VTT.triage/order/0: unknown order or attribute `urgncy` (urgency)"));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").duration.kind = "lognormaal"; }),
              ElementsAre("error steps/VTT.triage/duration: unknown distribution `lognormaal` (lognormal)"));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.research").patience->to = "VTT.resaerch"; }),
              ElementsAre("error steps/VTT.research/patience/to: unknown step `VTT.resaerch` (VTT.research)"));
  EXPECT_THAT(
      after([](Scenario& s) { step_of(s, "RVDK.research").while_waiting[0].set[0].second = "criss"; }),
      ElementsAre("error steps/RVDK.research/while_waiting/0/set/urgency: unknown value of urgency `criss` (crisis)"));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").next[0].when[0].attribute = "urgent"; }),
              ElementsAre("error steps/VTT.triage/next/0/when/urgent: unknown attribute `urgent` (urgency)"));
}

TEST(ValidateSteps, HaveDurationsOfClassesThatAreKnownAndEndWithOneForAll) {
  const auto with = [](Condition condition, Distribution duration) {
    return after([&](Scenario& s) {
      step_of(s, "VTT.triage").duration_of_class = {{{std::move(condition)}, std::move(duration)}};
    });
  };
  EXPECT_THAT(with({"urgency", {"crisis"}}, exponential(1)), IsEmpty());
  EXPECT_THAT(with({"urgency", {"criss"}}, exponential(1)),
              ElementsAre("error steps/VTT.triage/duration/0/when/urgency: unknown value of urgency `criss` (crisis)"));
  EXPECT_THAT(with({"urgent", {"crisis"}}, exponential(1)),
              ElementsAre("error steps/VTT.triage/duration/0/when/urgent: unknown attribute `urgent` (urgency)"));
  EXPECT_THAT(with({"urgency", {"crisis"}}, lognormal(-3, 0.8)),
              ElementsAre(at("steps/VTT.triage/duration/0", "mean of lognormal must be above 0")));
  EXPECT_THAT(after([](Scenario& s) {
                step_of(s, "VTT.triage").duration_of_class = {{{}, exponential(1)}};
              }),
              ElementsAre(at("steps/VTT.triage/duration/0", "never used")));
  EXPECT_THAT(after([](Scenario& s) {
                step_of(s, "VTT.triage").duration_of_class = {{{{"urgency", {"crisis"}}}, exponential(1)}};
                step_of(s, "VTT.triage").duration = {};
              }),
              ElementsAre(at("steps/VTT.triage/duration", "end with a duration without `when`")));
}

TEST(ValidateSteps, DoNotGoRoundOnOneDateWithoutASlot) {
  const auto circle = [](Resolution resolution, Distribution duration, std::string pool) {
    Scenario s = one_queue(1.0, 3, std::move(duration));
    s.period.resolution = resolution;
    s.chain.steps[0].pool = std::move(pool);
    s.chain.steps[0].next = {to({target("A.serve", 0.5), target("out", 0.5)})};
    std::vector<std::string> lines = problems(s);
    std::erase_if(lines, [](const std::string& line) { return line.find("warning") == 0; });
    return lines;
  };
  EXPECT_THAT(circle(Resolution::continuous, deterministic(0.5), ""), IsEmpty());
  EXPECT_THAT(circle(Resolution::day, deterministic(0.5), ""), IsEmpty());
  EXPECT_THAT(circle(Resolution::day, deterministic(0.5), "A.servers"), IsEmpty());
  for (const Distribution& below : {deterministic(0.4), uniform(0.1, 0.4), empirical({0.0, 0.4}),
                                    mixture({deterministic(0.4), uniform(0.1, 0.4)}, {1.0, 1.0})})
    EXPECT_THAT(circle(Resolution::day, below, ""),
                ElementsAre(at("steps/A.serve/duration", "time would stand still")));
}

TEST(ValidateSteps, HaveFiguresThatCanBe) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").duration = lognormal(-3, 0.8); }),
              ElementsAre(at("steps/VTT.triage/duration", "mean of lognormal must be above 0")));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").norm.lead_time = Duration{0}; }),
              ElementsAre(at("steps/VTT.triage/norm/lead_time", "above 0")));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "RVDK.research").while_waiting[0].after.days = 0; }),
              ElementsAre(at("steps/RVDK.research/while_waiting/0/after", "above 0")));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "RVDK.research").while_waiting[0].duration_factor = kNan; }),
              ElementsAre(at("steps/RVDK.research/while_waiting/0/duration", "above 0")));
  EXPECT_THAT(after([](Scenario& s) { s.chain.returns->share = 1.0; }), ElementsAre(at("returns/share", "below 1")));
}

TEST(ValidateRoutes, AddToOne) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").next[1].to[0].share = 0.30; }),
              ElementsAre(at("steps/VTT.triage/next/1/to", "add up to 1.05, not to 1")));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").next.clear(); }),
              Contains(at("steps/VTT.triage/next", "leads nowhere")));
}

TEST(ValidateRoutes, HaveABranchForEveryCase) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "VTT.triage").next.pop_back(); }),
              Contains(at("steps/VTT.triage/next", "no branch for a case with urgency: regular")));
  EXPECT_THAT(after([](Scenario& s) {
                step_of(s, "VTT.triage").next[1].when = {{"urgency", {"regular"}}};
              }),
              IsEmpty());
}

TEST(ValidateRoutes, ACombinationWithoutBranchIsNamed) {
  EXPECT_THAT(after([](Scenario& s) {
                std::vector<Branch>& next = step_of(s, "VTT.triage").next;
                next[1].when = {{"urgency", {"regular"}}, {"municipality", {"GM0141"}}};
              }),
              Contains(at("steps/VTT.triage/next", "urgency: regular, municipality: GM0153")));
}

TEST(ValidateRoutes, AStreamThatDoesNotDrawAnAttributeNeedsABranchToo) {
  Scenario s = one_queue(1, 3, exponential(1));
  s.chain.streams[0].attributes = {{"urgency", {{"crisis", 1.0}}}};
  s.chain.streams.push_back(stream("others", "A.serve", 0.1));
  s.chain.steps[0].next = {to({target("out")}, {{"urgency", {"crisis"}}})};
  EXPECT_THAT(problems(s), ElementsAre(at("steps/A.serve/next", "no branch for a case with no urgency")));
}

TEST(ValidateRoutes, ABranchAfterOneForAllIsNeverTaken) {
  EXPECT_THAT(after([](Scenario& s) { std::swap(step_of(s, "VTT.triage").next[0], step_of(s, "VTT.triage").next[1]); }),
              Contains(at("steps/VTT.triage/next/1", "never taken")));
}

TEST(ValidateFlow, EveryStepCanBeReached) {
  EXPECT_THAT(after([](Scenario& s) { s.chain.steps.push_back(step("VTT.advice", "", deterministic(1))); }),
              ElementsAre(at("steps/VTT.advice", "never be reached")));
  EXPECT_THAT(after([](Scenario& s) {
                s.chain.steps.push_back(step("VTT.advice", "", deterministic(1)));
                step_of(s, "VTT.triage").next[1].to.push_back(target("VTT.advice", 0.0));
              }),
              IsEmpty())
      << "a share of 0 keeps a step in sight";
}

TEST(ValidateFlow, AnInterventionCanOpenTheWayToAStep) {
  EXPECT_THAT(after([](Scenario& s) {
                s.chain.steps.push_back(step("VTT.advice", "", deterministic(1)));
                s.interventions = {{"routing",
                                    {{{"step", "VTT.triage"},
                                      {"from", date(2024, 6, 1)},
                                      {"to", std::vector<Target>{target("VTT.advice", 0.5), target("out", 0.5)}}}}}};
              }),
              IsEmpty());
}

TEST(ValidateFlow, EveryCaseCanLeave) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "GEM.help").next = {to({target("GEM.help")})}; }),
              Contains(at("steps/GEM.help", "can never leave")));
}

TEST(ValidateFlow, SiblingsAreAShare) {
  for (const double share : {-0.1, 1.1, std::nan("")})
    EXPECT_THAT(after([&](Scenario& s) { step_of(s, "GEM.help").siblings = share; }),
                ElementsAre(at("steps/GEM.help/siblings", "between 0 and 1")));
}

TEST(ValidateFlow, AKeptSlotIsFreedSomeTime) {
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "JBOV.intake").hold_until = "VTT.triage"; }),
              ElementsAre(at("steps/JBOV.intake/hold_until", "can never end")));
  EXPECT_THAT(after([](Scenario& s) {
                step_of(s, "JBOV.plan").next = {to({target("JBOV.intake", 0.5), target("out", 0.5)})};
              }),
              Contains(at("steps/JBOV.intake/hold_until", "can never end")))
      << "coming back to the step claims anew";
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "JBOV.intake").pool.clear(); }),
              ElementsAre(at("steps/JBOV.intake/hold_until", "no slot to keep")));
  EXPECT_THAT(after([](Scenario& s) { step_of(s, "JBOV.intake").hold_until = "JBOV.guidence"; }),
              ElementsAre("error steps/JBOV.intake/hold_until: unknown step `JBOV.guidence` (JBOV.guidance)"));
}

TEST(ValidateFlow, TimeGoesOnInEveryCircle) {
  Scenario s = one_queue(1, 3, deterministic(0));
  s.chain.steps[0].next = {to({target("A.again", 0.5), target("out", 0.5)})};
  s.chain.steps.push_back(step("A.again", "", deterministic(0)));
  s.chain.steps[1].next = {to({target("A.serve")})};
  EXPECT_THAT(problems(s), ElementsAre(at("steps/A.serve/duration", "no time at all through A.serve, A.again")));
  s.chain.steps[1].next[0].to[0].after = deterministic(1);
  EXPECT_THAT(problems(s), IsEmpty());
}

TEST(ValidateFlow, PoolsThatWaitForEachOtherAreAWarning) {
  Scenario s = one_queue(0.1, 3, deterministic(1));
  s.chain.pools.push_back(pool("A.others", 3));
  s.chain.steps[0].hold_until = "A.end";
  s.chain.steps[0].next = {to({target("A.middle")})};
  s.chain.steps.push_back(step("A.middle", "A.others", deterministic(1)));
  s.chain.steps[1].next = {to({target("A.end")})};
  s.chain.steps.push_back(step("A.end", "A.servers", deterministic(1)));
  EXPECT_THAT(problems(s), IsEmpty()) << "A.end uses the slot that the case has";
  s.chain.steps[1].hold_until = "A.end";
  EXPECT_THAT(problems(s), ElementsAre(AllOf(HasSubstr("warning pools"), HasSubstr("A.servers, A.others"))));
}

// ---- interventions

Intervention clear_backlog(Settings settings) { return {"clear_backlog", std::move(settings)}; }
Intervention capacity(Change change, std::string pool = "RVDK.research") {
  return {"capacity",
          {{{"pool", std::move(pool)}, {"from", date(2024, 3, 1)}, {"until", date(2024, 9, 1)}, {"change", change}}}};
}
std::vector<std::string> with(Intervention intervention) {
  return after([&](Scenario& s) { s.interventions = {std::move(intervention)}; });
}

TEST(ValidateInterventions, AcceptsThoseOfTheContract) {
  EXPECT_THAT(with(clear_backlog({{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}, {"at_most", 40.0}}})),
              IsEmpty());
  EXPECT_THAT(with(capacity({Change::Kind::factor, 1.2})), IsEmpty());
  EXPECT_THAT(with(capacity({Change::Kind::add_slots, -6}, "GEM.access")), IsEmpty()) << "a pool of all members";
  EXPECT_THAT(with(capacity({Change::Kind::add_slots, -6}, "GM0141.access")), IsEmpty()) << "a member's own name";
}

TEST(ValidateInterventions, KnowTheirKindAndKeys) {
  EXPECT_THAT(
      with({"clear_backlogs", {}}),
      ElementsAre("error interventions/0/clear_backlogs: unknown intervention `clear_backlogs` (clear_backlog)"));
  EXPECT_THAT(with(clear_backlog({{{"step", "VTT.research"}, {"onn", date(2024, 2, 1)}}})),
              ElementsAre(HasSubstr("error interventions/0/clear_backlog/onn: unknown key"),
                          at("interventions/0/clear_backlog", "`on` is missing")));
  EXPECT_THAT(with(clear_backlog({{{"step", "VTT.resaerch"}, {"on", date(2024, 2, 1)}}})),
              ElementsAre("error interventions/0/clear_backlog/step: unknown step `VTT.resaerch` (VTT.research)"));
  EXPECT_THAT(with(clear_backlog({{{"step", 3.0}, {"on", date(2024, 2, 1)}}})),
              ElementsAre(at("interventions/0/clear_backlog/step", "the name of a step")));
  EXPECT_THAT(with(clear_backlog({{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}, {"at_most", 2.5}}})),
              ElementsAre(at("interventions/0/clear_backlog/at_most", "whole number")));
}

TEST(ValidateInterventions, LieWithinTheSimulation) {
  const auto on = [](Date date) { return with(clear_backlog({{{"step", "VTT.research"}, {"on", date}}})); };
  EXPECT_THAT(on(date(2022, 1, 1)), IsEmpty()) << "the warm-up counts";
  EXPECT_THAT(on(date(2021, 12, 30)),
              ElementsAre(at("interventions/0/clear_backlog/on", "before the simulation begins")));
  EXPECT_THAT(on(date(2026, 1, 1)), ElementsAre(at("interventions/0/clear_backlog/on", "past the end")));
  Intervention backwards = capacity({Change::Kind::factor, 1.2});
  backwards.settings.values["until"] = date(2024, 3, 1);
  EXPECT_THAT(with(backwards), ElementsAre(at("interventions/0/capacity/until", "after `from`")));
  Intervention to_the_end = capacity({Change::Kind::factor, 1.2});
  to_the_end.settings.values["until"] = date(2026, 1, 1);
  EXPECT_THAT(with(to_the_end), IsEmpty()) << "`until` is exclusive";
}

TEST(ValidateInterventions, TakeNoMoreThanThereIs) {
  EXPECT_THAT(with(capacity({Change::Kind::factor, -0.2})),
              ElementsAre(at("interventions/0/capacity/change", "120% is more than everything")));
  EXPECT_THAT(with(capacity({Change::Kind::add_slots, -33})),
              ElementsAre(at("interventions/0/capacity/change", "no more than 32")))
      << "4.0 fte x 8 in July and August";
  EXPECT_THAT(with(capacity({Change::Kind::add_slots, -32})), IsEmpty());
  EXPECT_THAT(with(capacity({Change::Kind::add_fte, -5})), ElementsAre(at("interventions/0/capacity/change", "5 fte")));
  EXPECT_THAT(with(capacity({Change::Kind::add_fte, 1}, "VTT.triage")),
              ElementsAre(at("interventions/0/capacity/change", "given in slots")));
}

TEST(ValidateInterventions, LeaveAServiceSomeTime) {
  const auto change = [](double factor) {
    return with(
        {"duration",
         {{{"step", "VTT.triage"}, {"from", date(2024, 6, 1)}, {"change", Change{Change::Kind::factor, factor}}}}});
  };
  EXPECT_THAT(change(0.85), IsEmpty());
  EXPECT_THAT(change(0.0), ElementsAre(at("interventions/0/duration/change", "no time at all")));
}

// ---- the load

TEST(ValidateLoad, AboveOneIsAWarningWithTheFigure) {
  EXPECT_THAT(problems(one_queue(28.9, 27, exponential(1))),
              ElementsAre("warning pools/A.servers: utilisation 1.07: arrivals bring 28.9 slots of work to 27.0 slots, "
                          "the queue will grow"));
}

TEST(ValidateLoad, PatienceKeepsTheQueueFromGrowing) {
  Scenario s = one_queue(28.9, 27, exponential(1));
  s.chain.steps[0].patience = Patience{exponential(100), "out"};
  EXPECT_THAT(problems(s), ElementsAre(AllOf(HasSubstr("utilisation 1.07"), Not(HasSubstr("will grow")))));
}

TEST(ValidateLoad, NamesTheMember) {
  Scenario s = mini_chain();
  pool_of(s, "GEM.access").slots->by_member[0].second = always(10).common;
  EXPECT_THAT(problems(s),
              Contains(AllOf(HasSubstr("warning pools/GEM.access"), HasSubstr("GM0141.access: utilisation"))));
}

TEST(Validate, IsFastOnALongChain) {
  Scenario s = one_queue(2, 30, exponential(1));
  s.chain.steps.clear();
  s.chain.pools.clear();
  s.chain.streams[0].to = "A.s0";
  constexpr int kSteps = 2000;
  for (int i = 0; i < kSteps; ++i) {
    const std::string id = fmt::format("A.s{}", i);
    s.chain.pools.push_back(pool(id, 30));
    s.chain.steps.push_back(step(id, id, exponential(1)));
    if (i + 1 < kSteps) s.chain.steps.back().next = {to({target(fmt::format("A.s{}", i + 1))})};
    if (i + 5 < kSteps) s.chain.steps.back().hold_until = fmt::format("A.s{}", i + 5);
  }
  EXPECT_THAT(problems(s), IsEmpty());
  for (Step& broken : s.chain.steps) broken.pool = "A.x";
  EXPECT_THAT(problems(s), SizeIs(2 * kSteps)) << "an unknown pool, and a pool that nobody uses, for each";
}

}  // namespace
}  // namespace ketensim

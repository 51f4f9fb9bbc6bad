#include "tests/calibration/regional_chain.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/kernel/offered_load.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/chains.hpp"
#include "tests/support/chance.hpp"

namespace ketensim::regional {
namespace {

using support::attribute;
using support::Chance;
using support::in_working_days;
using support::to;

using Targets = std::vector<std::pair<std::string, double>>;  // with relative shares

constexpr int kWarmUpYears = 10;
constexpr double kSomeWorsened = 1.1;  // the work at steps where waiting makes it worse, so that some wait so long

const Condition kCrisis{"urgency", {"crisis"}};

class Maker {
 public:
  Maker(Kind kind, std::uint64_t seed, const Size& size) : kind_(kind), chance_(seed), size_(size) {}

  Scenario make() {
    add_period();
    switch (kind_) {
      case Kind::guardians:
        add_guardians();
        break;
      case Kind::municipalities:
        add_municipalities();
        break;
      case Kind::council:
        add_council();
    }
    add_staff();
    return std::move(scenario_);
  }

 private:
  Chain& chain() { return scenario_.chain; }

  /// A figure between three quarters and four thirds of `figure`, to three digits.
  double about(double figure) {
    const double factor = std::exp(std::log(4.0 / 3.0) * chance_.between(-100, 100) / 100.0);
    const double unit = std::pow(10.0, std::floor(std::log10(figure)) - 2.0);
    return std::round(figure * factor / unit) * unit;
  }
  Distribution gamma(double mean, double cv) { return support::gamma(about(mean), about(cv)); }
  Distribution lognormal(double mean, double cv) { return support::lognormal(about(mean), about(cv)); }

  void add_period() {
    scenario_.id = scenario_.name = "regional";
    scenario_.seed = static_cast<std::uint64_t>(chance_.between(1, 1'000'000));
    scenario_.replications = 1;
    Period& period = scenario_.period;
    period.start = support::date(2018, 1, 1);
    period.end = support::date(2018 + size_.years, 1, 1);
    period.warm_up.days = std::round(kWarmUpYears * kDaysPerYear);
    period.resolution = Resolution::day;
    period.handed_over_on_working_days = true;
  }

  void add_reports(const std::string& entry) {
    Stream& reports = chain().streams.emplace_back(support::stream("reports", entry, size_.families_per_day));
    reports.trend_per_year = chance_.pick({-0.08, 0.0, 0.08});
    reports.month = {0.85, 0.95, 1.05, 0.95, 1.0, 1.1, 0.8, 0.7, 1.1, 1.1, 1.3, 1.1};
    reports.weekday = {1.0, 1.0, 1.0, 1.0, 1.0, 0.2, 0.2};
    reports.children = {{1, 0.65}, {2, 0.22}, {3, 0.13}};
    reports.attributes.push_back(attribute("urgency", {{"crisis", 0.2}, {"regular", 0.8}}));
  }

  void add_organisations(std::initializer_list<const char*> ids) {
    for (const char* id : ids) chain().organisations.push_back(support::organisation(id));
  }
  void add_members(const std::string& id, const std::string& by, const Stream::Shares& shares) {
    Organisation& added = chain().organisations.emplace_back(support::organisation(id));
    added.per = by;
    for (const auto& [member, share] : shares) added.members.emplace_back(member, member);
    chain().streams.front().attributes.push_back(attribute(by, shares));
  }

  Step& add_step(const std::string& id, Distribution duration) {
    return chain().steps.emplace_back(support::step(id, "", std::move(duration)));
  }

  /// In a crisis it takes another time, which varies as much.
  static void of_crisis(Step& step, double mean) {
    step.duration_of_class = {{{kCrisis}, step.duration}};
    step.duration_of_class.front().duration.parameters["mean"] = mean;
  }

  /// Shares in hundredths, each about what is asked for.
  std::vector<Target> targets(const Targets& wanted) {
    std::vector<Target> all;
    double total = 0.0, rest = 1.0;
    for (const auto& [step, share] : wanted) total += all.emplace_back(support::target(step, about(share))).share;
    for (Target& target : all) rest -= target.share = std::round(100.0 * target.share / total) / 100.0;
    all.back().share += rest;
    return all;
  }
  void routes(Step& step, const Targets& all) { step.next = {to(targets(all))}; }
  void routes(Step& step, const Targets& crisis, const Targets& others) {
    step.next = {to(targets(crisis), {kCrisis}), to(targets(others))};
  }
  /// The hand-over to a step takes time, from wherever it comes.
  static void hand_over(Step& step, const std::string& to, const Distribution& delay) {
    for (Branch& branch : step.next)
      for (Target& target : branch.to)
        if (target.to == to) target.after = delay;
  }

  void serve(Step& step, double cases_per_fte, bool crisis_first) {
    step.pool = step.id;
    if (crisis_first) step.order = {"urgency", "received"};
    Pool& pool = chain().pools.emplace_back();
    pool.id = step.id;
    pool.cases_per_fte = support::always(about(cases_per_fte));
    pool.fte = support::always(1.0);
  }

  void return_to(const std::string& entry, double share, const Distribution& delay) {
    chain().returns = Returns{std::round(100.0 * about(share)) / 100.0, delay, entry};
  }

  void add_guardians() {
    add_organisations({"VT", "RAAD", "GEM"});
    add_reports("VT.triage");
    add_members("GI", "gi", {{"JB", 0.6}, {"LH", 0.4}});
    Step& triage = add_step("VT.triage", in_working_days(lognormal(5.0, 0.8)));
    of_crisis(triage, about(1.8));
    routes(triage, {{"VT.research", 0.6}, {"RAAD.research", 0.2}, {"out", 0.2}},
           {{"VT.research", 0.3}, {"GEM.help", 0.3}, {"out", 0.4}});
    hand_over(triage, "GEM.help", gamma(9.0, 0.7));
    Step& research = add_step("VT.research", gamma(60.0, 0.5));
    serve(research, 7.0, true);
    research.patience = Patience{support::exponential(about(200.0))};
    research.while_waiting = {{{15.0, false}, 1.45, {}}};
    routes(research, {{"RAAD.research", 0.5}, {"GEM.help", 0.2}, {"out", 0.3}});
    hand_over(research, "RAAD.research", gamma(14.0, 0.6));
    Step& council = add_step("RAAD.research", lognormal(55.0, 0.4));
    serve(council, 5.0, true);
    routes(council, {{"GI.intake", 0.6}, {"GEM.help", 0.15}, {"out", 0.25}});
    hand_over(council, "GI.intake", gamma(30.0, 0.4));
    Step& intake = add_step("GI.intake", support::exponential(about(6.0)));
    serve(intake, 14.0, false);
    intake.hold_until = "GI.guidance";
    routes(intake, {{"GI.plan", 1.0}});
    routes(add_step("GI.plan", gamma(45.0, 0.4)), {{"GI.guidance", 1.0}});
    routes(add_step("GI.guidance", lognormal(320.0, 0.7)), {{"GEM.help", 0.3}, {"out", 0.7}});
    routes(add_step("GEM.help", support::weibull(about(160.0), 1.3)), {{"out", 1.0}});
    return_to("VT.triage", 0.2, support::exponential(about(250.0)));
  }

  void add_municipalities() {
    add_organisations({"VT", "RAAD"});
    add_reports("VT.triage");
    add_members("GEM", "municipality", {{"North", 0.5}, {"South", 0.3}, {"West", 0.2}});
    Step& triage = add_step("VT.triage", in_working_days(lognormal(8.0, 0.7)));
    serve(triage, 6.0, true);
    routes(triage, {{"GEM.access", 0.7}, {"RAAD.research", 0.2}, {"out", 0.1}}, {{"GEM.access", 0.5}, {"out", 0.5}});
    hand_over(triage, "GEM.access", gamma(8.0, 0.7));
    Step& access = add_step("GEM.access", lognormal(45.0, 0.7));
    serve(access, 8.0, true);
    routes(access, {{"GEM.help", 0.5}, {"RAAD.research", 0.1}, {"out", 0.4}});
    hand_over(access, "RAAD.research", gamma(10.0, 0.6));
    routes(add_step("GEM.help", lognormal(200.0, 1.0)), {{"RAAD.research", 0.06}, {"out", 0.94}});
    routes(add_step("RAAD.research", gamma(60.0, 0.35)), {{"GEM.help", 0.4}, {"out", 0.6}});
    return_to("VT.triage", 0.3, support::exponential(about(300.0)));
  }

  void add_council() {
    add_organisations({"VT", "RAAD", "GI", "GEM"});
    add_reports("VT.triage");
    Step& triage = add_step("VT.triage", gamma(6.0, 0.8));
    of_crisis(triage, about(2.5));
    routes(triage, {{"RAAD.research", 0.6}, {"out", 0.4}}, {{"VT.research", 0.6}, {"out", 0.4}});
    Step& research = add_step("VT.research", gamma(50.0, 0.6));
    routes(research, {{"RAAD.research", 0.4}, {"out", 0.6}});
    hand_over(research, "RAAD.research", lognormal(18.0, 0.6));
    Step& council = add_step("RAAD.research", gamma(70.0, 0.45));
    serve(council, 5.0, false);
    council.while_waiting = {{{15.0, false}, 1.4, {}}};
    routes(council, {{"GI.guidance", 0.7}, {"out", 0.3}}, {{"GI.guidance", 0.45}, {"GEM.help", 0.2}, {"out", 0.35}});
    hand_over(council, "GI.guidance", gamma(28.0, 0.5));
    Step& guidance = add_step("GI.guidance", support::weibull(about(280.0), 1.4));
    serve(guidance, 11.0, false);
    guidance.patience = Patience{support::exponential(about(300.0))};
    routes(guidance, {{"GEM.help", 0.4}, {"out", 0.6}});
    routes(add_step("GEM.help", lognormal(150.0, 0.9)), {{"out", 1.0}});
    return_to("VT.triage", 0.15, gamma(220.0, 0.8));
  }

  /// Staff about as the work asks for, which grows or shrinks with the reports: enough before the window, then each
  /// quarter a bit less or more.
  void add_staff() {
    const double growth = 1.0 + chain().streams.front().trend_per_year;
    for (const PoolLoad& load : offered_load(scenario_).pools) {
      Pool& pool = chain().pools[load.row];
      double needed = load.offered / pool.cases_per_fte->common.from.front().second;
      for (const Step& step : chain().steps)
        if (step.pool == pool.id && !step.while_waiting.empty()) needed *= kSomeWorsened;
      Schedule fte;
      for (int quarter = -4 * kWarmUpYears; quarter < 4 * (size_.years + size_.planned_years); ++quarter) {
        const double enough = quarter <= 0                ? 1.06
                              : quarter < 4 * size_.years ? chance_.pick({0.88, 0.94, 1.0, 1.06, 1.12})
                                                          : 1.0;
        const double years_from_middle = 0.25 * quarter + 0.125 - 0.5 * size_.years;
        const double now = needed * std::pow(growth, years_from_middle) * enough;
        const Date month{std::chrono::year{2018 - kWarmUpYears + (quarter + 4 * kWarmUpYears) / 4} /
                         (1 + (quarter + 4 * kWarmUpYears) % 4 * 3) / 1};
        fte.from.emplace_back(month, std::max(0.5, std::round(10.0 * now) / 10.0));
      }
      if (load.member.empty())
        pool.fte->common = std::move(fte);
      else
        pool.fte->by_member.emplace_back(load.member, std::move(fte));
    }
  }

  Kind kind_;
  Chance chance_;
  Size size_;
  Scenario scenario_;
};

}  // namespace

Scenario chain(Kind kind, std::uint64_t seed, const Size& size) { return Maker(kind, seed, size).make(); }

}  // namespace ketensim::regional

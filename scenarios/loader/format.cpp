#include <fmt/core.h>

#include <array>

#include "ketensim/chain.hpp"
#include "ketensim/distribution.hpp"
#include "ketensim/indicators.hpp"
#include "ketensim/intervention.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/form_builder.hpp"
#include "scenarios/loader/key_names.hpp"

namespace ketensim::loader {
namespace {

using Kind = Form::Kind;

/// `{2024-07: 4.0}` and not `{GM0141: 58}`: the first key begins as a year does.
bool schedule_fits(const Node& node) {
  if (!node.is_map() || node.entries.empty()) return false;
  const std::string& key = node.entries.front().key;
  return key.size() > 4 && key.find_first_not_of("0123456789") == 4 && key[4] == '-';
}

bool is_auto(const Node& node) { return node.is_scalar() && node.text == "auto"; }

bool plain_attribute_fits(const Node& node) { return node.is_map() && !gives_shares_by_another(node); }

/// Builds the description. A new key is a row here, and a line where the scenario is built from it.
class Format : FormBuilder {
 public:
  Format() { scenario_ = &make_scenario(); }
  const Form& scenario() const { return *scenario_; }

 private:
  /// What may stand after the name of a distribution.
  const Form* figures_of(const DistributionKind& kind, const Form* part) {
    const std::string name = "distribution-" + std::string(kind.name),
                      example(kind.example.substr(kind.example.find(':') + 2));
    const Form* duration = scalar(Scalar::duration);
    switch (kind.form) {
      case DistributionForm::scalar:
        return form_of(kind.keys.front());
      case DistributionForm::parameters:
        return &group(name, fmt::format("the figures of {}", kind.name), example, fields_of(kind.keys));
      case DistributionForm::bounds: {
        Form& bounds = make(Kind::list, name, "two bounds", example);
        bounds.of = duration;
        bounds.fewest = bounds.at_most = 2;
        return &bounds;
      }
      case DistributionForm::points: {
        const Form* values = list(duration, name + "-values", "a list of durations", "[10 days, 20 days]");
        const Form* weights = list(scalar(Scalar::number), name + "-weights", "a list of numbers", "[3, 1]");
        const Form& weighted = group(name + "-weighted", "values and their weights", example,
                                     {{"values", values, "the values", "", true},
                                      {"weights", weights, "how often each occurs, relative to the others", "equal"}});
        return choice(name, "a list of durations, or `values` with `weights`", example,
                      {{values, list_fits}, {&weighted, map_fits}});
      }
      case DistributionForm::parts: {
        Form& parts = make(Kind::list, name, "a list of parts", example);
        parts.of = part;
        parts.fewest = 1;
        return &parts;
      }
    }
    return nullptr;
  }

  Form& distribution(std::string name, std::string example, std::vector<Field> beside) {
    Form& form = group(std::move(name), "a distribution", std::move(example), std::move(beside));
    form.one_of_what = "distribution";
    form.one_of = distributions_;
    return form;
  }

  void make_distributions() {
    Form& part =
        group("mixture-part", "a part of a mixture", "{weight: 0.5, exponential: 5 days}",
              {{"weight", scalar(Scalar::number), "how often this part is drawn, relative to the others", "1"}});
    for (const DistributionKind& kind : distribution_kinds())
      distributions_.push_back({kind.name, figures_of(kind, &part), kind.meaning});
    part.one_of = distributions_;
    part.one_of_what = "distribution";
    after_ = &distribution("distribution", "{exponential: 14 days}", {});
  }

  /// The form of a key of the tables of distributions and interventions.
  const Form* form_of(const Key& key) {
    switch (key.type) {
      case ValueType::text:
        return scalar(Scalar::text);
      case ValueType::boolean:
        return scalar(Scalar::boolean);
      case ValueType::integer:
        return scalar(Scalar::integer);
      case ValueType::number:
        return scalar(Scalar::number);
      case ValueType::share:
        return scalar(Scalar::share);
      case ValueType::duration:
        return scalar(Scalar::duration);
      case ValueType::rate:
        return scalar(Scalar::rate);
      case ValueType::growth:
        return scalar(Scalar::growth);
      case ValueType::date:
        return scalar(Scalar::date);
      case ValueType::change:
        return change_;
      case ValueType::options:
        return options_;
      case ValueType::conditions:
        return when_;
      case ValueType::word: {
        std::vector<std::pair<std::string_view, std::string_view>> words;
        for (const Word& row : key.words) words.emplace_back(row.name, row.meaning);
        return word(std::string(key.name), std::string(key.words.front().name), std::move(words));
      }
      case ValueType::count_or_all:
        return scalar(Scalar::count_or_all);
      case ValueType::step:
        return scalar(Scalar::step);
      case ValueType::pool:
        return scalar(Scalar::pool);
      case ValueType::stream:
        return scalar(Scalar::stream);
      case ValueType::steps:
        return steps_list_;
      case ValueType::order:
        return order_;
      case ValueType::routes:
        return routes_;
      case ValueType::group:
        return &group("", "keys of its own", "", fields_of(key.group));
    }
    return nullptr;
  }

  std::vector<Field> fields_of(std::span<const Key> keys) {
    std::vector<Field> fields;
    for (const Key& key : keys) fields.push_back({key.name, form_of(key), key.meaning, key.default_text, key.required});
    return fields;
  }

  template <std::size_t N>
  std::vector<Field> each(const std::array<std::string_view, N>& names, const Form* form, std::string_view meaning,
                          std::string_view default_text) {
    std::vector<Field> fields;
    for (const std::string_view name : names) fields.push_back({name, form, meaning, default_text});
    return fields;
  }

  const Form* make_warm_up() {
    const Form* chosen = word("chosen-warm-up", "auto", {{"auto", "chosen by MSER-5 from a pilot run"}});
    return choice("warm-up", "a duration, or `auto`", "3 years",
                  {{chosen, is_auto}, {scalar(Scalar::duration), scalar_fits}});
  }

  const Form* make_time() {
    const Form* calendar = word("calendar", "netherlands",
                                {{"netherlands", "work starts on Mon-Fri without the national holidays"},
                                 {"continuous", "every day alike, nothing is rounded"}});
    const Form* resolution =
        word("resolution", "day",
             {{"continuous", "moments are real numbers of days"}, {"day", "only dates are kept, as registrations do"}});
    const Form* handovers = word("handovers", "working_days",
                                 {{"any_day", ""},
                                  {"working_days",
                                   "a transfer or return that would end on another day is received on the next working "
                                   "day"}});
    const Form* region = word("region", "noord", {{"noord", "Twente"}, {"midden", ""}, {"zuid", "Brabant"}});
    const Form* report =
        word("report", "month", {{"week", ""}, {"month", ""}, {"quarter", ""}, {"year", ""}, {"all", "one period"}});
    return &group(
        "time", "the period", "{start: 2024-01-01, end: 2026-01-01}",
        {{"start", scalar(Scalar::date), "the first day that is reported", "", true},
         {"end", scalar(Scalar::date), "the day after the last; exclusive, as every `until`", "", true},
         {"warm_up", make_warm_up(),
          "simulated before `start` and never reported; `auto` is chosen by MSER-5 (see *Warm-up*)", "0 days"},
         {"calendar", calendar, "on which days work starts", "netherlands"},
         {"resolution", resolution, "how finely moments are told apart", "continuous"},
         {"handovers", handovers, "on which days transfers and returns are received", "any_day"},
         {"region", region, "whose school holidays hold", "noord"},
         {"report", report, "the length of the periods of the report", "month"}});
  }

  const Form* make_organisations() {
    const Form* text = scalar(Scalar::text);
    const Form* values = list(text, "members", "a list of values", "[GM0141, GM0153]");
    const Form* named = map(MapKey::member, text, "named-members", "values with their names", "{GM0141: Almelo}");
    Form& per = make(Kind::map, "per", "an attribute with its values", "{municipality: [GM0141, GM0153]}");
    per.keys = MapKey::attribute;
    per.of = choice("per-members", "a list of values, or values with their names", "[GM0141, GM0153]",
                    {{values, list_fits}, {named, map_fits}});
    per.fewest = per.at_most = 1;
    const Form& organisation = group(
        "organisation", "an organisation", "{name: Veilig Thuis Twente, kind: veilig_thuis}",
        {{"name", text, "for people", "its key"},
         {"kind", text, "the kind of organisation, for people: `veilig_thuis`, `raad`, `gi`, `gemeente`", ""},
         {"per", &per,
          "one organisation for each value of an attribute, instead of one: the members are called by the values, and "
          "the organisation's own name stands for all of them together. Its steps and pools exist for each member, and "
          "a case goes to the member that its attribute names",
          ""}});
    return map(MapKey::organisation, &organisation, "organisations", "organisations by name",
               "{VTT: {name: Veilig Thuis Twente}}");
  }

  const Form* make_arrivals() {
    const Form *number = scalar(Scalar::number), *share = scalar(Scalar::share);
    const Form& month = group("month-factors", "factors by month", "{jul: 0.75, aug: 0.70}",
                              each(kMonths, number, "relative to the other months", "1"));
    const Form& weekday = group("weekday-factors", "factors by weekday", "{sat: 0.15, sun: 0.15}",
                                each(kWeekdays, number, "relative to the other days", "1"));
    const Form* children =
        map(MapKey::family_size, share, "children", "family sizes with their shares", "{1: 0.7, 2: 0.3}");
    const Form* values =
        map(MapKey::value, share, "attribute-values", "values with their shares", "{crisis: 0.06, regular: 0.94}");
    const Form* by_value =
        map(MapKey::value, values, "shares-by-value", "values of the other attribute, each with shares",
            "{GM0141: {crisis: 0.08, regular: 0.92}}");
    const Form& given = group(
        "given-attribute", "shares that depend on another attribute",
        "{given: municipality, by: {GM0141: {crisis: 0.08, regular: 0.92}}, otherwise: {crisis: 0.06, regular: 0.94}}",
        {{"given", scalar(Scalar::text), "an attribute that is listed earlier", "", true},
         {"by", by_value, "for families with that value of it", "", true, "1"},
         {"otherwise", values, "for all others", "", true, "1"}});
    const Form* attribute =
        choice("attribute", "values with their shares, or shares that depend on another attribute",
               "{crisis: 0.06, regular: 0.94}", {{values, plain_attribute_fits}, {&given, gives_shares_by_another}});
    const Form* attributes = map(MapKey::attribute, attribute, "attributes", "attributes with their values",
                                 "{urgency: {crisis: 0.06, regular: 0.94}}");
    const Form& dispersion = group("dispersion", "variances", "{day: 0.02, month: 0.01}",
                                   {{"day", number, "of a factor for each day, 0 to 4", "0", false, "1"},
                                    {"month", number, "of a factor for each calendar month, 0 to 4", "0", false, "1"}});
    const Form& stream = group(
        "stream", "an arrival stream", "{to: VTT.triage, rate: 800 / year}",
        {{"to", scalar(Scalar::step), "the step at which they are received", "", true},
         {"rate", scalar(Scalar::rate), "families that arrive, as a yearly mean at `time.start`",
          "this or `recorded` is **required**", true, "families", 1},
         {"trend", scalar(Scalar::growth), "growth of the rate: 1 at `time.start`, and extrapolated both ways",
          "0% / year", false, "", 1, true},
         {"month", &month, "factors by month, scaled so that their day-weighted mean over a year is 1", "", false, "1",
          1, true},
         {"weekday", &weekday, "factors by weekday, scaled in the same way", "", false, "1", 1, true},
         {"school_holidays", number, "factor in school holidays, relative to other days, scaled in the same way", "1",
          false, "1", 1, true},
         {"public_holidays", number, "factor on national holidays, relative to other days, scaled in the same way", "1",
          false, "1", 1, true},
         {"dispersion", &dispersion,
          "the rate of each day is multiplied by gamma factors of mean 1 with these variances: busy and quiet days and "
          "months, beyond chance",
          "", false, "1", 1, true},
         {"children", children,
          "how many siblings are reported together: one case each, of one family; the shares add up to 1", "{1: 1}",
          false, "1", 1, true},
         {"recorded", scalar(Scalar::csv_file),
          "families that did arrive, instead of a rate with its factors and `children`; see *Recorded arrivals*", "",
          false, "", 2},
         {"attributes", attributes,
          "drawn once for each family, in this order; the values rank in the order listed (`otherwise` before `by`), "
          "and "
          "their shares add up to 1",
          "", false, "1"}});
    return map(MapKey::stream, &stream, "arrivals", "arrival streams by name",
               "{reports: {to: VTT.triage, rate: 800 / year}}");
  }

  const Form* make_pools() {
    const Form *number = scalar(Scalar::number), *share = scalar(Scalar::share);
    const Form* schedule =
        map(MapKey::month, number, "month-schedule", "months with numbers", "{2022-01: 4.2, 2024-07: 4.0}");
    const Form* member = choice("member-amount", "a number, or months with numbers", "58",
                                {{number, scalar_fits}, {schedule, map_fits}});
    const Form* members = map(MapKey::member, member, "by-member", "members with numbers", "{GM0141: 58, GM0153: 108}");
    const Form* amount = choice("amount", "a number, months with numbers, or members with numbers", "22",
                                {{number, scalar_fits}, {schedule, schedule_fits}, {members, map_fits}});
    std::vector<Field> absent = each(kMonths, share, "the share of slots absent in that month", "0%");
    absent.push_back(
        {"school_holidays", share, "the share absent in school holidays, of those whom the month leaves", "0%"});
    const Form& leave = group("leave", "shares on leave", "{jul: 20%, school_holidays: 10%}", std::move(absent));
    const Form& pool =
        group("pool", "a pool", "{slots: 22}",
              {{"slots", amount, "how many cases can be in service at once", "", false, "slots", 1},
               {"fte", amount, "staff; with `cases_per_fte`, instead of `slots`", "", false, "fte", 2},
               {"cases_per_fte", amount, "cases that one fte has in service at once", "", false, "cases per fte", 2},
               {"leave", &leave, "who is absent when", ""}});
    return map(MapKey::owned, &pool, "pools", "pools by name", "{VTT.triage: {slots: 22}}");
  }

  void make_routes() {
    const Form& transfer = group("transfer", "a share and a delay", "{share: 0.25, after: {exponential: 14 days}}",
                                 {{"share", scalar(Scalar::share), "of the cases that take this branch", "", true},
                                  {"after", after_, "how long the hand-over takes", "0 days"}});
    const Form* target = choice("target", "a share, or a share and a delay", "0.25",
                                {{scalar(Scalar::share), scalar_fits}, {&transfer, map_fits}});
    Form& shares = make(Kind::map, "route-shares", "steps with their shares", "{VTT.research: 0.25, out: 0.75}");
    shares.keys = MapKey::step_or_out;
    shares.of = target;
    shares.fewest = 1;
    routes_ = choice("routes", "steps with their shares, or one step", "{VTT.research: 0.25, out: 0.75}",
                     {{scalar(Scalar::step_or_out), scalar_fits}, {&shares, map_fits}});
    const Form* options = list(scalar(Scalar::step), "options-list", "a list of steps", "[JBOV.intake, LDH.intake]");
    options_ = choice("options", "a list of steps, equal between them, or steps with their shares",
                      "[JBOV.intake, LDH.intake]", {{options, list_fits}, {&shares, map_fits}});
    const Form* changes = list(scalar(Scalar::change), "changes", "a list of changes", "[-5%, 0%, +10%]");
    change_ = choice("change-or-range", "a change, or a list of changes", "+20%",
                     {{scalar(Scalar::change), scalar_fits}, {changes, list_fits}});
    const Form* text = scalar(Scalar::text);
    const Form* values = list(text, "condition-values", "a list of values", "[crisis, regular]");
    when_ =
        map(MapKey::attribute,
            choice("condition", "a value, or a list of values", "crisis", {{text, scalar_fits}, {values, list_fits}}),
            "when", "attributes with the values that they must have", "{urgency: crisis}");
    order_ = list(scalar(Scalar::order), "order", "a list of attributes and queue orders", "[urgency, received]");
    steps_list_ = list(scalar(Scalar::step), "steps-list", "a list of steps", "[VTT.research, RVDK.research]");
  }

  const Form* choice_rule_form() {
    std::vector<std::pair<std::string_view, std::string_view>> words;
    for (const Word& row : choice_rules()) words.emplace_back(row.name, row.meaning);
    return word("choice-rule", "shortest_queue", std::move(words));
  }

  /// Attributes that a step sets: a value each, or values with their shares.
  const Form* make_outcomes() {
    const Form* shares = map(MapKey::value, scalar(Scalar::share), "outcome-shares", "values with their shares",
                             "{supervision: 0.6, voluntary: 0.4}");
    const Form* value = choice("outcome", "a value, or values with their shares", "supervision",
                               {{scalar(Scalar::text), scalar_fits}, {shares, map_fits}});
    const Form* attributes =
        map(MapKey::attribute, value, "outcomes", "attributes with their new values", "{measure: supervision}");
    const Form& conditional =
        group("conditional-outcomes", "attributes and when they are set",
              "{when: {urgency: crisis}, to: {measure: supervision}}",
              {{"when", when_, "all of these attributes must have (one of) these values", "always"},
               {"to", attributes, "attributes with their new values", "", true}});
    const Form* all =
        list(&conditional, "outcome-list", "a list", "[{when: {urgency: crisis}, to: {measure: supervision}}]");
    return choice("outcome-choice", "attributes with their new values, or a list of such with conditions",
                  "{measure: {supervision: 0.6, voluntary: 0.4}}", {{attributes, map_fits}, {all, list_fits}});
  }

  const Form* make_branches() {
    const Form& choose =
        group("choose", "steps, and by what one is chosen", "{among: [JBOV.intake, LDH.intake], by: shortest_queue}",
              {{"among", options_, "the steps among which is chosen", "", true},
               {"by", choice_rule_form(), "what decides, at the moment of the hand-over", "", true}});
    const Form& branch =
        group("branch", "a branch", "{to: {GEM.help: 0.4, out: 0.6}}",
              {{"when", when_, "all of these attributes must have (one of) these values", "always"},
               {"to", routes_, "where the case goes; the shares add up to 1. A step alone means all: `to: VTT.triage`",
                "", false, "", 1},
               {"choose", &choose, "instead of `to`: the step where there is most room", "", false, "", 2}});
    Form& next = make(Kind::list, "next", "a list of branches", "[{to: {GEM.help: 0.4, out: 0.6}}]");
    next.of = &branch;
    next.fewest = 1;
    return &next;
  }

  /// A distribution, or one for each class of cases.
  const Form* make_duration() {
    const Form& of_class = distribution("class-duration", "{when: {urgency: crisis}, exponential: 1 day}",
                                        {{"when", when_,
                                          "all of these attributes must have (one of) these values; the last entry of "
                                          "the list, and only the last, has no `when`: it holds for all other cases",
                                          "always"}});
    Form& classes = make(Kind::list, "class-durations", "a list of distributions with conditions",
                         "[{when: {urgency: crisis}, exponential: 1 day}, {gamma: {mean: 4 days, cv: 0.8}}]");
    classes.of = &of_class;
    classes.fewest = 1;
    return choice("step-duration", "a distribution, or a list of distributions with conditions", after_->example,
                  {{after_, map_fits}, {&classes, list_fits}});
  }

  const Form* make_steps() {
    const Form *duration = scalar(Scalar::duration), *text = scalar(Scalar::text);
    Form& pool_list = make(Kind::list, "pool-list", "a list of pools", "[JBOV.workers, JBOV.scientists]");
    pool_list.of = scalar(Scalar::pool);
    pool_list.fewest = 1;
    const Form* pools = choice("step-pools", "a pool, or a list of pools", "VTT.triage",
                               {{scalar(Scalar::pool), scalar_fits}, {&pool_list, list_fits}});
    const Form& norm = group("norm", "terms", "{wait: 10 days, service: 42 days}",
                             {{"wait", duration, "received to started", ""},
                              {"service", duration, "started to ended", ""},
                              {"lead_time", duration, "received to ended", ""}});
    const Form& patience =
        distribution("patience", "{exponential: 400 days, to: out}",
                     {{"to", scalar(Scalar::step_or_out), "where the case goes that withdraws", "out"}});
    const Form* set = map(MapKey::attribute, text, "set", "attributes with their new values", "{urgency: crisis}");
    const Form& worsening =
        group("worsening", "what waiting does", "{after: 60 days, duration: x1.35}",
              {{"after", duration, "the wait at this step after which it happens", "", true},
               {"duration", scalar(Scalar::factor), "its service takes so many times as long", "x1"},
               {"set", set, "attributes change, for this step and all that follow", ""}});
    const Form& step = group(
        "step", "a step", "{pool: VTT.triage, duration: {exponential: 3 days}, next: [{to: out}]}",
        {{"pool", pools,
          "who does the work; one case in service takes one slot. Of a list of pools a slot each, together or not at "
          "all: "
          "a case that lacks one holds none, and lets those pass who can start. Slots and utilisation are shown of the "
          "first, and `hold_until` keeps the slot of the first",
          "nobody waits"},
         {"order", order_, "who is served first: the first key decides, the next ones break its ties", "[received]"},
         {"duration", make_duration(),
          "of the service; of a list, the first entry whose `when` holds as the service starts", "", true},
         {"norm", &norm, "the terms within which it should stay", ""},
         {"patience", &patience, "how long a case stays in the queue before it withdraws", "for ever"},
         {"while_waiting", list(&worsening, "while-waiting", "a list", "[{after: 60 days, duration: x1.35}]"),
          "what a long wait does to a case", ""},
         {"hold_until", scalar(Scalar::step), "the slot is kept until that step has ended", "this step"},
         {"set", make_outcomes(),
          "attributes that the step gives to a case as it ends, for its routes and all that follows; of a list, each "
          "entry "
          "whose `when` holds, in order. Values that no stream draws rank after those that streams draw",
          ""},
         {"help", scalar(Scalar::boolean), "the clock from first report to help stops when such a step starts",
          "false"},
         {"siblings", scalar(Scalar::share),
          "the share of its cases whose route is drawn for the family, not for the child: siblings reported together "
          "go the same way more often than chance has it",
          "0"},
         {"next", make_branches(), "where cases go: the first branch whose conditions hold", "", true}});
    return map(MapKey::owned, &step, "steps", "steps by name",
               "{VTT.triage: {duration: {exponential: 3 days}, next: [{to: out}]}}");
  }

  const Form* make_interventions() {
    Form& intervention =
        group("intervention", "an intervention", "{capacity: {pool: VTT.triage, from: 2024-03-01, change: +20%}}", {});
    intervention.one_of_what = "intervention";
    const std::vector<Field> common = fields_of(common_intervention_keys());
    for (const InterventionKind& kind : intervention_kinds()) {
      std::vector<Field> fields = fields_of(kind.keys);
      fields.insert(fields.end(), common.begin(), common.end());
      Form& settings = group(fmt::format("intervention-{}", kind.name), fmt::format("the settings of {}", kind.name),
                             std::string(kind.example.substr(kind.example.find(':') + 2)), std::move(fields));
      intervention.one_of.push_back({kind.name, &settings, kind.meaning});
    }
    Form& interventions = make(Kind::list, "interventions", "a list of interventions",
                               "[{capacity: {pool: VTT.triage, from: 2024-03-01, change: +20%}}]");
    interventions.of = &intervention;
    interventions.appends = true;
    return &interventions;
  }

  const Form* make_precision() {
    std::vector<std::pair<std::string_view, std::string_view>> indicators;
    for (const IndicatorKind& row : indicator_kinds()) indicators.emplace_back(row.name, row.long_name);
    return &group(
        "precision", "how precisely an indicator is to be known", "{indicator: queue_end, relative: 2%}",
        {{"indicator", word("indicator", "queue_end", std::move(indicators)), "the figure", "queue_end"},
         {"relative", scalar(Scalar::share),
          "half the width of the 95% interval of its mean (1.96 `se`), as a share of that mean, in every period of the "
          "report",
          "", true},
         {"at", scalar(Scalar::step), "the step at which it is to be so",
          "every step, in the periods in which 10 or more cases wait there as a mean"},
         {"at_most", integer("at-most", 2, 1'000'000, "5000"),
          "replications after which no more are added: a warning then says how precisely it is known", "2000"}});
  }

  const Form* make_uncertainty() {
    const Form* kind =
        word("uncertainty-kind", "none",
             {{"none", "every replication runs on the chain as it is given: the spread is that of chance"},
              {"parameters", "every replication runs on a draw of the parameters too"}});
    const Form& kinds =
        group("uncertainty-kinds", "kinds of uncertainty", "{staffing: 5%}",
              {{"parameters", scalar(Scalar::boolean), "every replication runs on a draw of the parameters",
                "`true` where `draws` are named"},
               {"staffing", scalar(Scalar::share),
                "how far staff may differ from plan: from `time.start` on the `fte` (or `slots`) of each pool are "
                "multiplied by "
                "a lognormal factor of mean 1 with this standard deviation, drawn for each pool in each replication",
                "0%"}});
    return choice("uncertainty", "`none`, `parameters`, or kinds of uncertainty", "{staffing: 5%}",
                  {{kind, scalar_fits}, {&kinds, map_fits}});
  }

  const Form* make_warn() {
    const Form* queues =
        map(MapKey::owned, scalar(Scalar::number), "queue-thresholds", "steps with numbers", "{VTT.research: 100}");
    return &group(
        "warn", "what is warned of ahead", "{norm_met_below: 80%, queue_above: {VTT.research: 100}}",
        {{"norm_met_below", scalar(Scalar::share),
          "at steps with a norm: that it is met by a smaller share of the cases of a period", "80%"},
         {"queue_above", queues,
          "that more cases wait at a step at the end of a period; the step of a `per:` organisation is all of "
          "its members together",
          "", false, "cases"}});
  }

  const Form& make_scenario() {
    make_distributions();
    make_routes();
    const Form& returns =
        group("returns", "who comes back", "{share: 0.18, after: {exponential: 400 days}, to: VTT.triage}",
              {{"share", scalar(Scalar::share), "of the children whose case goes `out`, each time anew", "", true},
               {"after", after_, "from leaving until the new case is received", "", true},
               {"to", scalar(Scalar::step), "the step at which it is received", "", true}});
    return group(
        "scenario", "the keys of a scenario", "format: ketensim/1",
        {{"format", scalar(Scalar::format), "the version of the format: `ketensim/1`", "", true},
         {"name", scalar(Scalar::text), "for people", "the file's name"},
         {"base", scalar(Scalar::file),
          "another file that this one builds on, relative to this one; `calibrated` is the chain.yaml in the "
          "folder of `--calibrated`",
          ""},
         {"start_from", scalar(Scalar::file),
          "a file with the cases that are open at the snapshot, relative to this one; `calibrated` is the "
          "state.csv in the folder of `--calibrated`",
          "an empty chain"},
         {"snapshot", scalar(Scalar::date), "the day at the end of which that state holds", ""},
         {"time", make_time(), "the period that is simulated and reported", "", true},
         {"replications", integer("replications", 1, 1'000'000, "100"), "simulated futures", "100"},
         {"precision", make_precision(),
          "replications are added until an indicator is known so precisely; the first ones stay the same. "
          "`--replications` says otherwise",
          "as it comes"},
         {"seed", integer("seed", 0, std::numeric_limits<std::int64_t>::max(), "20240101"),
          "of all draws; scenarios with the same seed share them", "1"},
         {"draws", scalar(Scalar::text),
          "a file with joint draws of figures of this file, relative to it: `draws.csv`; see Draws of "
          "parameters below",
          ""},
         {"uncertainty", make_uncertainty(), "what differs between replications",
          "`parameters` where `draws` are named, and `none` elsewhere"},
         {"warn", make_warn(), "early warning: the probability of trouble, period by period ahead", ""},
         {"organisations", make_organisations(), "who works in the chain", "", true},
         {"arrivals", make_arrivals(),
          "who is reported: a process of families with a rate that varies, or families that were recorded", "", true},
         {"pools", make_pools(), "who does the work", ""},
         {"steps", make_steps(), "what is done, and where cases go next", "", true},
         {"returns", &returns, "children who come back", "nobody"},
         {"interventions", make_interventions(), "dated changes to the chain, in any order", ""}});
  }

  std::vector<Field> distributions_;
  const Form *after_ = nullptr, *routes_ = nullptr, *order_ = nullptr, *steps_list_ = nullptr, *options_ = nullptr,
             *change_ = nullptr, *when_ = nullptr;
  const Form* scenario_ = nullptr;
};

}  // namespace

const Form& scenario_form() {
  static const Format format;
  return format.scenario();
}

}  // namespace ketensim::loader

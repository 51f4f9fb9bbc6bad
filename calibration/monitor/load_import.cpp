#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "calibration/monitor/codes.hpp"
#include "calibration/monitor/import_form.hpp"
#include "ketensim/monitor.hpp"
#include "ketensim/scenario.hpp"
#include "scenarios/loader/check.hpp"
#include "scenarios/loader/document.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim {
namespace monitor {
namespace {

using loader::Diagnostics;
using loader::Entry;
using loader::Node;

const std::vector<Entry>& entries_of(const Node& map, std::string_view key) {
  static const std::vector<Entry> kEmpty;
  const Node* node = map.find(key);
  return node ? node->entries : kEmpty;
}

std::string text_of(const Node& map, std::string_view key, std::string_view fallback = "") {
  const Node* node = map.find(key);
  return node && node->is_scalar() ? node->text : std::string(fallback);
}

std::vector<std::string> texts_of(const Node& map, std::string_view key) {
  std::vector<std::string> texts;
  const Node* node = map.find(key);
  if (!node) return texts;
  if (node->is_scalar()) texts.push_back(node->text);
  for (const Node& item : node->items) texts.push_back(item.text);
  return texts;
}

Codes codes_of(const Node& map, std::string_view key) {
  Codes codes;
  for (const Entry& entry : entries_of(map, key)) codes.emplace_back(entry.key, entry.value.text);
  return codes;
}

std::optional<Date> date_of(const Node& map, std::string_view key) {
  const auto reading = loader::read_date(text_of(map, key));
  return reading ? reading.value : std::nullopt;
}

char separator_of(const Node& map) {
  const std::string text = text_of(map, "separator", ",");
  return text == "tab" ? '\t' : text[0];
}

Encoding encoding_of(const Node& map) {
  const std::string text = text_of(map, "encoding", "utf-8");
  return text == "latin1" ? Encoding::latin1 : text == "windows-1252" ? Encoding::windows_1252 : Encoding::utf8;
}

std::vector<const DateFormat*> dates_of(const Node& map, std::string_view fallback) {
  std::vector<std::string> names = texts_of(map, "date");
  if (names.empty()) names.emplace_back(fallback);
  std::vector<const DateFormat*> formats;
  for (const std::string& name : names)
    for (const DateFormat& format : date_formats())
      if (format.name == name) formats.push_back(&format);
  return formats;
}

/// Builds the plan of a document whose shape is right, and checks what the shape does not say.
class Builder {
 public:
  Builder(const Node& root, Diagnostics& diagnostics) : root_(root), diagnostics_(diagnostics) {}

  ImportPlan build() && {
    plan_.name = text_of(root_, "name");
    plan_.from = date_of(root_, "from");
    plan_.snapshot = date_of(root_, "snapshot");
    if (text_of(root_, "calendar") == "continuous") plan_.calendar = CalendarKind::continuous;
    build_cleaning();
    for (const Entry& entry : entries_of(root_, "organisations"))
      plan_.organisations.push_back({entry.key, text_of(entry.value, "name", entry.key), text_of(entry.value, "per"),
                                     text_of(entry.value, "kind"), codes_of(entry.value, "members")});
    plan_.entries = texts_of(root_, "entries");
    build_terms();
    for (const Node& item : root_.find("deliveries")->items) build_delivery(item);
    if (const Node* capacity = root_.find("capacity"))
      for (const Node& item : capacity->items) build_capacity(item);
    check_steps();
    return std::move(plan_);
  }

 private:
  void error(const loader::Place& at, std::string message, std::string suggestion = {}) {
    diagnostics_.error(at, std::move(message), std::move(suggestion));
  }

  void build_cleaning() {
    if (plan_.from && plan_.snapshot && *plan_.from > *plan_.snapshot)
      error(root_.find("snapshot")->place, "the snapshot lies before `from`");
    const auto plausible = date_of(root_, "plausible_from");
    constexpr std::chrono::days kChildhood{25 * 365};
    plan_.plausible_from = plausible ? *plausible : plan_.from ? *plan_.from - kChildhood : Date{} - kChildhood;
    std::vector<std::string> placeholders = texts_of(root_, "placeholders");
    if (!root_.find("placeholders")) placeholders = {"1900-01-01", "9999-12-31"};
    for (const std::string& text : placeholders)
      if (const auto date = loader::read_date(text)) plan_.placeholders.push_back(*date.value);
    if (const auto limit = loader::read_share(text_of(root_, "limit", "2%"))) plan_.limit = *limit.value;
    std::vector<std::string> known;
    for (const CleaningRule& rule : cleaning_rules()) known.emplace_back(rule.name);
    for (const Entry& entry : entries_of(root_, "accept")) {
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        error(entry.place, fmt::format("no cleaning rule is called `{}`", entry.key), nearest_name(entry.key, known));
      else if (const auto share = loader::read_share(entry.value.text))
        plan_.accepted.emplace_back(entry.key, *share.value);
    }
  }

  void build_terms() {
    const auto term = [](const Node& norm, std::string_view key) -> std::optional<Duration> {
      const auto reading = loader::read_duration(text_of(norm, key));
      return reading ? reading.value : std::nullopt;
    };
    for (const Entry& entry : entries_of(root_, "norms"))
      plan_.norms.emplace_back(
          entry.key, Norm{term(entry.value, "wait"), term(entry.value, "service"), term(entry.value, "lead_time")});
    plan_.help = texts_of(root_, "help");
    const std::string region = text_of(root_, "region");
    plan_.region = region == "midden" ? SchoolRegion::midden
                   : region == "zuid" ? SchoolRegion::zuid
                                      : SchoolRegion::noord;
  }

  const PartnerPlan* partner(const Node& node) {
    const std::string id = text_of(node, "organisation");
    std::vector<std::string> known;
    for (const PartnerPlan& organisation : plan_.organisations) {
      if (organisation.id == id) return &organisation;
      known.push_back(organisation.id);
    }
    error(node.find("organisation")->place, fmt::format("`{}` is not one of the `organisations`", id),
          nearest_name(id, known));
    return nullptr;
  }

  void build_columns(const Node& columns, DeliveryPlan& delivery) {
    auto& to = delivery.columns;
    const std::pair<std::string_view, std::string*> all[] = {
        {"child", &to.child},       {"family", &to.family},      {"case", &to.case_id}, {"step", &to.step},
        {"received", &to.received}, {"started", &to.started},    {"ended", &to.ended},  {"outcome", &to.outcome},
        {"moment", &to.moment},     {"lifecycle", &to.lifecycle}};
    for (const auto& [key, column] : all) *column = text_of(columns, key);
    if (to.child.empty()) to.child = to.case_id;
  }

  void check_columns(const Node& node, const DeliveryPlan& delivery) {
    const auto& has = delivery.columns;
    const loader::Place& at = node.find("columns")->place;
    if (has.child.empty()) error(at, "name the column of the `child`, or of the `case`");
    if (has.step.empty() == delivery.step.empty())
      error(at, "name the `step`, or the column that holds it: one of both");
    if (has.moment.empty() != has.lifecycle.empty()) error(at, "`moment` and `lifecycle` go together");
    const bool three = !has.received.empty() || !has.started.empty() || !has.ended.empty();
    if (three == !has.moment.empty())
      error(at,
            "name the columns `received`, `started` and `ended`, as far as there are any, or `moment` and `lifecycle`");
    if (three && has.received.empty() && has.started.empty())
      error(at, "without `received` and `started` nobody knows when a case came");
    for (const auto& [code, to] : delivery.lifecycle)
      if (to != "received" && to != "started" && to != "ended" && to != "ignored")
        error(node.find("lifecycle")->place,
              fmt::format("`{}` must be `received`, `started`, `ended` or `ignored`, not `{}`", code, to));
  }

  void build_delivery(const Node& node) {
    DeliveryPlan delivery;
    const PartnerPlan* from = partner(node);
    if (text_of(node, "kind") == "xes") delivery.kind = DeliveryPlan::Kind::xes;
    delivery.files = texts_of(node, "file");
    delivery.separator = separator_of(node);
    delivery.encoding = encoding_of(node);
    delivery.dates = dates_of(node, "yyyy-mm-dd");
    delivery.utc = text_of(node, "zone") == "utc";
    delivery.organisation = text_of(node, "organisation");
    build_columns(*node.find("columns"), delivery);
    delivery.step = text_of(node, "step");
    delivery.steps = codes_of(node, "steps");
    for (const Entry& entry : entries_of(node, "attributes"))
      delivery.attributes.push_back(entry.value.is_scalar() ? AttributePlan{entry.key, entry.value.text, {}}
                                                            : AttributePlan{entry.key, text_of(entry.value, "column"),
                                                                            codes_of(entry.value, "codes")});
    build_outcomes(node, delivery);
    delivery.lifecycle = codes_of(node, "lifecycle");
    if (delivery.lifecycle.empty())
      delivery.lifecycle = {{"schedule", "received"}, {"start", "started"}, {"complete", "ended"}};
    check_columns(node, delivery);
    if (from && !from->per.empty() &&
        std::none_of(delivery.attributes.begin(), delivery.attributes.end(),
                     [&](const AttributePlan& attribute) { return attribute.name == from->per; }))
      error(node.place,
            fmt::format("`{}` has an organisation for each `{}`: name that attribute's column", from->id, from->per));
    plan_.deliveries.push_back(std::move(delivery));
  }

  void build_outcomes(const Node& node, DeliveryPlan& delivery) {
    for (const Entry& step : entries_of(node, "outcomes")) {
      auto& [name, outcomes] = delivery.outcomes.emplace_back();
      name = step.key;
      for (const Entry& entry : step.value.entries) {
        const bool plain = entry.value.is_scalar();
        outcomes.push_back({entry.key, plain ? entry.value.text : text_of(entry.value, "to"),
                            !plain && text_of(entry.value, "withdrawn") == "true"});
      }
    }
    if (!delivery.columns.outcome.empty() && delivery.outcomes.empty())
      error(node.place, "say with `outcomes` where each outcome leads");
  }

  void build_capacity(const Node& node) {
    const Node& columns = *node.find("columns");
    plan_.capacity.push_back({texts_of(node, "file"), separator_of(node), encoding_of(node), dates_of(node, "yyyy-mm"),
                              text_of(columns, "organisation"), text_of(columns, "step"), text_of(columns, "month"),
                              text_of(columns, "fte"), codes_of(node, "steps")});
  }

  /// Where the deliveries name their steps in the import file, whatever leads to a step must lead to one of these.
  void check_steps() {
    std::vector<std::string> known;
    for (const DeliveryPlan& delivery : plan_.deliveries) {
      if (!delivery.columns.step.empty() && delivery.steps.empty()) return;
      if (!delivery.step.empty()) known.push_back(delivery.organisation + "." + delivery.step);
      for (const auto& [code, name] : delivery.steps) known.push_back(delivery.organisation + "." + name);
    }
    for (std::size_t i = 0; i < plan_.deliveries.size(); ++i) {
      const Node& node = root_.find("deliveries")->items[i];
      for (const Entry& step : entries_of(node, "outcomes")) {
        check_named(step, plan_.deliveries[i], known);
        for (const Entry& entry : step.value.entries) {
          const Node& to = entry.value.is_scalar() ? entry.value : *entry.value.find("to");
          check_step(to, known);
        }
      }
    }
    for (const char* key : {"entries", "help"})
      if (const Node* steps = root_.find(key))
        for (const Node& item : steps->items) check_step(item, known);
    for (const Entry& norm : entries_of(root_, "norms"))
      if (!std::count(known.begin(), known.end(), norm.key))
        error(norm.place, fmt::format("no delivery has a step `{}`", norm.key), nearest_name(norm.key, known));
  }

  void check_named(const Entry& step, const DeliveryPlan& delivery, const std::vector<std::string>& known) {
    if (step.key == "all" || std::count(known.begin(), known.end(), delivery.organisation + "." + step.key)) return;
    error(step.place, fmt::format("`{}` delivers no step `{}`", delivery.organisation, step.key));
  }

  void check_step(const Node& node, const std::vector<std::string>& known) {
    if (node.text == "out" || std::count(known.begin(), known.end(), node.text)) return;
    error(node.place, fmt::format("no delivery has a step `{}`", node.text), nearest_name(node.text, known));
  }

  const Node& root_;
  Diagnostics& diagnostics_;
  ImportPlan plan_;
};

}  // namespace
}  // namespace monitor

bool LoadedImport::ok() const {
  return !unreadable && std::none_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Problem::Severity::error;
  });
}

LoadedImport load_import(const std::filesystem::path& file) {
  using namespace monitor;
  LoadedImport loaded;
  Diagnostics diagnostics;
  loader::FileText text = loader::read_file(file, kImportFile);
  loaded.unreadable = text.unreadable;
  if (!text.problem.empty()) {
    diagnostics.error({0, text.line, text.column}, text.problem);
  } else if (auto root = loader::parse_document(text.text, 0, kImportFile, diagnostics);
             root && loader::check_format(*root, 0, kImportFile, diagnostics)) {
    loader::check_shape(*root, import_form(), false, diagnostics);
    if (!diagnostics.any_error()) loaded.plan = Builder(*root, diagnostics).build();
    if (loaded.plan.name.empty()) loaded.plan.name = file.stem().string();
    loaded.plan.text = text.text;
  }
  loaded.diagnostics = diagnostics.sorted({{file.string(), text.text}});
  return loaded;
}

}  // namespace ketensim

#include <fmt/core.h>

#include <string>

#include "ketensim/chain.hpp"
#include "ketensim/intervention.hpp"
#include "ketensim/load.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/semantics.hpp"
#include "scenarios/loader/written.hpp"

namespace ketensim {
namespace loader {
namespace {

using Kind = Form::Kind;

class Reference : FormTables {
 public:
  std::string write() {
    text = kIntroduction;
    text += '\n';
    text += kBuildingOn;
    text += "\n## Keys\n\n";
    const Form& scenario = scenario_form();
    table(scenario);
    for (const Field& field : scenario.fields) descend(*field.form, std::string(field.name));
    values();
    distributions();
    orders();
    interventions();
    text += '\n';
    text += kSemantics;
    return std::move(text);
  }

 private:
  void distributions() {
    text +=
        "\n## Distributions\n\nWherever a distribution is asked for, name one of these with its figures. All "
        "durations of one distribution\ncount in days or all in working days.\n\n";
    for (const DistributionKind& kind : distribution_kinds()) {
      text += fmt::format("- **`{}`**: {}. `{}`\n", kind.name, kind.meaning, kind.example);
      if (kind.form == DistributionForm::parameters)
        for (const Key& key : kind.keys)
          text += fmt::format("  - `{}`{}: {}\n", key.name, key.required ? "" : " (optional)", key.meaning);
    }
  }

  void orders() {
    text +=
        "\n## Queue orders\n\nA step's `order` names attributes (the value that is listed first is served first) and "
        "these:\n\n";
    for (const Word& order : queue_orders()) text += fmt::format("- **`{}`**: {}\n", order.name, order.meaning);
  }

  void interventions() {
    text +=
        "\n## Interventions\n\nEach entry of `interventions` names one kind with its settings. Dates are days, and "
        "begin at 00:00. A `change` may be a list, such as "
        "`[-5%, 0%, +10%]`: the file then stands for one scenario for each, `stem[-5%]`, `stem[0%]` and `stem[+10%]` "
        "(for "
        "each combination, where there are several lists). Levers that hold from the beginning are rules of the "
        "chain.\n\n";
    const Form& list = *scenario_form().field("interventions")->form;
    Form common = *list.of->choice_of(intervention_kinds().front().name)->form;
    common.fields.erase(common.fields.begin(),
                        common.fields.begin() + static_cast<std::ptrdiff_t>(intervention_kinds().front().keys.size()));
    text += "Each has these keys beside its own:\n\n";
    table(common);
    for (const Field& field : common.fields) {
      text += fmt::format("\nKeys of `{}`:\n\n", field.name);
      table(*field.form);
    }
    for (const InterventionKind& kind : intervention_kinds()) {
      text += fmt::format("\n### {}\n\n{}\n\nExample: `{}`\n\n", kind.name, kind.meaning, kind.example);
      Form settings = *list.of->choice_of(kind.name)->form;
      settings.fields.resize(kind.keys.size());
      table(settings);
      for (const Field& field : settings.fields)
        if (field.form->kind == Kind::group) {
          text += fmt::format("\nKeys of `{}`:\n\n", field.name);
          table(*field.form);
        }
    }
  }
};

}  // namespace
}  // namespace loader

std::string format_reference() { return loader::Reference().write(); }

}  // namespace ketensim

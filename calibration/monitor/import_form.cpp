#include "calibration/monitor/import_form.hpp"

#include <fmt/core.h>

#include "ketensim/monitor.hpp"
#include "scenarios/loader/form_builder.hpp"
#include "scenarios/loader/written.hpp"

namespace ketensim {
namespace monitor {
namespace {

using loader::Field;
using loader::Form;
using loader::MapKey;
using loader::Scalar;

/// Builds the description. A new key is a row here, and a line where the plan is built from it.
class ImportFormat : loader::FormBuilder {
 public:
  ImportFormat() { form_ = &make_import(); }
  const Form& form() const { return *form_; }

 private:
  void make_shared() {
    text_ = scalar(Scalar::text);
    codes_ = map(MapKey::any, text_, "codes", "codes with what they stand for", "{48A03: protection}");
    one_or_more_ = one_or_list(text_, "names", "a name, or a list of names", "vtt.csv");
    separator_ = word("separator", "\";\"", {{";", ""}, {",", ""}, {"|", ""}, {"tab", ""}});
    encoding_ = word("encoding", "utf-8",
                     {{"utf-8", "with or without a byte-order mark"}, {"latin1", ""}, {"windows-1252", ""}});
    std::vector<std::pair<std::string_view, std::string_view>> formats;
    for (const DateFormat& format : date_formats()) formats.emplace_back(format.name, "");
    const Form* format = word("date-format", "dd-mm-yyyy", std::move(formats));
    dates_ = one_or_list(format, "date-formats", "a date format, or a list of them", "dd-mm-yyyy");
  }

  const Form* one_or_list(const Form* of, const std::string& name, const std::string& expected,
                          const std::string& example) {
    Form& several = make(Form::Kind::list, name + "-list", expected, "[" + example + "]");
    several.of = of;
    several.fewest = 1;
    return choice(name, expected, example, {{of, loader::scalar_fits}, {&several, loader::list_fits}});
  }

  const Form* make_columns() {
    return &group("columns", "columns by what they hold", "{child: client, step: stap, received: ontvangen}",
                  {{"child", text_, "the child's pseudonym; the same in all deliveries", "that of `case`"},
                   {"family", text_, "the family's pseudonym", "the child's"},
                   {"case", text_,
                    "the number of the case, where the delivery has one: its visits then follow each other in time"},
                   {"step", text_, "the step, as a code of `steps`", "that of `step`"},
                   {"received", text_, "when the step received the case", "between the step before and `started`"},
                   {"started", text_, "when the work began", ""},
                   {"ended", text_, "when it was over; empty: not yet", ""},
                   {"outcome", text_, "where the case goes, as a code of `outcomes`", "what follows in time"},
                   {"moment", text_, "of an event log with a row per event: when it was", ""},
                   {"lifecycle", text_, "of an event log with a row per event: which of the three moments it is", ""}});
  }

  const Form* make_attributes() {
    const Form& coded =
        group("attribute", "a column with its codes", "{column: gemeente, codes: {\"0141\": GM0141}}",
              {{"column", text_, "where it stands", "", true},
               {"codes", codes_,
                "what each code stands for, without regard to case and surrounding spaces; `48*` stands for all that "
                "begin so. Any other code is unknown",
                "the values as they stand"}});
    return map(MapKey::attribute,
               choice("attribute-column", "a column, or a column with its codes", "urgentie",
                      {{text_, loader::scalar_fits}, {&coded, loader::map_fits}}),
               "attributes", "attributes with their columns", "{urgency: urgentie}");
  }

  const Form* make_outcomes() {
    const Form* to = scalar(Scalar::step_or_out);
    const Form& detailed = group(
        "outcome", "where the case goes", "{to: out, withdrawn: true}",
        {{"to", to, "the step that receives it next, or `out`", "", true},
         {"withdrawn", scalar(Scalar::boolean), "it left while waiting: the work at the step never began", "false"}});
    const Form* target = choice("outcome-target", "a step, `out`, or details", "VTT.onderzoek",
                                {{to, loader::scalar_fits}, {&detailed, loader::map_fits}});
    const Form* targets =
        map(MapKey::value, target, "outcome-codes", "codes with where the case goes", "{afgesloten: out}");
    return map(MapKey::any, targets, "outcomes", "outcomes by step", "{triage: {afgesloten: out}}");
  }

  const Form* make_deliveries() {
    const Form* kind = word("delivery-kind", "csv",
                            {{"csv", ""},
                             {"xes",
                              "IEEE 1849 event log; columns are attribute "
                              "keys, those of the trace with `case:` before"}});
    const Form* zone = word("zone", "local",
                            {{"local", "the clock's reading stands, and a zone is dropped"},
                             {"utc", "moments with a zone are moved to UTC"}});
    const Form& delivery = group(
        "delivery", "a delivery", "{file: vtt.csv, organisation: VTT, columns: {child: client}}",
        {{"file", one_or_more_,
          "names or patterns (`vtt-*.csv`), looked for in the folder of the deliveries, as they are and with `.gz`. A "
          "later row for the same child, organisation, step and receipt corrects the earlier one: files go in the "
          "order "
          "listed, and by name within a pattern",
          "", true},
         {"kind", kind, "what kind of file it is", "csv"},
         {"separator", separator_, "between the columns", "`,`"},
         {"encoding", encoding_, "of the text", "utf-8"},
         {"date", dates_, "how dates are written; any may be followed by a time, with or without a zone", "yyyy-mm-dd"},
         {"zone", zone, "what a zone in a time means", "local"},
         {"organisation", text_, "whose delivery it is: a key of `organisations`", "", true},
         {"columns", make_columns(), "where things stand", "", true},
         {"step", text_, "the step, where no column names it", ""},
         {"steps", codes_, "codes of steps with their names in the chain", "the values as they stand"},
         {"attributes", make_attributes(), "what else is known of the child", ""},
         {"outcomes", make_outcomes(), "where each outcome leads, by the step's name; `all` for every step", ""},
         {"lifecycle", codes_, "transitions with `received`, `started`, `ended` or `ignored`",
          "{schedule: received, start: started, complete: ended}"}});
    Form& deliveries = make(Form::Kind::list, "deliveries", "a list of deliveries",
                            "[{file: vtt.csv, organisation: VTT, columns: {child: client}}]");
    deliveries.of = &delivery;
    deliveries.fewest = 1;
    return &deliveries;
  }

  const Form* make_capacity() {
    const Form& columns = group("capacity-columns", "columns by what they hold",
                                "{organisation: organisatie, step: stap, month: maand, fte: fte}",
                                {{"organisation", text_, "an organisation, or a member of one with `per`", "", true},
                                 {"step", text_, "the step that the staff works at", "", true},
                                 {"month", text_, "the month", "", true},
                                 {"fte", text_, "staff", "", true}});
    const Form& capacity =
        group("capacity", "a delivery of capacity", "{file: capaciteit.csv, columns: {month: maand}}",
              {{"file", one_or_more_, "as of `deliveries`", "", true},
               {"separator", separator_, "between the columns", "`,`"},
               {"encoding", encoding_, "of the text", "utf-8"},
               {"date", dates_, "how months are written", "yyyy-mm"},
               {"columns", &columns, "where things stand", "", true},
               {"steps", codes_, "codes of steps with their names", "the values as they stand"}});
    return list(&capacity, "capacities", "a list of deliveries of capacity",
                "[{file: capaciteit.csv, columns: {month: maand}}]");
  }

  const Form* make_organisations() {
    const Form& organisation =
        group("partner", "a partner", "{name: Veilig Thuis Twente}",
              {{"name", text_, "for people", "its key"},
               {"kind", text_, "for people, as in a scenario: `veilig_thuis`, `raad`, `gi`, `gemeente`", ""},
               {"per", text_, "an attribute: each of its values is an organisation of its own, as in a scenario", ""},
               {"members", codes_, "of `per`: the values with their names for people", "the values"}});
    return map(MapKey::organisation, &organisation, "partners", "partners by name", "{VTT: {name: Veilig Thuis}}");
  }

  const Form& make_import() {
    make_shared();
    const Form* date = scalar(Scalar::date);
    const Form* calendar = word("calendar", "netherlands",
                                {{"netherlands", "services end on working days"}, {"continuous", "every day alike"}});
    const Form* dates = list(date, "dates", "a list of dates", "[1900-01-01]");
    const Form* steps = list(scalar(Scalar::step), "steps-list", "a list of steps", "[VTT.triage]");
    const Form* region = word("import-region", "noord", {{"noord", "Twente"}, {"midden", ""}, {"zuid", "Brabant"}});
    const Form* accepted =
        map(MapKey::any, scalar(Scalar::share), "accepted", "rules with shares", "{missing_start: 5%}");
    return group(
        "import", "the keys of an import file", "format: ketensim-import/1",
        {{"format", word("import-format", "ketensim-import/1", {{"ketensim-import/1", ""}}),
          "the version of the format", "", true},
         {"name", text_, "for people", "the file's name"},
         {"from", date,
          "the first day of the deliveries; a case that was received before is in them only if it was still open then",
          "the first date delivered"},
         {"snapshot", date, "the last day that the deliveries know of; a later date is an error of registration",
          "the last date delivered"},
         {"calendar", calendar, "on which days work is done; helps to mend dates", "netherlands"},
         {"plausible_from", date, "an earlier date is a placeholder", "25 years before `from`"},
         {"placeholders", dates, "dates that stand for none", "[1900-01-01, 9999-12-31]"},
         {"limit", scalar(Scalar::share),
          "the largest share of a partner's rows that one cleaning rule may touch; more is an error", "2%"},
         {"accept", accepted, "other limits, by rule", ""},
         {"organisations", make_organisations(), "who delivers", "", true},
         {"entries", steps, "where children enter the chain", "any step"},
         {"deliveries", make_deliveries(), "what they deliver, in the order in which it is read", "", true},
         {"capacity", make_capacity(), "deliveries of staff per month", ""},
         {"norms", make_norms(), "the terms of the steps, which no delivery tells, for the chain that is calibrated",
          ""},
         {"help", steps, "steps that are help: the clock from first report to help stops when one starts", ""},
         {"region", region, "whose school holidays hold", "noord"}});
  }

  const Form* make_norms() {
    const Form* term = scalar(Scalar::duration);
    const Form& norm = group("import-norm", "a norm, as in a scenario", "{lead_time: 70 days}",
                             {{"wait", term, "received to started", ""},
                              {"service", term, "started to ended", ""},
                              {"lead_time", term, "received to ended", ""}});
    return map(MapKey::owned, &norm, "import-norms", "steps with their norms",
               "{VTT.triage: {lead_time: 5 working days}}");
  }

  const Form *text_ = nullptr, *codes_ = nullptr, *one_or_more_ = nullptr, *separator_ = nullptr, *encoding_ = nullptr,
             *dates_ = nullptr;
  const Form* form_ = nullptr;
};

constexpr const char* kIntroduction = R"(# The format of import files: ketensim-import/1

An import file says what the partners' deliveries look like, so that they can be read as they stand: per delivery its
file, separator, encoding and date format, and what its columns and codes mean in the words of the chain. It is YAML in
UTF-8, written as scenario files are (FORMAT.md), with `format: ketensim-import/1` at its top.

This document and `ketensim-import.schema.json` are made from the tables by which the import is read; do not edit them by
hand:

    ketensim format --reference --import > scenarios/IMPORT.md
    ketensim format --schema --import > scenarios/ketensim-import.schema.json

The shortest useful file, for one delivery:

```yaml
format: ketensim-import/1
organisations: {A: {name: Desk}}
deliveries:
  - {file: desk.csv, organisation: A, step: serve, columns: {child: number, received: came, started: began, ended: left}}
```

Codes are compared without regard to case and to spaces around them, names of columns too. A CSV file follows RFC 4180:
a header, then rows with as many columns; quotes around a value that holds the separator, a quote (doubled) or a line
break; lines end in LF or CRLF. Deliveries may be compressed with gzip.

## Keys

)";

}  // namespace

const Form& import_form() {
  static const ImportFormat format;
  return format.form();
}

}  // namespace monitor

std::string import_schema() {
  return loader::schema_of(monitor::import_form(), "ketensim import file",
                           "What the partners' deliveries look like; IMPORT.md beside this file is the reference");
}

std::string import_reference() {
  loader::FormTables tables;
  tables.text = monitor::kIntroduction;
  const loader::Form& form = monitor::import_form();
  tables.table(form);
  for (const loader::Field& field : form.fields) tables.descend(*field.form, std::string(field.name));
  tables.values(&form);
  tables.text +=
      "\n## Cleaning\n\nEach repair and each rejection is a row of `repairs.csv` (file, line, rule, old, new). The "
      "rules "
      "are applied in this\norder:\n\n| rule | finds | does | may bias |\n| --- | --- | --- | --- |\n";
  for (const CleaningRule& rule : cleaning_rules())
    tables.text += fmt::format("| `{}` | {} | {} | {} |\n", rule.name, rule.finds, rule.does, rule.bias);
  return std::move(tables.text);
}

}  // namespace ketensim

#include <fmt/core.h>

#include <array>
#include <cassert>
#include <vector>

#include "scenarios/loader/form.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

using Problem = std::optional<std::string>;
using Json = ScalarKind::Json;

constexpr std::string_view kNumber = R"([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)";
constexpr std::string_view kPositive = R"(\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)";
constexpr std::string_view kId = R"([A-Za-z][A-Za-z0-9_-]*)";

template <auto read>
Problem unreadable(const Form&, std::string_view text) {
  const auto reading = read(text);
  if (reading) return std::nullopt;
  return reading.problem;
}

Problem no_text(const Form&, std::string_view text) { return text.empty() ? Problem("it is empty") : std::nullopt; }

Problem no_boolean(const Form&, std::string_view text) {
  if (text == "true" || text == "false") return std::nullopt;
  return "";
}

Problem no_word(const Form& form, std::string_view text) {
  for (const auto& [word, meaning] : form.words)
    if (word == text) return std::nullopt;
  return "";
}

Problem no_integer(const Form& form, std::string_view text) {
  const auto number = read_integer(text);
  if (!number) return number.problem;
  if (*number.value < form.least) return fmt::format("the least is {}", form.least);
  if (*number.value > form.most) return fmt::format("the most is {}", form.most);
  return std::nullopt;
}

Problem no_count(const Form& form, std::string_view text) {
  return text == "all" ? std::nullopt : no_integer(form, text);
}

Problem no_format(const Form&, std::string_view text) {
  if (text == "ketensim/1") return std::nullopt;
  return "this version reads no other format";
}

std::string exactly(std::string_view expression) { return fmt::format("^{}$", expression); }

std::vector<ScalarKind> make_scalar_kinds() {
  const std::string owned = fmt::format(R"(^{0}\.{0}$)", kId);
  return {
      {Scalar::text, "text", "text", "Veilig Thuis Twente", "", "any text; quote it where YAML needs that", Json::text,
       "", no_text},
      {Scalar::word, "word", "one of these words", "", "", "one of the words named", Json::pattern, "", no_word},
      {Scalar::boolean, "boolean", "true or false", "true", "",
       "`true` or `false`, and nothing else: `yes`, `no`, `on` and `off` are text", Json::boolean, "", no_boolean,
       true},
      {Scalar::integer, "integer", "a whole number", "100", "", "a whole number", Json::integer, "", no_integer, true},
      {Scalar::number, "number", "a number", "4.5", "", "a finite number with a decimal point", Json::number, "",
       unreadable<read_number>, true},
      {Scalar::share, "share", "a share", "30%", "1", "`0.3` or `30%`, from 0 to 1", Json::number_or_pattern,
       fmt::format(R"(^{}\s*%$)", kPositive), unreadable<read_share>},
      {Scalar::duration, "duration", "a duration", "3 days", "days",
       "a number and a unit: `30 minutes`, `4 hours`, `3 days`, `2 weeks`, `6 months`, `1 year`, `5 working days`. A "
       "year is 365.25 days and a month a twelfth of that",
       Json::pattern, fmt::format(R"(^{}\s*({})$)", kPositive, duration_units()), unreadable<read_duration>},
      {Scalar::rate, "rate", "a rate", "800 / year", "per day",
       "a number per hour, day, week, month or year: `800 / year`, `2.4 / day`", Json::pattern,
       fmt::format(R"(^{}\s*/\s*({})$)", kPositive, rate_units()), unreadable<read_rate>},
      {Scalar::growth, "growth", "growth per year", "3% / year", "per year",
       "`3% / year` or `-0.02 / year`, compounded", Json::pattern, fmt::format(R"(^{}\s*%?\s*/\s*year$)", kNumber),
       unreadable<read_growth>},
      {Scalar::date, "date", "a date", "2024-02-01", "", "a day that exists: `2024-02-01`; it begins at 00:00",
       Json::pattern, R"(^\d{4}-\d{2}-\d{2}$)", unreadable<read_date>},
      {Scalar::change, "change", "a change", "+20%", "",
       "`+20%` and `-10%` of what it was, `x1.35` times it, `+6 slots` or `-1.5 fte` added to it, or absolute: `30 "
       "slots`, `4 fte`",
       Json::pattern, fmt::format(R"(^(x{}|([+-]{}|0)\s*%|{}\s*(slots?|fte))$)", kPositive, kPositive, kNumber),
       unreadable<read_change>},
      {Scalar::factor, "factor", "a factor", "x1.35", "1", "`x1.35`, or the same as `+35%`", Json::pattern,
       fmt::format(R"(^(x{}|[+-]{}\s*%)$)", kPositive, kPositive), unreadable<read_factor>},
      {Scalar::count_or_all, "count-or-all", "a whole number or `all`", "40", "", "a whole number, or `all`",
       Json::number_or_pattern, "^all$", no_count},
      {Scalar::step, "step-name", "the name of a step", "VTT.triage", "",
       "a step of the scenario, or of one member of an organisation with `per`: `GM0141.access`", Json::pattern, owned,
       no_text},
      {Scalar::step_or_out, "step-or-out", "the name of a step, or `out`", "VTT.triage", "",
       "a step, or `out`: the case leaves the chain", Json::pattern, fmt::format(R"(^(out|{0}\.{0})$)", kId), no_text},
      {Scalar::pool, "pool-name", "the name of a pool", "VTT.triage", "", "a pool of the scenario", Json::pattern,
       owned, no_text},
      {Scalar::stream, "stream-name", "the name of an arrival stream", "reports", "", "a key of `arrivals`",
       Json::pattern, exactly(kId), no_text},
      {Scalar::order, "order-key", "an attribute or a queue order", "received", "",
       "an attribute, or one of the orders below", Json::pattern, exactly(kId), no_text},
      {Scalar::file, "file", "a file, or `calibrated`", "mini-chain.yaml", "",
       "a file, relative to this one, or `calibrated`", Json::text, "", no_text},
      {Scalar::csv_file, "csv-file", "a CSV file", "arrivals.csv", "", "a CSV file, relative to the file that names it",
       Json::text, "", no_text},
      {Scalar::format, "format", "`ketensim/1`", "ketensim/1", "", "the version of the format", Json::pattern,
       "^ketensim/1$", no_format},
  };
}

Problem any_key(std::string_view text) { return text.empty() ? Problem("it is empty") : std::nullopt; }

Problem no_month(std::string_view text) {
  const auto month = read_month(text);
  if (month) return std::nullopt;
  return fmt::format("expected a month such as `2024-07`, not `{}`: {}", text, month.problem);
}

Problem no_family_size(std::string_view text) {
  const auto size = read_integer(text);
  if (size && *size.value >= 1 && *size.value <= 1'000'000) return std::nullopt;
  return fmt::format("expected a number of children, such as `2`, not `{}`", text);
}

constexpr std::string_view kIdPattern = "^[A-Za-z][A-Za-z0-9_-]*$";

constexpr std::array kMapKeys{
    MapKeyKind{MapKey::any, "KEY", "", any_key},
    MapKeyKind{MapKey::organisation, "ORGANISATION", kIdPattern, any_key},
    MapKeyKind{MapKey::owned, "ORGANISATION.NAME", R"(^[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*$)", any_key},
    MapKeyKind{MapKey::stream, "STREAM", kIdPattern, any_key},
    MapKeyKind{MapKey::attribute, "ATTRIBUTE", kIdPattern, any_key},
    MapKeyKind{MapKey::value, "VALUE", "", any_key},
    MapKeyKind{MapKey::member, "MEMBER", "", any_key},
    MapKeyKind{MapKey::month, "YYYY-MM", R"(^\d{4}-(0[1-9]|1[0-2])$)", no_month},
    MapKeyKind{MapKey::family_size, "SIZE", R"(^[1-9]\d*$)", no_family_size},
    MapKeyKind{MapKey::step_or_out, "STEP", R"(^(out|[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*)$)", any_key},
};

}  // namespace

std::span<const ScalarKind> scalar_kinds() {
  static const std::vector<ScalarKind> kinds = make_scalar_kinds();
  return kinds;
}

const ScalarKind& scalar_kind(Scalar scalar) {
  const ScalarKind& kind = scalar_kinds()[static_cast<std::size_t>(scalar)];
  assert(kind.scalar == scalar && "the rows follow the enumeration");
  return kind;
}

const MapKeyKind& map_key_kind(MapKey key) {
  const MapKeyKind& kind = kMapKeys[static_cast<std::size_t>(key)];
  assert(kind.key == key && "the rows follow the enumeration");
  return kind;
}

}  // namespace ketensim::loader

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/chain_names.hpp"
#include "engine/kernel/step_graph.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// A place in a scenario file, key by key: Keys{"steps"} / "VTT.triage" / "next" / 0.
class Keys {
 public:
  Keys(std::string key) : keys_{std::move(key)} {}
  Keys(const char* key) : keys_{key} {}
  Keys operator/(std::string key) const {
    Keys deeper = *this;
    deeper.keys_.push_back(std::move(key));
    return deeper;
  }
  Keys operator/(std::size_t position) const { return *this / std::to_string(position); }
  const std::vector<std::string>& path() const { return keys_; }

 private:
  std::vector<std::string> keys_;
};

/// What was found wrong so far.
class Findings {
 public:
  void error(const Keys& at, std::string message, std::string suggestion = {});
  void warning(const Keys& at, std::string message);
  void add(Problem problem);
  /// "unknown step `GEM.acces`", with the nearest of the known names.
  void unknown(const Keys& at, std::string_view what, const std::string& name, const std::vector<std::string>& known);
  /// An error unless least <= value <= most; NaN is an error. Returns whether it was none.
  bool within(const Keys& at, std::string_view what, double value, double least, double most);
  /// An error unless the shares add up to 1.
  void adds_to_one(const Keys& at, std::string_view what, double total);
  void distribution(const Keys& at, const Distribution& distribution);
  bool any_error() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }

  std::vector<Problem> take() &&;

 private:
  std::vector<Problem> problems_;
  std::size_t errors_ = 0;
};

/// ORGANISATION, attribute and such: a letter, then letters, digits, `_` and `-`.
bool is_identifier(std::string_view name);
/// The id of a step or pool is ORGANISATION.name, of an organisation that exists. `what` is "step" or "pool".
void check_owner(const Keys& at, const char* what, const std::string& id, const ChainNames& names, Findings& findings);
/// On one day: a case's identity numbers the families of a day.
inline constexpr double kMostFamiliesPerDay = 100'000.0;
/// As keys of the file.
extern const std::array<const char*, 12> kMonths;
extern const std::array<const char*, 7> kWeekdays;

/// The parts of validate(), in the order of the file. Each says everything that is wrong with its part.
bool check_period(const Scenario& scenario, Findings& findings);  // whether the period can be used by others
void check_organisations(const Chain& chain, const ChainNames& names, Findings& findings);
void check_streams(const Chain& chain, const ChainNames& names, Findings& findings);
/// Families that were recorded: their moments, sizes and values; and whether they cover [origin, end).
void check_recorded(const Keys& at, const Stream& stream, Findings& findings);
void check_recorded_period(const Stream& stream, Date origin, Date end, Findings& findings);
void check_intensity(const Scenario& scenario, Findings& findings);  // needs sound streams and a sound period
void check_pools(const Chain& chain, const ChainNames& names, Findings& findings);
void check_steps(const Chain& chain, const ChainNames& names, Findings& findings);
void check_targets(const Keys& at, const std::vector<Target>& targets, const ChainNames& names, Findings& findings);
/// Attributes and their values must be known. Returns whether they are.
bool check_conditions(const Keys& at, const std::vector<Condition>& when, const ChainNames& names, Findings& findings);
void check_order(const Keys& at, const std::vector<std::string>& order, const ChainNames& names, Findings& findings);
void check_returns(const Chain& chain, const ChainNames& names, Findings& findings);
void check_flow(const Scenario& scenario, const ChainNames& names, Findings& findings);  // needs sound names and routes
void check_reroutings(const Scenario& scenario, const ChainNames& names, Findings& findings);  // needs all sound
void check_state(const Scenario& scenario, const ChainNames& names, Findings& findings);
void tell_repairs(const Scenario& scenario, Findings& findings);  // needs a sound scenario
void check_interventions(const Scenario& scenario, const ChainNames& names, bool sound_period, Findings& findings);

}  // namespace ketensim

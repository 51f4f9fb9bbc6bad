#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibrate.hpp"
#include "ketensim/monitor.hpp"

namespace ketensim {

/// In which order the cases of a queue were started. Each start is held against who was left waiting that day and had
/// been received on an earlier one.
struct FittedOrder {
  /// Of what was tried: in order of receipt (behind the values of `attribute`, where there is one), the reverse, or
  /// none that could be told from chance.
  enum class Rule { unknown, received, last_received, random };
  Rule rule = Rule::unknown;         // unknown: too few starts with a choice
  std::int32_t attribute = -1;       // whose values come first, second, ...; -1: none
  std::vector<std::int32_t> values;  // the first is served first
  Estimate strictness;               // share of starts, where there was a choice, that kept to those values
  Estimate in_order;  // share of starts, among equals, of who was received first (days alike count as kept)
  std::vector<std::pair<std::string, double>> bic;  // of all that was tried; the lowest was taken
};

/// One working day on which a pool was watched, for the picture and for the fit.
struct PoolDay {
  Date day;
  double fte = 0.0;       // 1 where none was delivered
  int busy = 0;           // slots surely taken: that of who ends on the day included, unless reused_same_day
  int perhaps = 0;        // slots of which the dates leave open whether they were taken
  double expected = 0.0;  // of those, how many may be expected to have been taken
  int waiting = 0;        // at its end, of those who were received on an earlier day
  bool counted = false;   // somebody was left waiting, and the deliveries are whole then
};

/// The staff of an organisation (a member) at work on one step or several.
struct CapacityFit {
  std::vector<std::string> problems, notes;
  std::int32_t organisation = kUnknown;
  std::int32_t reported_at = kUnknown;  // the step that the capacity delivery names; kUnknown: no delivery
  std::int32_t claimed_at = kUnknown;   // the step at which a slot is claimed: where the queue stands
  std::int32_t held_until = kUnknown;   // the step whose end frees it; claimed_at itself: not held across steps
  bool limits = false;                  // whether waits are explained by slots that were all taken
  bool reused_same_day = false;         // whether a slot was given away on the day it was freed
  Estimate cases_per_fte;               // where there is fte and it limits; `cases`: the days that tell
  Estimate slots;                       // where there is no fte and it limits
  double busiest = 0.0;   // most slots surely taken on a day, per fte where there is fte: the least that it can be
  double evidence = 0.0;  // log-likelihood of a limit over that of none, days that depend on each other counted once
  double kept = 0.0;      // share of the days that tell on which the slots taken were what the estimate says
  std::size_t full_days = 0;  // with somebody left waiting: those that tell
  FittedOrder order;
  std::vector<PoolDay> days;

  bool ok() const { return problems.empty(); }
};

/// Every pool of the deliveries: one for each row of organisation and step of the capacity delivery, and one for each
/// step of an organisation that no such pool serves.
///
/// A day with somebody left waiting who was received earlier is a full day: as many slots are taken as there are,
/// floor(fte x cases_per_fte), or more where running cases outlast a cut. So each such day bounds cases_per_fte, and
/// all together pin it; rows lost or wrong make some days miss, at rates that are estimated with it. The estimate is
/// the mean of the posterior under a flat prior, its interval the middle 95%.
///
/// A pool limits only where that explains the full days better than slots taken that vary as on any day do: without a
/// queue, or with waits that have nothing to do with how many are at work, no limit is invented.
std::vector<CapacityFit> fit_capacity(const Monitor& monitor, const Linked& linked, const Calendar& calendar);

}  // namespace ketensim

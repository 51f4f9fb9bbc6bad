#include "calibration/monitor/rules.hpp"

#include <array>

#include "ketensim/monitor.hpp"

namespace ketensim {
namespace {

constexpr std::array<CleaningRule, monitor::kRules> kRows{{
    {"unknown_code", "a code that its table does not know",
     "an unknown step is rejected; an unknown organisation is taken from the child's other rows where these agree; "
     "otherwise the value is not known",
     "figures of the organisations that the rows belong to are too low; routes lose these cases"},
    {"impossible_date", "a day that does not exist, or what is no date",
     "day and month are exchanged where that gives a date that fits; otherwise the date is missing",
     "durations, as for missing dates"},
    {"duplicate", "a row that is there already, word for word", "it is left out",
     "nothing, unless two cases are really alike"},
    {"corrected", "a later row for the same child, organisation, step and receipt", "the earlier one is left out",
     "nothing, unless two cases were received on one day"},
    {"placeholder_date",
     "a date that stands for none: listed, or before anything plausible, or years after the snapshot",
     "the date is missing", "durations, as for missing dates"},
    {"after_snapshot", "a date after the snapshot",
     "the date is missing; without an outcome it had not come yet; a row received then is rejected",
     "durations of the latest cases"},
    {"start_before_received", "a start before the receipt", "the start is missing, unless one of the next two mends it",
     "waits: the shortest ones are lost"},
    {"day_month_swap",
     "a start or an end before what precedes it, or a service of more than twice the step's longest, which fits with "
     "day and month exchanged",
     "they are exchanged, if no other reading fits", "little"},
    {"wrong_year", "a start or an end before what precedes it, which fits in a later year",
     "the year is mended, if no other reading fits", "little: durations of about a year"},
    {"end_before_start", "an end before the start that fits in no way, or in several",
     "the end is known to lie between the start and the latest reading that fits, or the snapshot",
     "the longest durations: only long steps fit in several ways"},
    {"missing_start", "an end without a start, of a case that did not withdraw",
     "the start is known to lie between receipt and end", "waits and services, if starts go missing selectively"},
    {"no_received", "a row without receipt and start", "it is rejected", "inflow is too low"},
    {"overlapping_steps", "a child that is at the same step of the same organisation twice at once", "noted, and kept",
     "inflow and queues are too high, if one report was entered twice"},
}};

}  // namespace

std::span<const CleaningRule> cleaning_rules() { return kRows; }

}  // namespace ketensim

#include "scenarios/loader/semantics.hpp"

namespace ketensim::loader {

const char* const kIntroduction = R"(# The format of scenario files: ketensim/1

A scenario file says what is simulated: a chain of organisations, a period, interventions, the number of replications
and a seed. It is YAML in UTF-8, with `format: ketensim/1` at its top. `ketensim check FILE` shows every problem with
its file, line and column.

This document and `ketensim.schema.json` (JSON Schema 2020-12, for editors) are made from the tables by which the loader
reads; do not edit them by hand:

    ketensim format --reference > scenarios/FORMAT.md
    ketensim format --schema > scenarios/ketensim.schema.json

An editor that knows YAML schemas checks while you type if a file begins with this line (the path is relative to the
file):

    # yaml-language-server: $schema=ketensim.schema.json

The shortest useful file, a desk with three clerks:

```yaml
format: ketensim/1
time: {start: 2024-01-01, end: 2034-01-01, warm_up: 1 year, calendar: continuous}
organisations: {A: {name: Desk}}
arrivals: {customers: {to: A.serve, rate: 2.4 / day}}
pools: {A.servers: {slots: 3}}
steps:
  A.serve: {pool: A.servers, duration: {exponential: 1 day}, next: [{to: out}]}
```

**Names.** Organisations, streams and attributes have names of letters, digits, `_` and `-` that begin with a letter.
Steps and pools are called `ORGANISATION.name`. `out`, `all` and `chain` have a meaning of their own.

**YAML.** Only `true` and `false` are booleans: `no`, `yes`, `on` and `off` are text. Numbers are decimal, with a point;
a number in quotes is text. A key may be given once; merge keys (`<<`) are refused, anchors and aliases work. An empty
value (`key:` or `key: ~`) is one that is not given. A file holds one document, of at most 20 MB, a million values and
60 levels.
)";

const char* const kBuildingOn = R"(## Building on another file

`base: FILE` takes over everything in FILE, which may have a base itself. What this file says is laid over it:

- **Maps merge by key.** A key that exists keeps its place, a new one comes last. `KEY: ~` removes a key of the base.
- **Lists are replaced**, `next` and `order` among them, except that **`interventions` are appended** to the base's.
- **A distribution is replaced as a whole** where this file names one: `patience: {exponential: 200 days}` also drops
  the base's `to`, and a `duration` replaces whatever the base has, a list too.
- **A pool is counted one way.** Giving `slots` drops the base's `fte` and `cases_per_fte`; giving one of those drops
  `slots`. A month schedule merges with a month schedule and members with members; otherwise the new amount replaces.
- **Arrivals are one thing.** Giving `rate` drops the base's `recorded`; giving `recorded` drops the base's `rate` with
  its factors, `dispersion` and `children`.
- `name` and `base` are a file's own and not taken over.

`base: calibrated` stands on the `chain.yaml` in the folder that `--calibrated DIR` names: the same scenarios serve
every quarter. A circle of bases is an error.

## Starting from a state

`start_from: FILE` begins with the cases that were open at the end of the day `snapshot`, instead of an empty chain and
a warm-up: `warm_up` must be 0, and `time.start` may be the next day or later (what lies between is simulated and not
reported). `start_from: calibrated` is the `state.csv` in the folder of `--calibrated`; a `FILE` is relative to the file
that names it.

The file is CSV in UTF-8 with these columns, in any order, and one for each attribute that is known:

| column | meaning |
| --- | --- |
| `child`, `family`, `case` | pseudonyms; they are not shown anywhere |
| `first_received` | when the case was received at its first step |
| `organisation`, `step` | where it stands, the member of a `per:` organisation and the step without its organisation: `GM0141`, `access` |
| `received`, `started`, `ended` | days (`2023-11-30`) or moments (`2023-11-30T09:15:00`). No `started`: it waits. An `ended`: it has gone from there |
| `next` | of who has `ended`: the step to which it is on its way (`GM0141.access`), `out` if it has left, nothing if nobody knows |

- Waits, lead times, norms, orders and `while_waiting` count from the true dates. So does patience. A service, transfer
  or absence that has gone on for a while is drawn from what is left of its distribution, by the same draw as without a
  past.
- Who is in service has a slot, also where there are more of them than slots. Who is past a step that keeps its slot
  (`hold_until`) and can have come from there with it has that one.
- Who is on its way arrives by the transfer of the route to its `next`, or at once where that takes no time. Where
  `next` is not known, it took a route by the shares times the chance that its transfer is not over yet, or left the
  chain and did not come back so far; if all routes are ruled out, one of them is taken by the shares, at once.
- Who left (`out`) comes back with the chance that is left of the share, once what has elapsed is taken into account.
- A case is at its step for the first time, and nobody knows what happened to it before: `waiting_share` leaves that time
  out, and `to_help` counts who comes to a help step after the snapshot.
- What cannot be is an error with its line. What is settled is a warning with the number of cases: durations that have
  gone on longer than the distribution can (they end after an exponential time, of the mean by which the upper half of
  the durations exceeds their median), attributes that are not known (drawn by the shares of the streams), a case at
  another member than its attribute says (it is that member's), a case at several steps (each row goes on by itself), a
  child who left and is there with a later case (that was the return), more cases in service than slots.
)";

const char* const kSemantics = R"(## What the words mean exactly

### Time

- A moment is a real number of days; a day begins at 00:00. `end` and every `until` are exclusive.
- A year is 365.25 days and a month a twelfth of it, in durations and in rates. (The months of schedules, factors and
  reports are those of the calendar.)
- `calendar: continuous`: every day is alike and nothing is rounded; a working day is a day.
- `calendar: netherlands`: a service starts on working days only: Monday to Friday without the national holidays (1
  January, Easter Monday, King's Day, Liberation Day in years divisible by five, Ascension Day, Whit Monday, 25 and 26
  December). Its duration runs on in calendar time, or on working days where it is given in `working days`. An end
  that falls on another day moves to 00:00 of the next working day. Arrivals, transfers and returns happen on any day.
- `handovers: working_days`: a transfer (the `after` of a route) or a return that would end on another day is received
  on the next working day. A route without `after` takes no time, on whatever day.
- One distribution counts in days or in working days, not in both.
- All events of one moment are handled before anyone is started at that moment. Ties have an intrinsic order (time,
  kind of event, case), so that a run depends neither on threads nor on the order in which things were planned.

### Dates: `resolution: day`

Only dates are kept, as in registrations. It goes with both calendars; with `continuous` every day is a working day.

- Received, started and ended are dates, in all figures and in `cases.csv`. Waits, services and lead times are
  differences of dates (0, 1, 2, ... days), and norms compare these; a norm in working days counts the working days from
  the one date up to the other. A case that is received on one day and started on the next has waited one day, also in
  `queue_mean`; `wip_mean` counts a service from the date of its start to that of its end. `queue_end` and `wip_end`
  are what stands there at the end of the last day.
- A day passes in two parts. In the **morning** come in: who arrives (on the date of the moment drawn), who returns and
  who is handed over; levers and slots change. Then, on working days, slots are dealt out to all who wait, whether they
  came this morning or before, in the order of the queue.
- In the **evening** services end whose last day it is. Who goes on without `after` is received at the next step on that
  date. No slot is dealt out in the evening: who needs one waits until the next working morning.
- Who needs no slot (a step without a pool, or a slot that is kept by `hold_until`) starts as soon as it is received,
  in the evening too, and on a day off in the next working morning.
- A service that starts on date S counts from noon: if it takes d, it ends in the evening of the day on which noon of S
  + d falls, on the clock of d, or of the next working day if that is none. So durations are rounded to whole days, and
  what takes less than half a day ends on the day on which it started.
- A slot is taken up to and including the day on which the service ends, and utilisation counts that day.
- A transfer or return of d that begins in the evening of day D is received in the morning of the day on which D + d
  falls, but on the next day at the earliest. One that begins in the morning, where a backlog is cleared, may be
  received on that same day.
- `patience` of d counts from the date on which the case was received: it withdraws before slots are dealt out in the
  morning of the day on which that date + d falls; who came in the evening stays until the next morning at least.
- A fixed time (`while_waiting`, `waited`, `delay`) is over in the first morning on which so much time has passed.
- Of two cases received on one date, the one received in the morning came earlier.
- `lend` looks at the queue in the morning, when slots have been dealt out. Staff that is absent by chance leaves and
  comes back in the morning of the date.

### Arrivals

- Families arrive by a Poisson process whose rate varies: rate x month x weekday x holidays x trend.
- Factors are relative. Those by month and by weekday are scaled so that their day-weighted mean over a year is 1, and
  so are `school_holidays` and `public_holidays` (against the days that are none): `rate` stays the yearly mean,
  whatever the factors. `trend` is 1 at `time.start`, compounds, and extrapolates both ways.
- `dispersion`: the rate of a day is multiplied by two independent gamma factors of mean 1, one for the day and one for
  its calendar month, with the variances given. Given its rate, the count of a day is then negative binomial: with a mean
  of mu and a variance of mu + alpha mu^2 (Cameron and Trivedi 2013), and the days of one month rise and fall together.
  0.02 is a standard deviation of 14%. A large variance is lumpy: at 1 the factors are exponential, at 4 half of the days
  have less than 17% of the rate and one in a hundred more than ten times as much. Below 0.000001 it counts as 0.
- The factors are the same in all scenarios that share seed and stream, and what an `arrivals` lever adds has those of
  its stream: +10% is a tenth of what is there on a quiet day and on a busy one.
- The children of a family arrive together, one case each. Attributes are drawn once for each family; a child that
  returns comes back with the attributes that it first arrived with.
- Attributes are independent of each other, but for one with `given`: its shares are those `by` the value of the
  attribute named, and `otherwise` where that value is not listed. What it names must be listed before it. A list of
  shares keeps to the order in which the values are listed first, by which they rank: `otherwise`, then `by`.

### Recorded arrivals

`recorded: FILE` replays families that did arrive, each at its moment, in every replication alike. FILE is CSV in UTF-8,
with commas and a header, and one row for each family:

```
received,children,municipality,urgency
2024-01-02,1,GM0141,regular
2024-01-02T14:30,3,GM0153,
```

- `received` is a date (its 00:00) or a moment of local time; `children` a number from 1 to 255. Other columns are
  attributes of the stream, and hold values that its `attributes` list: by these they rank, and by their shares an empty
  cell is drawn (given what the row says of the attribute that it depends on). An attribute without a column is drawn.
- Rows may stand in any order; those of one moment keep the order of the file. Rows before the warm-up or after the end
  are passed over. Where the file begins after the simulation or ends before it, a warning says so.
- A recorded family is known by its day, its stream and its number on that day, and shares its draws between scenarios. A
  decrease thins recorded families by a draw of their own. Of an increase of x% each family brings a second one, alike,
  with a probability of x% (+150%: one for sure, and one more with a probability of 50%).

### Pools and slots

- One case in service takes one slot. Slots = floor(fte x cases_per_fte x every percentage + 1e-9), rounded once:
  shares on leave and percentage levers multiply, slots that a lever adds come after them.
- A month schedule holds from its first day on; before its first month, the earliest value holds.
- When a pool shrinks, running cases go on; nothing starts while as many slots are taken as there are.
- A step without a pool has no queue: service starts when the case is received (on a working day).
- A pool that serves several steps takes the case that is first by the steps' common `order`; where their orders
  differ, the one received earliest.
- `hold_until` keeps the slot through the steps between, while its end step can still be reached without claiming a
  slot anew, and frees it when that step has ended or when the case leaves by a route that bypasses it. A case that
  already holds a slot of a pool needs no second one there. A `hold_until` whose step can never be reached is an
  error.
- A `duration` that is a list has one entry for each class of cases: the first entry holds whose `when` holds as the
  service starts. Only the last entry has no `when`. Factors (`duration` levers, `while_waiting`) multiply all of them.
  The order `shortest` compares the mean duration of each case's own class.
- Utilisation is a pool's busy slots over its slots, and is reported at the step that claims them.

### Queues

- Attribute values rank as they are listed in the file: the first is served first. The next key of `order` breaks
  ties; the last ties go to the case received earlier, then to the lower case number.
- `patience` counts from received and withdraws from the queue only: a service that has started is finished.
- `while_waiting` is counted from received at this step, and happens to cases that wait in its queue. Its changes to
  attributes stay with the case.

### Routes

- The first branch of `next` whose conditions all hold is taken; a branch without `when` always holds. Every case must
  find a branch. The shares of one branch add up to 1.
- `siblings`: so many of a step's cases take the route that one draw for their family says, the others one of their own.
  Siblings are the children of a family that were reported together, each on its n-th visit to the step; a child that
  came back is on its own, as are those who were open when the simulation began. Two siblings go the same way with
  probability siblings^2 + (1 - siblings^2) x (the sum of the squared shares). A rule of `choose` knows no siblings.
- `after` is the hand-over: the case is received at the next step when it is over.
- `returns`: of the children whose case goes `out`, each time anew, the share comes back as a new case after the
  delay.

- `choose`, `overflow` and `most_free` look at queues and slots at the moment of the hand-over, before a transfer;
  who is on the way does not count.
- `set` is drawn as a step ends (also where its backlog is cleared), before its routes are looked at. An attribute that
  no stream draws has no value until a step sets it: no `when` on it holds, and in an `order` it ranks last.

### Levers together

- Changes to a pool: percentages multiply, slots that are added come after them, of several absolute values the last
  listed holds, and the result is rounded down once. Factors on arrivals, durations, patience and returns multiply.
- Where two levers say the same thing of one step (`routing` and `choose`, `order`, `norm`, `overflow`), the one listed
  last holds as long as both do. Two `release` at one step, or two `together` from one step, are an error.
- A `routing` or `choose` by which a step is not reached any more is a warning; one by which cases can never leave the
  chain is an error.
- Reserves count who is in service: at most so many others are in service as there are slots beside the reserves. Lent,
  borrowed and absent staff changes the slots, and reserved slots stay reserved.
- A `wip_limit` below what is inside sends nobody away; a pool that lends or shrinks below what is running cuts nobody
  off.
- Staff that is absent by chance (`sick_leave`, `turnover`): slots = floor(slots x share that is present + added slots);
  the draws belong to the member of staff, so that scenarios share them.
- `cost` counts whole days of the period; what is spent in the warm-up is not reported.

### Draws

- Every draw is a pure function of seed, replication, case, visit and purpose. Scenarios with one seed share every
  draw that both make, so that a comparison shows the effect of the change and not of chance; a scenario that changes
  nothing has an effect of exactly zero.
- A case of an arrival stream is known by stream, day and number on that day; a visit is the n-th time at that step; a
  return is known by child and episode. An intervention that takes a case away takes its returns along.
- A change of -10% to arrivals takes families away by a draw of their own; an increase adds families beside the
  others.

### Draws of parameters

Figures that were estimated are uncertain. A file that names joint draws of its own figures (`draws: draws.csv`, as the
`chain.yaml` of a calibration does) lets every replication run on a draw, so that the spread between replications is
that of chance and of the parameters together.

    path,1,2,3
    arrivals/reports/rate,7.1 / day,7.4 / day,7.2 / day
    steps/VTT.triage/duration/gamma/mean,4.31 days,4.02 days,4.55 days
    steps/VTT.triage/next/1/to/GEM.access/share,0.24,0.26,0.25
    steps/VTT.triage/next/1/to/out/share,0.76,0.74,0.75

- CSV in UTF-8: a row for each figure and a column for each draw, numbered from 1; at most 1,000 draws of 10,000
  figures. A path is the keys that lead to the figure, joined by `/`; items of a list count from 0. A figure is written
  as in the scenario file, and its path is that of the file which names the draws, whatever that stands on.
- Figures of `arrivals`, `pools`, `steps` and `returns` can be drawn; names and structure cannot. Every draw must give a
  valid chain: shares that must add up to 1 do so in each.
- Replication r (from 0) runs on draw 1 + r mod n. Scenarios that stand on the same draws run the same replication on the
  same draw, so that effects stay paired. `compare` takes the draws away from alternatives where the baseline has none,
  and refuses alternatives with another number of draws.
- The draws replace figures of the file that names them before another is laid over it: what a planner says holds in
  every draw. `uncertainty: none` on top shows the spread of chance alone, on the figures as they stand in the file; the
  file of draws is then not read.
- Warnings are those of the figures as they stand in the file.

### Plans for staff

`uncertainty: {staffing: 5%}`: who is planned is not always there. In each replication the staff of each pool (of each
member, apart) is as planned times a factor of its own, lognormal with mean 1 and this standard deviation, from
`time.start` to the end; slots that a lever adds are not multiplied. It goes with draws of parameters, and scenarios
with the same seed share the factors. `run --layers` says what chance, parameters and plans each bring to the spread.

### Precision

`precision: {indicator: queue_end, relative: 2%}`: replications are added until 1.96 standard errors of the mean are at
most 2% of the mean, in every period of the report: at the step `at`, or wherever 10 or more cases wait (`queue_mean`).
The first replications are those of a run without; in a comparison the baseline's precision is reached in every
scenario, each with the same number. With `draws` it is the mean over these draws that is known so well.

### Warm-up

`time: {warm_up: auto}`: the chain is simulated from empty over the ten years before `time.start`, without interventions
and draws, 20 times, and MSER-5 (White 1997; White, Cobb and Spratt 2000) is applied to the number of cases in the chain
and to the number waiting, week by week as means over these runs: of the means of five weeks it leaves out so many at the
front that the standard error of the mean of the others is least. The later of the two cutoffs is the warm-up. If it lies
in the second half, twenty years are tried and then forty; if it still does, a warning says that the chain finds no
level, as one with a trend or without enough slots does not.

### Figures

- A case at a step has three moments: received, started, ended. Wait = started - received, service = ended - started,
  lead time = ended - received.
- `inflow` counts cases received, `outflow` every case that goes from the step, ended or withdrawn; `left` counts the
  withdrawn. At the end of every replication inflow = outflow + the change in queue and service.
- Waits are counted when a case starts, lead times when it ends. `norm_met` is the share within the norm on service or
  lead time among the cases that ended in the period, the withdrawn apart; a norm on wait has its own `norm_met_wait`.
- `to_help` is the time from a child's first report to the start of a step with `help: true`.
- Figures of longer periods come from sums, never from averages of months. A ratio without cases is undefined in that
  replication and skipped. Spread between futures (`p05` to `p95`) and the error of the mean (`se`) are two things.
- The warm-up is simulated and never reported.

### Warnings

Utilisation above 1 and a pool that no step works with are warnings with their figures, not errors: the simulation runs
and shows what comes of it.
)";

}  // namespace ketensim::loader

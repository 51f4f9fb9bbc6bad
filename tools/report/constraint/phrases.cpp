#include "tools/report/constraint/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;

constexpr std::array kPhrases{
    PhraseRow{title, "De flessenhals", "The constraint"},
    PhraseRow{what_limits, "Wat de keten beperkt", "What limits the chain"},
    PhraseRow{is_constraint, "{scenario}: {pool} beperkt de keten.", "{scenario}: {pool} limits the chain."},
    PhraseRow{one_of, "{scenario}: een van {pools} beperkt de keten; welke, is met deze toekomsten niet te zeggen.",
              "{scenario}: one of {pools} limits the chain; which, cannot be told from these futures."},
    PhraseRow{none, "{scenario}: geen team beperkt de keten; nergens verandert een plek erbij iets.",
              "{scenario}: no pool limits the chain; nowhere does a slot more change anything."},
    PhraseRow{worth_sentence,
              "Eén plek erbij bij {pool}: {change} wachtende kinderen in de keten (95%: {low} tot {high}).",
              "One more slot at {pool}: {change} waiting children in the chain (95%: {low} to {high})."},
    PhraseRow{worth_nothing_sentence, "Bij {count} van de {all} teams verandert een plek erbij niets.",
              "At {count} of the {all} pools a slot more changes nothing."},
    PhraseRow{next_sentence, "Met {added} erbij is het {pool} niet meer, maar {next}.",
              "With {added} more it is no longer {pool}, but {next}."},

    PhraseRow{worth, "Wat een plek erbij waard is", "What one more slot is worth"},
    PhraseRow{
        worth_note,
        "Per team: wat er in de hele keten verandert met meer plekken of één fte erbij, de hele periode lang, bij "
        "verder "
        "hetzelfde toeval. Minder is beter. Teams die niet te onderscheiden zijn, delen een rang (=).",
        "Per pool: what changes in the whole chain with more slots or one more fte for the whole period, all chance "
        "the "
        "same. Less is better. Pools that cannot be told apart share a rank (=)."},
    PhraseRow{worth_slot, "plekken erbij", "more slots"},
    PhraseRow{worth_fte, "één fte erbij", "one more fte"},
    PhraseRow{worth_chart, "Wachtende kinderen in de keten, verandering", "Waiting children in the chain, change"},
    PhraseRow{worth_chart_sentence, "{pool}: {change} (95%: {low} tot {high}).",
              "{pool}: {change} (95%: {low} to {high})."},
    PhraseRow{pool, "team", "pool"},
    PhraseRow{rank, "rang", "rank"},
    PhraseRow{in_use, "bezet", "in use"},
    PhraseRow{for_it, "wachtend erop", "waiting for it"},
    PhraseRow{of_all, "van alle wachtenden", "of all waiting"},
    PhraseRow{bottleneck, "flessenhals, deel van de tijd", "bottleneck, of the time"},
    PhraseRow{waiting, "wachtend", "waiting"},
    PhraseRow{lead_time, "tijd in de keten", "time in the chain"},
    PhraseRow{to_help, "tot hulp", "until help"},
    PhraseRow{norm_met, "norm gehaald", "norm met"},
    PhraseRow{pools_table, "De teams in cijfers", "The pools in figures"},

    PhraseRow{steps, "De vijf stappen", "The five focusing steps"},
    PhraseRow{
        steps_note,
        "Vind de flessenhals; benut hem (verlof gespreid, geen lege plek terwijl er iemand wacht); laat de rest zich "
        "naar hem richten (niet meer kinderen binnen dan hij aankan); vergroot hem tot een ander team de flessenhals "
        "is; "
        "en begin opnieuw. Elke stap staat op wat ervoor is bereikt.",
        "Find the constraint; exploit it (leave spread out, no idle slot while somebody waits); subordinate the others "
        "to it (no more children let in than it can take); elevate it until another pool is the constraint; and begin "
        "again. Each step stands on what those before it have reached."},
    PhraseRow{step_done, "stap", "step"},
    PhraseRow{throughput, "doorstroom", "throughput"},
    PhraseRow{throughput_chart, "Doorstroom: kinderen per jaar uit de keten",
              "Throughput: children a year who leave the chain"},
    PhraseRow{waiting_chart, "Wachtende kinderen in de keten", "Waiting children in the chain"},
    PhraseRow{lead_chart, "Tijd in de keten (dagen)", "Time in the chain (days)"},
    PhraseRow{steps_chart_sentence, "Van {first} zoals het is naar {last} na {step}.",
              "From {first} as it is to {last} after {step}."},
    PhraseRow{change, "verandering", "change"},
    PhraseRow{as_it_is, "{round}. {pool}: zoals het is", "{round}. {pool}: as it is"},
    PhraseRow{spread_leave, "{round}. {pool}: verlof gespreid", "{round}. {pool}: leave spread out"},
    PhraseRow{no_leave, "{round}. {pool}: geen verlof om te spreiden", "{round}. {pool}: no leave to spread"},
    PhraseRow{idle_slots, "{round}. {pool}: {amount} lege plekken benut", "{round}. {pool}: {amount} idle slots used"},
    PhraseRow{no_idle_slot, "{round}. {pool}: geen plek staat leeg", "{round}. {pool}: no slot stands idle"},
    PhraseRow{rope, "{round}. {pool}: hoogstens {amount} kinderen binnen",
              "{round}. {pool}: at most {amount} children let in"},
    PhraseRow{no_rope, "{round}. {pool}: bij elke limiet valt het team stil", "{round}. {pool}: no rope keeps it busy"},
    PhraseRow{added, "{round}. {pool}: +{amount} {unit}", "{round}. {pool}: +{amount} {unit}"},
    PhraseRow{added_last, "{round}. {pool}: +{amount} {unit}, dan {next}",
              "{round}. {pool}: +{amount} {unit}, then {next}"},
    PhraseRow{slots, "plekken", "slots"},
    PhraseRow{fte, "fte", "fte"},
    PhraseRow{not_kept, " (slechter: niet gehouden)", " (worse: not kept)"},
    PhraseRow{steps_table, "De stappen in cijfers", "The steps in figures"},

    PhraseRow{buffers, "Hoe ver kinderen in hun termijn zijn", "How far children are into their term"},
    PhraseRow{
        buffers_note,
        "Per norm, wie er open staat aan het eind van elke periode. Groen: in het eerste derde deel van de termijn; "
        "geel: "
        "in het tweede; rood: in het laatste of er voorbij.",
        "Per norm, who is open at the end of each period. Green: in the first third of the term; yellow: in the "
        "second; "
        "red: in the last, or beyond it."},
    PhraseRow{buffers_none, "Geen stap heeft een norm.", "No step has a norm."},
    PhraseRow{green, "groen", "green"},
    PhraseRow{yellow, "geel", "yellow"},
    PhraseRow{red, "rood", "red"},
    PhraseRow{buffer_of, "{step}: {norm}", "{step}: {norm}"},
    PhraseRow{norm_lead_time, "doorlooptijd", "lead time"},
    PhraseRow{norm_wait, "wachttijd", "wait"},
    PhraseRow{norm_service, "behandelduur", "service"},
    PhraseRow{buffer_sentence, "In {from} {first} van {all} rood, in {until} {last} van {total}.",
              "In {from} {first} of {all} red, in {until} {last} of {total}."},
    PhraseRow{buffers_table, "Gemiddeld over de periode", "On average over the period"},
    PhraseRow{open_cases, "open", "open"},
    PhraseRow{late, "te laat", "late"},
    PhraseRow{mostly, "rood doordat het kind vooral", "red because the child mostly"},
    PhraseRow{still_waiting, "nog wacht", "still waits"},
    PhraseRow{has_waited, "heeft gewacht", "has waited"},
    PhraseRow{long_service, "lang in behandeling is", "is served for long"},
    PhraseRow{more_buffers, "Getekend zijn de {count} met de meeste kinderen in rood.",
              "Drawn are the {count} with most children in red."},

    PhraseRow{causes, "Waarom kinderen wachten", "Why children wait"},
    PhraseRow{causes_note,
              "Gemiddeld aantal wachtende kinderen, in delen die samen het geheel zijn: bij elke oorzaak staat hoeveel "
              "kinderen er minder wachten als ook die oorzaak wordt weggenomen, na de oorzaken links ervan.",
              "Children who wait on average, in parts that add up: each cause is what waits less when it is taken away "
              "too, after those to its left."},
    PhraseRow{cause_release, "vrijgave per week of limiet", "weekly release or limit"},
    PhraseRow{cause_upstream, "pieken in de instroom", "bursts in the inflow"},
    PhraseRow{cause_leave, "verlof", "leave"},
    PhraseRow{cause_priority, "voorrang voor anderen", "priority of others"},
    PhraseRow{cause_capacity, "te weinig plekken", "too few slots"},
    PhraseRow{cause_closed, "nachten en vrije dagen", "nights and days off"},
    PhraseRow{whole_chain, "De hele keten", "The whole chain"},
    PhraseRow{nobody_waits, "Nergens wacht iemand.", "Nobody waits anywhere."},
    PhraseRow{scenario, "Getoond scenario", "Scenario shown"},
};

}  // namespace

template <>
std::span<const PhraseRow<ConstraintPhrase>> phrases<ConstraintPhrase>() {
  return kPhrases;
}

}  // namespace ketensim::report

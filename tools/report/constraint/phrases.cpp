#include "tools/report/constraint/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;
using Row = ConstraintPhraseRow;

constexpr std::array kPhrases{
    Row{title, "De flessenhals", "The constraint"},
    Row{what_limits, "Wat de keten beperkt", "What limits the chain"},
    Row{is_constraint, "{scenario}: {pool} beperkt de keten.", "{scenario}: {pool} limits the chain."},
    Row{one_of, "{scenario}: een van {pools} beperkt de keten; welke, is met deze toekomsten niet te zeggen.",
        "{scenario}: one of {pools} limits the chain; which, cannot be told from these futures."},
    Row{none, "{scenario}: geen team beperkt de keten; nergens verandert een plek erbij iets.",
        "{scenario}: no pool limits the chain; nowhere does a slot more change anything."},
    Row{worth_sentence, "Eén plek erbij bij {pool}: {change} wachtende kinderen in de keten (95%: {low} tot {high}).",
        "One more slot at {pool}: {change} waiting children in the chain (95%: {low} to {high})."},
    Row{worth_nothing_sentence, "Bij {count} van de {all} teams verandert een plek erbij niets.",
        "At {count} of the {all} pools a slot more changes nothing."},
    Row{next_sentence, "Met {added} erbij is het {pool} niet meer, maar {next}.",
        "With {added} more it is no longer {pool}, but {next}."},

    Row{worth, "Wat een plek erbij waard is", "What one more slot is worth"},
    Row{worth_note,
        "Per team: wat er in de hele keten verandert met meer plekken of één fte erbij, de hele periode lang, bij "
        "verder "
        "hetzelfde toeval. Minder is beter. Teams die niet te onderscheiden zijn, delen een rang (=).",
        "Per pool: what changes in the whole chain with more slots or one more fte for the whole period, all chance "
        "the "
        "same. Less is better. Pools that cannot be told apart share a rank (=)."},
    Row{worth_slot, "plekken erbij", "more slots"},
    Row{worth_fte, "één fte erbij", "one more fte"},
    Row{worth_chart, "Wachtende kinderen in de keten, verandering", "Waiting children in the chain, change"},
    Row{worth_chart_sentence, "{pool}: {change} (95%: {low} tot {high}).", "{pool}: {change} (95%: {low} to {high})."},
    Row{pool, "team", "pool"},
    Row{rank, "rang", "rank"},
    Row{in_use, "bezet", "in use"},
    Row{for_it, "wachtend erop", "waiting for it"},
    Row{of_all, "van alle wachtenden", "of all waiting"},
    Row{bottleneck, "flessenhals, deel van de tijd", "bottleneck, of the time"},
    Row{waiting, "wachtend", "waiting"},
    Row{lead_time, "tijd in de keten", "time in the chain"},
    Row{to_help, "tot hulp", "until help"},
    Row{norm_met, "norm gehaald", "norm met"},
    Row{pools_table, "De teams in cijfers", "The pools in figures"},

    Row{steps, "De vijf stappen", "The five focusing steps"},
    Row{steps_note,
        "Vind de flessenhals; benut hem (verlof gespreid, geen lege plek terwijl er iemand wacht); laat de rest zich "
        "naar hem richten (niet meer kinderen binnen dan hij aankan); vergroot hem tot een ander team de flessenhals "
        "is; "
        "en begin opnieuw. Elke stap staat op wat ervoor is bereikt.",
        "Find the constraint; exploit it (leave spread out, no idle slot while somebody waits); subordinate the others "
        "to it (no more children let in than it can take); elevate it until another pool is the constraint; and begin "
        "again. Each step stands on what those before it have reached."},
    Row{step_done, "stap", "step"},
    Row{throughput, "doorstroom", "throughput"},
    Row{throughput_chart, "Doorstroom: kinderen per jaar uit de keten",
        "Throughput: children a year who leave the chain"},
    Row{waiting_chart, "Wachtende kinderen in de keten", "Waiting children in the chain"},
    Row{lead_chart, "Tijd in de keten (dagen)", "Time in the chain (days)"},
    Row{steps_chart_sentence, "Van {first} zoals het is naar {last} na {step}.",
        "From {first} as it is to {last} after {step}."},
    Row{change, "verandering", "change"},
    Row{as_it_is, "{round}. {pool}: zoals het is", "{round}. {pool}: as it is"},
    Row{spread_leave, "{round}. {pool}: verlof gespreid", "{round}. {pool}: leave spread out"},
    Row{no_leave, "{round}. {pool}: geen verlof om te spreiden", "{round}. {pool}: no leave to spread"},
    Row{idle_slots, "{round}. {pool}: {amount} lege plekken benut", "{round}. {pool}: {amount} idle slots used"},
    Row{no_idle_slot, "{round}. {pool}: geen plek staat leeg", "{round}. {pool}: no slot stands idle"},
    Row{rope, "{round}. {pool}: hoogstens {amount} kinderen binnen",
        "{round}. {pool}: at most {amount} children let in"},
    Row{no_rope, "{round}. {pool}: geen touw houdt het bezig", "{round}. {pool}: no rope keeps it busy"},
    Row{added, "{round}. {pool}: +{amount} {unit}", "{round}. {pool}: +{amount} {unit}"},
    Row{added_last, "{round}. {pool}: +{amount} {unit}, dan {next}", "{round}. {pool}: +{amount} {unit}, then {next}"},
    Row{slots, "plekken", "slots"},
    Row{fte, "fte", "fte"},
    Row{not_kept, " (slechter: niet gehouden)", " (worse: not kept)"},
    Row{steps_table, "De stappen in cijfers", "The steps in figures"},

    Row{buffers, "Hoe ver kinderen in hun termijn zijn", "How far children are into their term"},
    Row{buffers_note,
        "Per norm, wie er open staat aan het eind van elke periode. Groen: in het eerste derde deel van de termijn; "
        "geel: "
        "in het tweede; rood: in het laatste of er voorbij.",
        "Per norm, who is open at the end of each period. Green: in the first third of the term; yellow: in the "
        "second; "
        "red: in the last, or beyond it."},
    Row{buffers_none, "Geen stap heeft een norm.", "No step has a norm."},
    Row{green, "groen", "green"},
    Row{yellow, "geel", "yellow"},
    Row{red, "rood", "red"},
    Row{buffer_of, "{step}: {norm}", "{step}: {norm}"},
    Row{norm_lead_time, "doorlooptijd", "lead time"},
    Row{norm_wait, "wachttijd", "wait"},
    Row{norm_service, "behandelduur", "service"},
    Row{buffer_sentence, "In {from} {first} van {all} rood, in {until} {last} van {total}.",
        "In {from} {first} of {all} red, in {until} {last} of {total}."},
    Row{buffers_table, "Gemiddeld over de periode", "On average over the period"},
    Row{open_cases, "open", "open"},
    Row{late, "te laat", "late"},
    Row{mostly, "rood doordat het kind vooral", "red because the child mostly"},
    Row{still_waiting, "nog wacht", "still waits"},
    Row{has_waited, "heeft gewacht", "has waited"},
    Row{long_service, "lang in behandeling is", "is served for long"},
    Row{more_buffers, "Getekend zijn de {count} met de meeste kinderen in rood.",
        "Drawn are the {count} with most children in red."},

    Row{causes, "Waarom kinderen wachten", "Why children wait"},
    Row{causes_note,
        "Gemiddeld aantal wachtende kinderen, in delen die optellen: elke oorzaak is wat er minder wacht als ook zij "
        "wordt weggenomen, na die links ervan.",
        "Children who wait on average, in parts that add up: each cause is what waits less when it is taken away too, "
        "after those to its left."},
    Row{cause_release, "vrijgave per week of limiet", "weekly release or limit"},
    Row{cause_upstream, "pieken in de instroom", "bursts in the inflow"},
    Row{cause_leave, "verlof", "leave"},
    Row{cause_priority, "voorrang voor anderen", "priority of others"},
    Row{cause_capacity, "te weinig plekken", "too few slots"},
    Row{cause_closed, "nachten en vrije dagen", "nights and days off"},
    Row{whole_chain, "De hele keten", "The whole chain"},
    Row{nobody_waits, "Nergens wacht iemand.", "Nobody waits anywhere."},
    Row{scenario, "Getoond scenario", "Scenario shown"},
};

}  // namespace

std::span<const ConstraintPhraseRow> constraint_phrases() { return kPhrases; }

std::string_view text_of(ConstraintPhrase phrase, Language language) {
  const ConstraintPhraseRow& row = kPhrases[static_cast<std::size_t>(phrase)];
  return language == Language::nl ? row.nl : row.en;
}

}  // namespace ketensim::report

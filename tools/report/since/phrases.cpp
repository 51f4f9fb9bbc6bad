#include "tools/report/since/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum SincePhrase;

constexpr std::array kPhrases{
    PhraseRow{title, "Wat er veranderde tussen voorspellingen", "What changed between forecasts"},
    PhraseRow{subject, "{name}: van {earlier} naar {now}", "{name}: from {earlier} to {now}"},
    PhraseRow{forecast_name, "{name} (stand {day})", "{name} (as of {day})"},
    PhraseRow{forecast_name_without_state, "{name} (vanaf {day})", "{name} (from {day})"},

    PhraseRow{children_then_now,
              "Op {end} zijn er nu naar verwachting {now} kinderen in de keten (in negen van de tien toekomsten "
              "{now_low} tot {now_high}); de vorige voorspelling noemde {earlier} ({earlier_low} tot "
              "{earlier_high}).",
              "On {end} {now} children are now expected in the chain ({now_low} to {now_high} in nine of ten "
              "futures); the earlier forecast said {earlier} ({earlier_low} to {earlier_high})."},
    PhraseRow{no_common_period, "De voorspellingen hebben geen periode gemeen: ze zijn niet naast elkaar te leggen.",
              "The forecasts have no period in common: they cannot be laid side by side."},
    PhraseRow{fared,
              "Van de {months} maandcijfers over wachtlijsten die sindsdien geleverd zijn, lagen er {inside} binnen "
              "de band die 90% hoort te bevatten; gemiddeld zat de vorige voorspelling er {off}% naast.",
              "Of the {months} monthly figures of queues that were delivered since, {inside} lay within the band "
              "that should hold 90%; on average the earlier forecast was off by {off}%."},
    PhraseRow{fared_naive, "Aannemen dat alles blijft zoals het was, had er {naive}% naast gezeten.",
              "Taking it that all stays as it was would have been off by {naive}%."},
    PhraseRow{not_scored_yet, "Sindsdien is niets geleverd dat naast de vorige voorspelling gelegd kan worden.",
              "Nothing was delivered since that can be laid beside the earlier forecast."},
    PhraseRow{most_changed,
              "Het meest veranderde de verwachte wachtlijst bij {step}: {now} kinderen op {end}, waar de vorige "
              "voorspelling {earlier} noemde ({low} tot {high}).",
              "Most changed is the queue expected at {step}: {now} children on {end}, where the earlier forecast "
              "said {earlier} ({low} to {high})."},
    PhraseRow{nothing_changed_much,
              "Nergens ligt de wachtlijst die nu verwacht wordt buiten de band van de vorige voorspelling.",
              "Nowhere does the queue that is now expected lie outside the band of the earlier forecast."},

    PhraseRow{expectations, "Wat er waar veranderde", "What changed where"},
    PhraseRow{expected_at, "Wachtend, {end}", "Waiting, {end}"},
    PhraseRow{earlier_expected, "eerder verwacht", "expected earlier"},
    PhraseRow{now_expected, "nu verwacht", "expected now"},
    PhraseRow{outside, "ten opzichte van de vorige band", "against the earlier band"},
    PhraseRow{above_band, "erboven", "above"},
    PhraseRow{below_band, "eronder", "below"},
    PhraseRow{expectations_note,
              "Gemiddelde over de toekomsten, met tussen haakjes wat 90% ervan bevat, aan het eind van de laatste "
              "periode die beide voorspellingen hebben.",
              "Means over futures, with what holds 90% of them in brackets, at the end of the last period that both "
              "forecasts have."},
    PhraseRow{charts_note, "De banden bevatten 90% van de toekomsten van elke voorspelling.",
              "The bands hold 90% of the futures of each forecast."},

    PhraseRow{score_title, "Wat er kwam van: {forecast}", "What came of: {forecast}"},
    PhraseRow{score_note,
              "Naast elke maand die sindsdien geleverd is, afgerond zoals in history.csv. Anders dan in een toets op "
              "het verleden was ook het personeel voorspeld. Ernaast: som van de afwijkingen van de middelste "
              "voorspelling, als deel van de som van wat er kwam. Minder ernaast: 1 min de fout (CRPS) gedeeld door "
              "die van aannemen dat alles blijft zoals in de laatste maand die toen bekend was; nul of minder is niet "
              "beter. Over zo weinig maanden zegt dit weinig over de volgende keer.",
              "Beside each month delivered since, rounded as in history.csv. Unlike in a backtest, staff was forecast "
              "too. Off by: sum of the deviations of the middle forecast, as a share of the sum of what came. Less "
              "off: 1 minus the error (CRPS) over that of taking it that all stays as in the last month known then; "
              "zero or less is no better. Over so few months this says little of the next time."},
    PhraseRow{months_told, "maanden", "months"},
    PhraseRow{within_band_count, "daarvan binnen de 90%-band", "of these within the 90% band"},
    PhraseRow{naive_off, "ernaast met ‘zoals toen’", "off by with ‘as then’"},
    PhraseRow{came_mean, "kwam", "came"},
    PhraseRow{expected_mean, "verwacht", "expected"},
    PhraseRow{skill_since, "minder ernaast dan ‘zoals toen’", "less off than ‘as then’"},
    PhraseRow{inflow_name, "instroom", "inflow"},

    PhraseRow{why, "Waarom", "Why"},
    PhraseRow{amounts, "Het verschil in delen", "The difference in parts"},
    PhraseRow{difference_at, "verschil op {end}", "difference on {end}"},
    PhraseRow{there_already, "daarvan al op {first}", "of which already on {first}"},
    PhraseRow{by_inflow, "door de instroom daarna", "by inflow since"},
    PhraseRow{by_leaving, "door wie daarna de wachtlijst verlaat", "by who leaves the queue since"},
    PhraseRow{amounts_note,
              "Wachtende kinderen, gemiddeld over de toekomsten: nu verwacht min eerder verwacht. De drie delen zijn "
              "samen het verschil, op afronding na. Meer dan nul in de laatste kolom: er verlaten minder kinderen de "
              "wachtlijst dan eerder verwacht.",
              "Children waiting, means over futures: expected now less expected earlier. The three parts add up to the "
              "difference, but for rounding. Above zero in the last column: fewer children leave the queue than was "
              "expected earlier."},
    PhraseRow{amounts_start,
              "Wat op {first} al verschilt, komt vooral door nieuwe gegevens: er wachtten meer of minder kinderen dan "
              "de vorige voorspelling verwachtte.",
              "What differs already on {first} is mostly due to new data: more or fewer children waited than the "
              "earlier forecast expected."},
    PhraseRow{amounts_course,
              "Wat daarna verschilt, komt door andere parameters, andere plannen en wat er van een andere stand "
              "verderop in de keten terechtkomt. Wat van die drie hoeveel doet, is aan de resultaten alleen niet te "
              "zien: daarvoor moet de nieuwe beginstand ook met de vorige keten en de vorige plannen worden "
              "doorgerekend. Wat er aan parameters en plannen veranderde, staat hieronder.",
              "What differs since is due to other parameters, other plans, and what of another start arrives further "
              "down the chain. How much each of the three does cannot be seen from results alone: for that the new "
              "start has to be simulated with the earlier chain and the earlier plans too. What changed in parameters "
              "and plans stands below."},
    PhraseRow{new_data, "Nieuwe gegevens", "New data"},
    PhraseRow{snapshot_moved, "De beginstand is die van {now}; eerder was dat {earlier}.",
              "It starts from the cases of {now}; earlier that was {earlier}."},
    PhraseRow{same_snapshot, "Beide gaan uit van dezelfde beginstand: {now}.",
              "Both start from the same state: {now}."},
    PhraseRow{months_came, "Bijgekomen maanden: {months}.", "Months added: {months}."},
    PhraseRow{months_revised, "Van de {all} maandcijfers die er al waren, zijn er nu {revised} anders geleverd.",
              "Of the {all} monthly figures that were there, {revised} are now delivered otherwise."},
    PhraseRow{no_history, "Een van beide voorspellingen bewaart niet wat partners leverden.",
              "One of the forecasts does not keep what partners delivered."},
    PhraseRow{parameters, "Andere parameters", "Other parameters"},
    PhraseRow{parameters_outside,
              "Van de {all} geschatte cijfers die beide ketens hebben, veranderden er {changed}; {outside} liggen nu "
              "buiten het vorige 95%-interval.",
              "Of the {all} estimated figures that both chains have, {changed} changed; {outside} now lie outside "
              "their earlier 95% interval."},
    PhraseRow{parameters_same, "De gekalibreerde keten is dezelfde.", "The calibrated chain is the same."},
    PhraseRow{parameters_unknown, "Ze staan niet beide op een gekalibreerde keten.",
              "They do not both stand on a calibrated chain."},
    PhraseRow{parameter, "cijfer in chain.yaml", "figure in chain.yaml"},
    PhraseRow{earlier_value, "eerder", "earlier"},
    PhraseRow{now_value, "nu", "now"},
    PhraseRow{change, "verschil, %", "change, %"},
    PhraseRow{judgement, "oordeel", "judgement"},
    PhraseRow{outside_interval, "buiten het vorige interval", "outside the earlier interval"},
    PhraseRow{all_parameters, "Alle geschatte cijfers die veranderden ({count})",
              "All estimated figures that changed ({count})"},
    PhraseRow{parameters_note,
              "Tussen haakjes het 95%-interval. Cijfers die een van beide ketens niet heeft, staan er niet bij.",
              "In brackets the 95% interval. Figures that one of the chains does not have are left out."},
    PhraseRow{plans, "Andere plannen", "Other plans"},
    PhraseRow{plans_same, "De scenario's en de geplande bezetting zijn dezelfde.",
              "The scenarios and the planned staff are the same."},
    PhraseRow{staff_plan, "Geplande fte voor maanden die beide kennen: bij {pools}.",
              "Planned fte of months that both know: at {pools}."},
    PhraseRow{plan_changed, "Gewijzigd: {file}.", "Changed: {file}."},
    PhraseRow{plan_new, "Nieuw: {file}.", "New: {file}."},
    PhraseRow{plan_dropped, "Vervallen: {file}.", "Dropped: {file}."},
    PhraseRow{plan_values, "Wat er verschilt in scenario's ({count})", "What differs in scenarios ({count})"},
    PhraseRow{value_path, "plaats", "place"},
    PhraseRow{program, "Programma en instellingen", "Program and settings"},
    PhraseRow{replications_column, "toekomsten", "futures"},
    PhraseRow{seed_column, "startgetal", "seed"},
    PhraseRow{draws_column, "trekkingen van parameters", "draws of parameters"},
    PhraseRow{of_forecast, "voorspelling", "forecast"},
};

}  // namespace

template <>
std::span<const PhraseRow<SincePhrase>> phrases<SincePhrase>() {
  return kPhrases;
}

}  // namespace ketensim::report

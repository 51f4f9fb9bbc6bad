#include "tools/report/since/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum SincePhrase;

constexpr std::array kPhrases{
    SincePhraseRow{title, "Wat er veranderde tussen voorspellingen", "What changed between forecasts"},
    SincePhraseRow{subject, "{name}: van {earlier} naar {now}", "{name}: from {earlier} to {now}"},
    SincePhraseRow{forecast_name, "{name} (stand {day})", "{name} (as of {day})"},
    SincePhraseRow{forecast_name_without_state, "{name} (vanaf {day})", "{name} (from {day})"},

    SincePhraseRow{children_then_now,
                   "Op {end} zijn er nu naar verwachting {now} kinderen in de keten (in negen van de tien toekomsten "
                   "{now_low} tot {now_high}); de vorige voorspelling noemde {earlier} ({earlier_low} tot "
                   "{earlier_high}).",
                   "On {end} {now} children are now expected in the chain ({now_low} to {now_high} in nine of ten "
                   "futures); the earlier forecast said {earlier} ({earlier_low} to {earlier_high})."},
    SincePhraseRow{no_common_period,
                   "De voorspellingen hebben geen periode gemeen: ze zijn niet naast elkaar te leggen.",
                   "The forecasts have no period in common: they cannot be laid side by side."},
    SincePhraseRow{
        fared,
        "Van de {months} maandcijfers over wachtlijsten die sindsdien geleverd zijn, lagen er {inside} binnen "
        "de band die 90% hoort te bevatten; gemiddeld zat de vorige voorspelling er {off}% naast.",
        "Of the {months} monthly figures of queues that were delivered since, {inside} lay within the band "
        "that should hold 90%; on average the earlier forecast was off by {off}%."},
    SincePhraseRow{fared_naive, "Aannemen dat alles blijft zoals het was, had er {naive}% naast gezeten.",
                   "Taking it that all stays as it was would have been off by {naive}%."},
    SincePhraseRow{not_scored_yet, "Sindsdien is niets geleverd dat naast de vorige voorspelling gelegd kan worden.",
                   "Nothing was delivered since that can be laid beside the earlier forecast."},
    SincePhraseRow{most_changed,
                   "Het meest veranderde de verwachte wachtlijst bij {step}: {now} kinderen op {end}, waar de vorige "
                   "voorspelling {earlier} noemde ({low} tot {high}).",
                   "Most changed is the queue expected at {step}: {now} children on {end}, where the earlier forecast "
                   "said {earlier} ({low} to {high})."},
    SincePhraseRow{nothing_changed_much,
                   "Nergens ligt de wachtlijst die nu verwacht wordt buiten de band van de vorige voorspelling.",
                   "Nowhere does the queue that is now expected lie outside the band of the earlier forecast."},

    SincePhraseRow{expectations, "Wat er waar veranderde", "What changed where"},
    SincePhraseRow{expected_at, "Wachtend, {end}", "Waiting, {end}"},
    SincePhraseRow{earlier_expected, "eerder verwacht", "expected earlier"},
    SincePhraseRow{now_expected, "nu verwacht", "expected now"},
    SincePhraseRow{outside, "ten opzichte van de vorige band", "against the earlier band"},
    SincePhraseRow{above_band, "erboven", "above"},
    SincePhraseRow{below_band, "eronder", "below"},
    SincePhraseRow{
        expectations_note,
        "Gemiddelde over de toekomsten, met tussen haakjes wat 90% ervan bevat, aan het eind van de laatste "
        "periode die beide voorspellingen hebben.",
        "Means over futures, with what holds 90% of them in brackets, at the end of the last period that both "
        "forecasts have."},
    SincePhraseRow{charts_note, "De banden bevatten 90% van de toekomsten van elke voorspelling.",
                   "The bands hold 90% of the futures of each forecast."},

    SincePhraseRow{score_title, "Wat er kwam van: {forecast}", "What came of: {forecast}"},
    SincePhraseRow{
        score_note,
        "Naast elke maand die sindsdien geleverd is, afgerond zoals in history.csv. Anders dan in een "
        "terugtoets was ook het personeel voorspeld. Ernaast: som van de afwijkingen van de middelste "
        "voorspelling, als deel van de som van wat er kwam. Minder ernaast: 1 min de fout (CRPS) gedeeld door "
        "die van aannemen dat alles blijft zoals in de laatste maand die toen bekend was; nul of minder is "
        "niet beter. Over zo weinig maanden zegt dit weinig over de volgende keer.",
        "Beside each month delivered since, rounded as in history.csv. Unlike in a backtest, staff was "
        "forecast too. Off by: sum of the deviations of the middle forecast, as a share of the sum of what "
        "came. Less off: 1 minus the error (CRPS) over that of taking it that all stays as in the last month "
        "known then; zero or less is no better. Over so few months this says little of the next time."},
    SincePhraseRow{months_told, "maanden", "months"},
    SincePhraseRow{within_band_count, "daarvan binnen de 90%-band", "of these within the 90% band"},
    SincePhraseRow{naive_off, "ernaast met ‘zoals toen’", "off by with ‘as then’"},
    SincePhraseRow{came_mean, "kwam", "came"},
    SincePhraseRow{expected_mean, "verwacht", "expected"},
    SincePhraseRow{skill_since, "minder ernaast dan ‘zoals toen’", "less off than ‘as then’"},
    SincePhraseRow{inflow_name, "instroom", "inflow"},

    SincePhraseRow{why, "Waarom", "Why"},
    SincePhraseRow{new_data, "Nieuwe gegevens", "New data"},
    SincePhraseRow{snapshot_moved, "De beginstand is die van {now}; eerder was dat {earlier}.",
                   "It starts from the cases of {now}; earlier that was {earlier}."},
    SincePhraseRow{same_snapshot, "Beide gaan uit van dezelfde beginstand: {now}.",
                   "Both start from the same state: {now}."},
    SincePhraseRow{months_came, "Er zijn {months} maanden bijgekomen.", "{months} months were added."},
    SincePhraseRow{months_revised, "Van de {all} maandcijfers die er al waren, zijn er nu {revised} anders geleverd.",
                   "Of the {all} monthly figures that were there, {revised} are now delivered otherwise."},
    SincePhraseRow{no_history, "Een van beide voorspellingen bewaart niet wat partners leverden.",
                   "One of the forecasts does not keep what partners delivered."},
    SincePhraseRow{parameters, "Andere parameters", "Other parameters"},
    SincePhraseRow{
        parameters_outside,
        "Van de {all} geschatte figuren die beide ketens hebben, veranderden er {changed}; {outside} liggen nu "
        "buiten het vorige 95%-interval.",
        "Of the {all} estimated figures that both chains have, {changed} changed; {outside} now lie outside "
        "their earlier 95% interval."},
    SincePhraseRow{parameters_same, "De gekalibreerde keten is dezelfde.", "The calibrated chain is the same."},
    SincePhraseRow{parameters_unknown, "Ze staan niet beide op een gekalibreerde keten.",
                   "They do not both stand on a calibrated chain."},
    SincePhraseRow{parameter, "figuur in chain.yaml", "figure in chain.yaml"},
    SincePhraseRow{earlier_value, "eerder", "earlier"},
    SincePhraseRow{now_value, "nu", "now"},
    SincePhraseRow{change, "verschil, %", "change, %"},
    SincePhraseRow{judgement, "oordeel", "judgement"},
    SincePhraseRow{outside_interval, "buiten het vorige interval", "outside the earlier interval"},
    SincePhraseRow{all_parameters, "Alle geschatte figuren die veranderden ({count})",
                   "All estimated figures that changed ({count})"},
    SincePhraseRow{
        parameters_note,
        "Tussen haakjes het 95%-interval. Figuren die er in een van beide ketens niet zijn, staan er niet bij.",
        "In brackets the 95% interval. Figures that one of the chains does not have are left out."},
    SincePhraseRow{plans, "Andere plannen", "Other plans"},
    SincePhraseRow{plans_same, "De scenario's en de geplande bezetting zijn dezelfde.",
                   "The scenarios and the planned staff are the same."},
    SincePhraseRow{staff_plan, "Geplande fte voor maanden die beide kennen: bij {pools}.",
                   "Planned fte of months that both know: at {pools}."},
    SincePhraseRow{plan_changed, "Gewijzigd: {file}.", "Changed: {file}."},
    SincePhraseRow{plan_new, "Nieuw: {file}.", "New: {file}."},
    SincePhraseRow{plan_dropped, "Vervallen: {file}.", "Dropped: {file}."},
    SincePhraseRow{plan_values, "Wat er verschilt in scenario's ({count})", "What differs in scenarios ({count})"},
    SincePhraseRow{value_path, "plaats", "place"},
    SincePhraseRow{program, "Programma en instellingen", "Program and settings"},
    SincePhraseRow{replications_column, "toekomsten", "futures"},
    SincePhraseRow{seed_column, "startgetal", "seed"},
    SincePhraseRow{draws_column, "trekkingen van parameters", "draws of parameters"},
    SincePhraseRow{of_forecast, "voorspelling", "forecast"},
};

}  // namespace

std::span<const SincePhraseRow> since_phrases() { return kPhrases; }

std::string_view text_of(SincePhrase phrase, Language language) {
  const SincePhraseRow& row = kPhrases[static_cast<std::size_t>(phrase)];
  return language == Language::nl ? row.nl : row.en;
}

}  // namespace ketensim::report

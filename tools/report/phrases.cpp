#include "tools/report/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum Phrase;

constexpr std::array kPhrases{
    PhraseRow{answer, "Het antwoord", "The answer"},
    PhraseRow{steps, "Per stap", "Per step"},
    PhraseRow{chain, "De keten als geheel", "The chain as a whole"},
    PhraseRow{differences, "Wat er verandert", "What changes"},
    PhraseRow{bursts, "De golf van extra instroom", "The burst of extra inflow"},
    PhraseRow{rises, "Waar de wachtlijst het meest groeit", "Where the queue grows most"},
    PhraseRow{assumptions, "Uitgangspunten", "Assumptions"},
    PhraseRow{provenance, "Herkomst", "Provenance"},

    PhraseRow{step, "stap", "step"},
    PhraseRow{inflow, "instroom", "inflow"},
    PhraseRow{waiting_end, "wachtend aan eind", "waiting at end"},
    PhraseRow{waiting_futures, "spreiding (90%)", "spread (90%)"},
    PhraseRow{waiting_mean, "wachtend, gemiddeld", "waiting, mean"},
    PhraseRow{wait_mean, "wachttijd", "wait, mean"},
    PhraseRow{wait_p90, "1 op 10 langer dan", "wait, p90"},
    PhraseRow{norm_met, "norm gehaald", "norm met"},
    PhraseRow{norm_met_wait, "wachtnorm gehaald", "wait norm"},
    PhraseRow{utilisation, "bezetting", "in use"},
    PhraseRow{figure, "cijfer", "figure"},
    PhraseRow{value, "waarde", "value"},
    PhraseRow{difference, "verschil", "difference"},
    PhraseRow{arrives, "begint", "arrives"},
    PhraseRow{peak, "hoogste", "peak"},
    PhraseRow{peak_inflow, "extra op de top", "extra at peak"},
    PhraseRow{gone, "voorbij", "gone"},
    PhraseRow{highest_in, "hoogste", "highest in"},
    PhraseRow{extra_waiting, "extra wachtend", "extra waiting"},
    PhraseRow{cases_per_year, "per jaar", "cases/year"},
    PhraseRow{cases, "kinderen", "cases"},
    PhraseRow{cases_in_period, "in die periode", "in that period"},
    PhraseRow{days, "dagen", "days"},
    PhraseRow{percent, "%", "%"},
    PhraseRow{percent_points, "procentpunt", "% points"},

    PhraseRow{children_end, "kinderen in de keten aan het eind", "children in the chain at the end"},
    PhraseRow{to_help_mean, "eerste melding tot hulp, gemiddeld (dagen)", "first report to help, mean (days)"},
    PhraseRow{to_help_p90, "eerste melding tot hulp, 1 op 10 langer dan (dagen)", "first report to help, p90 (days)"},
    PhraseRow{chain_mean, "verblijf in de keten, gemiddeld (dagen)", "time in the chain, mean (days)"},
    PhraseRow{chain_p90, "verblijf in de keten, 1 op 10 langer dan (dagen)", "time in the chain, p90 (days)"},
    PhraseRow{waiting_share, "deel van de doorlooptijd dat wachten is (%)", "waiting as a share of lead time (%)"},
    PhraseRow{returns, "kinderen die terugkomen (per jaar)", "children who return (per year)"},

    PhraseRow{interval_note,
              "Gemiddelde over de hele periode en {replications} doorgerekende toekomsten; ± is het "
              "95%-betrouwbaarheidsinterval van dat gemiddelde.",
              "Means over the whole period and {replications} replications; ± is the 95% interval of that mean."},
    PhraseRow{stand_out_note,
              "Alternatief min uitgangssituatie, over de hele periode, met 95%-interval. Getoond zijn stappen met een "
              "verschil dat duidelijk niet op toeval berust (meer dan vier standaardfouten) en minstens 1% bedraagt.",
              "Alternative minus baseline, over the whole period, with 95% interval. Shown are steps with a difference "
              "that is clearly no chance (above four standard errors) and at least 1%."},
    PhraseRow{burst_note,
              "Perioden waarin de instroom duidelijk hoger is dan in de uitgangssituatie en minstens een tiende van de "
              "top bedraagt.",
              "Periods in which inflow is clearly above the baseline's, by at least a tenth of the peak."},
    PhraseRow{small_bursts_left_out, "Kleinere golven zijn weggelaten: {count}; zie effects.csv.",
              "Smaller bursts are left out: {count}; see effects.csv."},
    PhraseRow{no_differences, "Geen stap verschilt duidelijk en merkbaar van de uitgangssituatie.",
              "No step differs clearly and noticeably from the baseline."},
    PhraseRow{no_bursts, "Bij geen enkele stap is de instroom ergens duidelijk hoger.",
              "At no step is inflow clearly higher in any period."},
    PhraseRow{too_few_replications, "Met één doorgerekende toekomst is toeval niet van effect te onderscheiden.",
              "With one replication, chance cannot be told from effect."},
    PhraseRow{zero_everywhere, "Er verandert niets: elk verschil is precies nul.",
              "Nothing changes: every difference is exactly zero."},
    PhraseRow{not_gone, "niet binnen de periode", "not in the period"},
    PhraseRow{cost, "kosten van de maatregelen (euro)", "what the levers cost (euro)"},
    PhraseRow{costs, "kosten", "cost"},
    PhraseRow{euro, "euro", "euro"},
    PhraseRow{costs_note,
              "Kosten staan er alleen bij alternatieven waarvan het scenario ze noemt, over de hele periode.",
              "Costs are told only of alternatives whose scenario states them, over the whole period."},
    PhraseRow{side_by_side, "De alternatieven naast elkaar", "The alternatives side by side"},
    PhraseRow{side_by_side_note,
              "Alternatief min {baseline}, de keten als geheel over de hele periode, met 95%-interval.",
              "Alternative minus {baseline}, the chain as a whole over the whole period, with 95% interval."},
    PhraseRow{alternative, "alternatief", "alternative"},
    PhraseRow{children_in_chain, "kinderen in de keten", "children in the chain"},
    PhraseRow{at_the_end, "aan het eind", "at the end"},
    PhraseRow{until_help, "eerste melding tot hulp", "first report to help"},
    PhraseRow{in_chain, "tijd in de keten", "time in the chain"},
    PhraseRow{of_which_waiting, "waarvan wachttijd", "of which waiting"},
    PhraseRow{come_back, "terugkeer", "returns"},

    PhraseRow{children_sentence,
              "Aan het eind van de periode ({end}) zijn er naar verwachting {mean} kinderen in de keten; in 90% van de "
              "doorgerekende toekomsten tussen {low} en {high}.",
              "At the end of the period ({end}) {mean} children are expected in the chain; between {low} and {high} in "
              "90% of the simulated futures."},
    PhraseRow{longest_wait_sentence,
              "Het langst wordt gewacht bij {step}: gemiddeld {mean} dagen, en een op de tien wacht langer dan {p90} "
              "dagen.",
              "The longest wait is at {step}: {mean} days on average, and one in ten waits longer than {p90} days."},
    PhraseRow{to_help_sentence, "Van de eerste melding tot de start van hulp duurt het gemiddeld {mean} dagen.",
              "From first report to the start of help takes {mean} days on average."},
    PhraseRow{norm_sentence, "De norm wordt het minst gehaald bij {step}: in {share}% van de gevallen.",
              "The norm is met least at {step}: in {share}% of cases."},
    PhraseRow{shorter_queue_sentence,
              "Bij {step} wordt de wachtlijst korter: gemiddeld over de periode met {mean} kinderen.",
              "At {step} the queue becomes shorter: by {mean} children on average over the period."},
    PhraseRow{longer_queue_sentence,
              "Bij {step} wordt de wachtlijst langer: gemiddeld over de periode met {mean} kinderen.",
              "At {step} the queue becomes longer: by {mean} children on average over the period."},
    PhraseRow{
        burst_sentence,
        "Bij {step} komt vanaf {first} een golf binnen: op de top, in {peak}, {extra} kinderen extra; in {gone} is die "
        "voorbij.",
        "At {step} a burst arrives in {first}: at its peak, in {peak}, {extra} extra children; by {gone} it is over."},
    PhraseRow{
        burst_stays_sentence,
        "Bij {step} is de instroom vanaf {first} hoger, het meest in {peak} met {extra} kinderen extra; aan het "
        "eind van de periode is dat niet voorbij.",
        "At {step} inflow is higher from {first} on, most in {peak} with {extra} extra children; it is not over at "
        "the end of the period."},
    PhraseRow{to_help_change_sentence, "De tijd van eerste melding tot hulp verandert gemiddeld met {mean} dagen.",
              "The time from first report to help changes by {mean} days on average."},

    PhraseRow{
        period_assumption,
        "Doorgerekend is {from} tot en met {until}, na een aanloop van {warm_up} dagen die niet meetelt.",
        "Simulated is {from} up to and including {until}, after a warm-up of {warm_up} days that does not count."},
    PhraseRow{period_without_warm_up,
              "Doorgerekend is {from} tot en met {until}, zonder aanloop: de keten begint leeg.",
              "Simulated is {from} up to and including {until}, without warm-up: the chain starts empty."},
    PhraseRow{calendar_netherlands, "Werk begint op werkdagen: maandag tot en met vrijdag zonder nationale feestdagen.",
              "Work starts on working days: Monday to Friday without Dutch national holidays."},
    PhraseRow{calendar_continuous, "Elke dag is gelijk: er zijn geen weekenden of feestdagen.",
              "Every day is alike: there are no weekends or holidays."},
    PhraseRow{replications_assumption,
              "Elk cijfer komt uit {replications} doorgerekende toekomsten (startgetal {seed}).",
              "Every figure comes from {replications} simulated futures (seed {seed})."},
    PhraseRow{
        common_draws_assumption,
        "Alternatieven delen met de uitgangssituatie hetzelfde toeval: dezelfde kinderen komen op dezelfde dag. "
        "Een verschil komt dus door de verandering zelf.",
        "Alternatives share their chance with the baseline: the same children arrive on the same day. A difference "
        "is therefore due to the change itself."},
    PhraseRow{model_assumption,
              "Routes, doorlooptijden, capaciteit en volgorde zijn die van het scenario hieronder. Wat daar niet in "
              "staat, verandert niet.",
              "Routes, durations, capacity and order are those of the scenario below. What it does not state does not "
              "change."},
    PhraseRow{simulated_not_persons, "Alle cijfers zijn gesimuleerd; zij gaan niet over herkenbare kinderen.",
              "All figures are simulated; they are not about identifiable children."},
    PhraseRow{made_by, "Gemaakt met ketensim {version}.", "Made with ketensim {version}."},
    PhraseRow{scenario_files, "Scenario {scenario}, zoals gelezen", "Scenario {scenario}, as read"},
    PhraseRow{report_title, "Doorrekening van de keten", "Simulation of the chain"},
    PhraseRow{comparison_title, "Vergelijking met {baseline}", "Comparison with {baseline}"},
    PhraseRow{early_warnings, "Waarschuwing vooraf", "Early warning"},
    PhraseRow{warned_of, "waarvoor", "of what"},
    PhraseRow{norm_below, "norm gehaald in minder dan {threshold}%", "norm met in less than {threshold}%"},
    PhraseRow{norm_wait_below, "norm op wachten gehaald in minder dan {threshold}%",
              "norm on wait met in less than {threshold}%"},
    PhraseRow{queue_above, "meer dan {threshold} wachtend", "more than {threshold} waiting"},
    PhraseRow{chance_at_first, "kans in {period}", "probability in {period}"},
    PhraseRow{highest_chance, "hoogste kans", "highest probability"},
    PhraseRow{likely_from, "waarschijnlijk vanaf", "likely from"},
    PhraseRow{
        early_warning_note,
        "Kansen per periode: het deel van de doorgerekende toekomsten; waarschijnlijk is de helft of meer. Wat in "
        "geen periode 5% haalt, staat er niet bij.",
        "Probabilities by period: the share of the simulated futures; likely is half or more. What does not reach "
        "5% in any period is left out."},
    PhraseRow{no_early_warnings, "Nergens is de kans op overschrijding 5% of meer.",
              "Nowhere is the probability of trouble 5% or more."},
    PhraseRow{layers, "Onzekerheid in lagen: wachtend aan het eind van {period}",
              "Uncertainty in layers: waiting at the end of {period}"},
    PhraseRow{layer_mean, "gemiddeld", "mean"},
    PhraseRow{layer_chance, "door toeval", "by chance"},
    PhraseRow{layer_parameters, "door parameters", "by parameters"},
    PhraseRow{layer_staffing, "door bezetting", "by staffing"},
    PhraseRow{layer_together, "samen", "together"},
    PhraseRow{layers_note,
              "Standaardafwijkingen over toekomsten; hun kwadraten tellen op, op wisselwerking en toeval na.",
              "Standard deviations over futures; their squares add up, but for interaction and chance."},
    PhraseRow{warm_up_chosen, "De aanloop van {days} dagen is gekozen met MSER-5.",
              "The warm-up of {days} days was chosen by MSER-5."},
    PhraseRow{
        warm_up_doubtful,
        "De aanloop van {days} dagen is gekozen met MSER-5, maar ligt in de tweede helft van de proefrun: de keten "
        "vindt geen vast niveau.",
        "The warm-up of {days} days was chosen by MSER-5, but lies in the second half of the pilot run: the chain "
        "finds no level."},
    PhraseRow{week_of, "de week van {day}", "the week of {day}"},
    PhraseRow{quarter_of, "kwartaal {quarter} van {year}", "quarter {quarter} of {year}"},
    PhraseRow{figures_of_chart, "De cijfers van de grafiek", "The figures of the chart"},
    PhraseRow{contents, "Inhoud", "Contents"},
    PhraseRow{language_name, "Nederlands", "English"},
    PhraseRow{months, "jan feb mrt apr mei jun jul aug sep okt nov dec",
              "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"},
};

}  // namespace

template <>
std::span<const PhraseRow<Phrase>> phrases<Phrase>() {
  return kPhrases;
}

}  // namespace ketensim::report

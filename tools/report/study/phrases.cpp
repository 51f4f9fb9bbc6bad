#include "tools/report/study/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr std::array kPhrases{
    PhraseRow{what_changes, "Wat er waar verandert", "What changes where"},
    PhraseRow{wave, "Per alternatief: de golf stroomafwaarts", "Per alternative: the wave downstream"},
    PhraseRow{effects, "Wat elk alternatief doet", "What each alternative does"},
    PhraseRow{signals, "Vroege signalen", "Early warnings"},
    PhraseRow{totals, "Per organisatie en voor de regio", "Per organisation and for the region"},
    PhraseRow{members_of, "{group} afzonderlijk", "{group}, one by one"},
    PhraseRow{each_scenario, "Elk scenario in cijfers", "Each scenario in figures"},
    PhraseRow{sources, "Waar de cijfers vandaan komen", "Where the figures came from"},
    PhraseRow{checklist, "Verantwoording volgens STRESS-DES", "Account by STRESS-DES"},
    PhraseRow{compared_title, "{baseline}: de alternatieven vergeleken", "{baseline}: the alternatives compared"},

    PhraseRow{unchanged_sentence,
              "Verandert er niets, dan zijn er op {end} naar verwachting {mean} kinderen in de keten, in negen "
              "van de tien doorgerekende toekomsten tussen {low} en {high}{trend}.",
              "If nothing changes, {mean} children are expected in the chain on {end}, between {low} and {high} "
              "in nine of ten simulated futures{trend}."},
    PhraseRow{scenario_sentence,
              "Op {end} zijn er naar verwachting {mean} kinderen in de keten, in negen van de tien doorgerekende "
              "toekomsten tussen {low} en {high}{trend}.",
              "On {end} {mean} children are expected in the chain, between {low} and {high} in nine of ten "
              "simulated futures{trend}."},
    PhraseRow{trend_clause, "; dat zijn er {sure} {direction} dan na de eerste periode ({start})",
              "; {sure} {direction} than after the first period ({start})"},
    PhraseRow{trend_unsure_clause,
              "; of dat er meer of minder zijn dan na de eerste periode ({start}), is niet te zeggen",
              "; whether that is more or fewer than after the first period ({start}) cannot be told"},
    PhraseRow{more, "meer", "more"},
    PhraseRow{fewer, "minder", "fewer"},
    PhraseRow{wait_clause, "Aan het eind duurt dat wachten {sure} {direction} dan aan het begin.",
              "At the end that wait is {sure} {direction} than at the beginning."},
    PhraseRow{wait_unsure_clause,
              "Of dat wachten aan het eind langer of korter duurt dan aan het begin, is niet "
              "te zeggen.",
              "Whether that wait is longer or shorter at the end than at the beginning cannot be told."},
    PhraseRow{longer, "langer", "longer"},
    PhraseRow{shorter, "korter", "shorter"},
    PhraseRow{almost_certainly, "vrijwel zeker", "almost certainly"},
    PhraseRow{probably, "waarschijnlijk", "probably"},
    PhraseRow{rather, "vermoedelijk", "more likely than not"},
    PhraseRow{sooner_help_sentence,
              "{name} bekort de tijd van eerste melding tot hulp {sure}: gemiddeld met {days} dagen "
              "(95%-interval {low} tot {high}).",
              "{name} {sure} shortens the time from first report to help: by {days} days on average (95% interval "
              "{low} to {high})."},
    PhraseRow{sooner_help_of_sentence,
              "Van de {count} alternatieven bekort {name} de tijd van eerste melding tot hulp het meest, en "
              "{sure}: gemiddeld met {days} dagen (95%-interval {low} tot {high}).",
              "Of the {count} alternatives, {name} shortens the time from first report to help most, and {sure} "
              "so: by {days} days on average (95% interval {low} to {high})."},
    PhraseRow{cost_sentence, " De kosten daarvan zijn in deze periode {euros} euro.",
              " It costs {euros} euros in this period."},
    PhraseRow{no_sooner_help_sentence,
              "Geen van de alternatieven bekort de tijd van eerste melding tot hulp duidelijk.",
              "None of the alternatives clearly shortens the time from first report to help."},
    PhraseRow{other_side_queue,
              "Let op: met {name} wachten er bij {step} in {peak} {extra} kinderen meer dan zonder (95%-interval {low} "
              "tot {high}).",
              "Mind: with {name} {extra} more children wait at {step} in {peak} than without (95% interval {low} to "
              "{high})."},
    PhraseRow{no_other_side, "Nergens wordt de wachtlijst door een alternatief duidelijk langer.",
              "Nowhere does an alternative clearly make the queue longer."},

    PhraseRow{scenario_choice, "Getoond scenario", "Scenario shown"},
    PhraseRow{all_alternatives, "Alle naast elkaar", "All side by side"},
    PhraseRow{children_over_time, "Kinderen in de keten", "Children in the chain"},
    PhraseRow{queue_over_time, "Wachtend", "Waiting"},
    PhraseRow{wait_over_time, "Wachttijd (dagen)", "Wait (days)"},
    PhraseRow{norm_over_time, "Norm gehaald", "Norm met"},
    PhraseRow{wait_norm_over_time, "Norm voor wachten gehaald", "Norm on waiting met"},
    PhraseRow{chart_sentence, "{scenario}: {first} in {from}, {last} in {until} (90%: {low} tot {high}).",
              "{scenario}: {first} in {from}, {last} in {until} (90%: {low} to {high})."},
    PhraseRow{chart_other, " {scenario}: {last}.", " {scenario}: {last}."},
    PhraseRow{band_note,
              "De lijn is het gemiddelde over {replications} doorgerekende toekomsten; in de band liggen negen van "
              "de tien daarvan. Wachtend: aan het eind van de periode. Wachttijd en norm: van wie in de periode "
              "begon of klaar was.",
              "The line is the mean over {replications} simulated futures; nine of ten lie within the band. "
              "Waiting: at the end of the period. Wait and norm: of those who started or ended in the period."},
    PhraseRow{
        history_note,
        "Stippen: wat de partners tot dan toe leverden, per maand en per organisatie als geheel. Wat op te weinig "
        "kinderen rust, is weggelaten; aantallen zijn afgerond op 5, tenzij anders gekalibreerd (--min-cell).",
        "Dots: what partners delivered before, per month and per organisation as a whole. What rests on too few "
        "children is left out; numbers are rounded to 5, unless calibrated otherwise (--min-cell)."},
    PhraseRow{observed, "geleverd", "delivered"},
    PhraseRow{forecast, "verwachting", "forecast"},
    PhraseRow{one_period_note, "Het scenario rapporteert één periode: er is geen verloop om te tekenen.",
              "The scenario reports one period: there is no course to draw."},
    PhraseRow{extra_inflow, "extra instroom", "extra inflow"},
    PhraseRow{extra_waiting, "extra wachtend", "extra waiting"},
    PhraseRow{wave_sentence, "Het meest in {peak}: {extra} kinderen extra binnen (95%: {low} tot {high}).",
              "Most in {peak}: {extra} extra children received (95%: {low} to {high})."},
    PhraseRow{wave_note,
              "Alternatief min uitgangssituatie, per periode: wie er extra binnenkomt, en wie er aan het eind extra "
              "wacht. De band is het 95%-interval van het gemiddelde.",
              "Alternative minus baseline, per period: who is received on top, and who waits on top at its end. "
              "The band is the 95% interval of the mean."},
    PhraseRow{no_wave, "Bij geen stap is de instroom ergens duidelijk hoger of de wachtlijst duidelijk langer.",
              "At no step is inflow clearly higher or the queue clearly longer in any period."},

    PhraseRow{routes, "De route van de kinderen", "The route of children"},
    PhraseRow{
        routes_note,
        "Hoe breder een stroom, hoe meer kinderen per jaar; hoe donkerder een stap, hoe langer zij er gemiddeld "
        "wachten: tot een week, tot vier weken, tot dertien weken, of langer. Wie naar een eerdere stap teruggaat, "
        "staat rechts en komt links opnieuw binnen. Gemiddelden over de hele periode en {replications} doorgerekende "
        "toekomsten; een kind telt bij elke stap die het doorloopt.",
        "The wider a flow, the more children a year; the darker a step, the longer they wait there on average: up to a "
        "week, up to four weeks, up to thirteen weeks, or longer. Who goes back to an earlier step stands to the right "
        "and comes in again on the left. Means over the whole period and {replications} simulated futures; a child "
        "counts at every step that it passes."},
    PhraseRow{routes_sentence,
              "{name}: per jaar komen er {in} kinderen binnen en gaan er {out} weg. Het meest gaan zij van {from} "
              "naar {to}: {most} per jaar. Het langst wachten zij bij {step}: gemiddeld {wait} dagen.",
              "{name}: {in} children come in a year, and {out} leave. Most go from {from} to {to}: {most} a year. "
              "They wait longest at {step}: {wait} days on average."},
    PhraseRow{routes_again_sentence, " Terug naar een eerdere stap gaan er {back} per jaar.",
              " Back to an earlier step go {back} a year."},
    PhraseRow{route_children, "De route per jaar: {name}", "The route in a year: {name}"},
    PhraseRow{route_from, "van", "from"},
    PhraseRow{route_to, "naar", "to"},
    PhraseRow{route_reported, "Gemeld", "Reported"},
    PhraseRow{route_returned, "Opnieuw gemeld", "Reported again"},
    PhraseRow{route_left, "Uit de keten", "Left the chain"},
    PhraseRow{route_from_later, "Terug van een latere stap", "Back from a later step"},
    PhraseRow{route_to_earlier, "Terug naar een eerdere stap", "Back to an earlier step"},
    PhraseRow{route_per_year, "{count} per jaar", "{count} a year"},
    PhraseRow{route_wait, "{wait} dagen wachten", "{wait} days' wait"},
    PhraseRow{route_wait_at, "wachttijd daar", "wait there"},
    PhraseRow{route_table, "Alle wegen als tabel", "All ways as a table"},
    PhraseRow{
        route_small,
        "Niet getekend: {count} wegen waarlangs elk minder dan {least} kinderen per jaar gaan; die staan in de tabel.",
        "Not drawn: {count} ways that fewer than {least} children a year go each; they stand in the table."},

    PhraseRow{waiting_long, "Hoe lang kinderen al wachten", "How long children have waited"},
    PhraseRow{waiting_long_note,
              "Wie aan het eind van een periode wacht, naar hoe lang al bij die stap: tot een week, tot vier weken, "
              "tot dertien weken, en langer dan dertien weken (drie maanden), wat als te lang geldt. Gemiddelden over "
              "{replications} doorgerekende toekomsten.",
              "Who waits at the end of a period, by how long at that step so far: up to a week, up to four weeks, up "
              "to thirteen weeks, and longer than thirteen weeks (three months), which counts as too long. Means over "
              "{replications} simulated futures."},
    PhraseRow{waiting_long_all, "Alle stappen samen", "All steps together"},
    PhraseRow{waiting_long_sentence,
              "Aan het eind van {until} wachten er {total}, van wie {long} al meer dan dertien weken (90%: {low} "
              "tot {high}); na {from} waren dat er {first}.",
              "At the end of {until} {total} wait, of whom {long} for more than thirteen weeks (90%: {low} to "
              "{high}); after {from} that were {first}."},
    PhraseRow{waiting_none_sentence, "Aan het eind van {until} wachten er {total}, niemand langer dan dertien weken.",
              "At the end of {until} {total} wait, none of them for more than thirteen weeks."},
    PhraseRow{waiting_to_1w, "tot 1 week", "up to 1 week"},
    PhraseRow{waiting_to_4w, "1 tot 4 weken", "1 to 4 weeks"},
    PhraseRow{waiting_to_13w, "4 tot 13 weken", "4 to 13 weeks"},
    PhraseRow{waiting_over_13w, "langer dan 13 weken", "over 13 weeks"},
    PhraseRow{waiting_long_table, "Aan het eind van de hele periode, per stap",
              "At the end of the whole period, per step"},
    PhraseRow{waiting_long_futures, "langer dan 13 weken: 90% van de toekomsten", "over 13 weeks: 90% of the futures"},

    PhraseRow{
        effects_note,
        "Klik op een kop om te sorteren. Alternatief min uitgangssituatie over de hele periode, met 95%-interval; "
        "toekomsten die vergeleken worden, delen hetzelfde toeval. Het hele bestand is effects.csv.",
        "Click a heading to sort. Alternative minus baseline over the whole period, with 95% interval; what is "
        "compared shares its chance. The whole file is effects.csv."},
    PhraseRow{all_effects, "Ook wat niet duidelijk verschilt, en elk lid van een groep",
              "What does not clearly differ as well, and every member of a group"},
    PhraseRow{period_month, "periode", "period"},
    PhraseRow{signal_norm, "norm gemist", "norm missed"},
    PhraseRow{signal_wait_norm, "wachtnorm gemist", "wait norm missed"},
    PhraseRow{signal_queue, "boven {threshold} wachtend", "above {threshold} waiting"},
    PhraseRow{signals_note,
              "Kans in procenten, per periode: in hoeveel van de {replications} doorgerekende toekomsten wordt de norm "
              "voor meer dan de helft van de kinderen gemist, of staan er aan het eind meer kinderen op de wachtlijst "
              "dan anderhalf keer (en minstens vijf meer dan) de uitgangssituatie na de eerste periode. Gekleurd: "
              "vanaf 20, 50 en 80%.",
              "Probability in per cent, per period: in how many of the {replications} simulated futures is the norm "
              "missed for more than half of the children, or do more wait at the end than one and a half times (and at "
              "least five above) the baseline after the first period. Tinted: from 20, 50 and 80%."},
    PhraseRow{no_signals, "In geen periode is de kans op een van deze signalen 5% of meer.",
              "In no period is the probability of one of these warnings 5% or more."},
    PhraseRow{organisation, "organisatie", "organisation"},
    PhraseRow{region, "De regio als geheel", "The region as a whole"},
    PhraseRow{in_service_end, "in behandeling aan eind", "in service at end"},
    PhraseRow{waiting_difference, "wachtend: verschil", "waiting: difference"},
    PhraseRow{totals_note,
              "Aan het eind van de periode, opgeteld over de stappen van de organisatie. Een kind dat bij twee "
              "organisaties tegelijk staat, telt bij beide.",
              "At the end of the period, added over the steps of the organisation. A child that is with two "
              "organisations at once counts with both."},
    PhraseRow{members_note, "Cijfers van {scenario}, over de hele periode. Klik op een kop om te sorteren.",
              "Figures of {scenario}, over the whole period. Click a heading to sort."},
    PhraseRow{member_choice, "Kies", "Choose"},

    PhraseRow{period_from_state, "Doorgerekend is {from} tot en met {until}.",
              "Simulated is {from} up to and including {until}."},
    PhraseRow{started_from_state,
              "Het begin is de stand van {day}: de kinderen die toen in de keten waren, elk bij de eigen stap en met "
              "de wachttijd tot dan toe.",
              "It starts from {day}: the children who were in the chain then, each at their step and with their wait "
              "so far."},
    PhraseRow{started_without_state, "Er is niet begonnen met kinderen uit leveringen.",
              "It does not start with children from deliveries."},
    PhraseRow{draws_parameters,
              "De cijfers van de keten zijn zelf onzeker: elke doorgerekende toekomst gebruikt een van {draws} "
              "trekkingen daarvan. De spreiding in dit rapport bevat die onzekerheid.",
              "The figures of the chain are themselves uncertain: every simulated future uses one of {draws} draws of "
              "them. The spread shown includes that uncertainty."},
    PhraseRow{fixed_parameters,
              "De cijfers van de keten staan vast: de spreiding is alleen toeval, niet de onzekerheid van die cijfers.",
              "The figures of the chain are fixed: the spread is chance alone, not the uncertainty of those figures."},
    PhraseRow{conditions_unknown,
              "Of met kinderen uit leveringen is begonnen en of cijfers zijn getrokken, staat niet in deze resultaten: "
              "zij zijn van een eerdere versie.",
              "Whether it starts with children from deliveries and draws its figures is not in these results: they "
              "are of an earlier version."},
    PhraseRow{mark, "herkomst", "origin"},
    PhraseRow{mark_measured, "gemeten in de leveringen", "measured in the deliveries"},
    PhraseRow{mark_public, "uit een openbare bron (V)", "from a public source (V)"},
    PhraseRow{mark_derived, "afgeleid uit zulke cijfers (D)", "derived from such figures (D)"},
    PhraseRow{mark_general, "algemene kennis, niet nagegaan (G)", "general knowledge, not verified (G)"},
    PhraseRow{mark_assumed, "aangenomen (A)", "assumed (A)"},
    PhraseRow{marked_figures, "cijfers met deze herkomst", "figures of this origin"},
    PhraseRow{marked_note,
              "Geteld zijn de opmerkingen bij cijfers in de scenariobestanden; een opmerking met meer dan één teken "
              "telt bij het zwakste. Een cijfer zonder opmerking telt niet mee.",
              "Counted are the remarks beside figures in the scenario files; a remark with more than one mark counts "
              "with the weakest. A figure without a remark does not count."},
    PhraseRow{no_marks,
              "De scenariobestanden zeggen bij geen enkel cijfer waar het vandaan komt: beschouw ze als aangenomen.",
              "The scenario files say of no figure where it came from: take them as assumed."},
    PhraseRow{figure_in_file, "cijfer", "figure"},
    PhraseRow{rests_on, "rust op", "rests on"},
    PhraseRow{made_by_commit, "Gemaakt met ketensim {version} ({commit}).", "Made with ketensim {version} ({commit})."},
    PhraseRow{files_read, "Gelezen bestanden", "Files read"},
    PhraseRow{file, "bestand", "file"},
    PhraseRow{used_by, "voor scenario", "for scenario"},
    PhraseRow{fingerprint, "vingerafdruk", "fingerprint"},
    PhraseRow{fingerprint_note,
              "Vingerafdruk: FNV-1a van de tekst. Dezelfde bestanden, hetzelfde startgetal en dezelfde versie geven "
              "dezelfde cijfers.",
              "Fingerprint: FNV-1a of the text. The same files, seed and version give the same figures."},
    PhraseRow{text_of_file, "{file}, zoals gelezen", "{file}, as read"},

    PhraseRow{
        checklist_note,
        "De punten van STRESS-DES (Monks e.a. 2019, Journal of Simulation 13, 55–67), ingevuld uit dit bestand.",
        "The items of STRESS-DES (Monks et al. 2019, Journal of Simulation 13, 55–67), filled in from this file."},
    PhraseRow{checklist_item, "punt", "item"},
    PhraseRow{checklist_where, "in deze doorrekening", "in this study"},
    PhraseRow{purpose, "1.1 Doel van het model", "1.1 Purpose of the model"},
    PhraseRow{purpose_text,
              "De capaciteit van een keten van organisaties: waar kinderen wachten, hoe lang, en wat maatregelen "
              "daaraan veranderen.",
              "The capacity of a chain of organisations: where children wait, for how long, and what interventions "
              "change."},
    PhraseRow{outputs, "1.2 Uitkomsten", "1.2 Model outputs"},
    PhraseRow{outputs_text, "{count} maten per stap, organisatie en periode: {names}.",
              "{count} indicators per step, organisation and period: {names}."},
    PhraseRow{aims, "1.3 Doel van de proeven", "1.3 Experimentation aims"},
    PhraseRow{aims_compared, "Vergelijking met {baseline} van: {names}.", "Comparison with {baseline} of: {names}."},
    PhraseRow{aims_run, "Verwachting onder: {names}.", "What to expect under: {names}."},
    PhraseRow{diagram, "2.1 Schema van het model", "2.1 Base model overview diagram"},
    PhraseRow{diagram_text,
              "De stappen met hun routes staan onder `steps` in de scenariobestanden (zie ‘{provenance}’).",
              "The steps with their routes stand under `steps` in the scenario files (see ‘{provenance}’)."},
    PhraseRow{base_logic, "2.2 Logica van het model", "2.2 Base model logic"},
    PhraseRow{base_logic_text,
              "Een zaak wordt bij een stap ontvangen, wacht op een plek bij de pool van die stap, wordt behandeld en "
              "gaat langs een route verder of de keten uit.",
              "A case is received at a step, waits for a slot of its pool, is served, and goes on along a route or "
              "leaves the chain."},
    PhraseRow{scenario_logic, "2.3 Logica van de scenario’s", "2.3 Scenario logic"},
    PhraseRow{scenario_logic_compared,
              "Elk alternatief is de uitgangssituatie met de maatregelen onder `interventions` in zijn bestand.",
              "Every alternative is the baseline with what stands under `interventions` in its file."},
    PhraseRow{scenario_logic_run, "Elk scenario staat op zichzelf; maatregelen staan onder `interventions`.",
              "Every scenario stands alone; interventions stand under `interventions`."},
    PhraseRow{algorithms, "2.4 Algoritmen", "2.4 Algorithms"},
    PhraseRow{algorithms_text,
              "Volgorde in de rij, routes en beslissingen zijn die van het scenario; gelijktijdige gebeurtenissen "
              "hebben een vaste volgorde (tijd, soort, zaak).",
              "The order of queues, routes and decisions are the scenario's; simultaneous events have a fixed order "
              "(time, kind, case)."},
    PhraseRow{entities, "2.5.1 Entiteiten", "2.5.1 Entities"},
    PhraseRow{entities_text, "Zaken: de gang van één kind door de keten; broers en zussen komen samen binnen.",
              "Cases: one child's passage through the chain; siblings arrive together."},
    PhraseRow{activities, "2.5.2 Activiteiten", "2.5.2 Activities"},
    PhraseRow{activities_text, "{count} stappen: {names}.", "{count} steps: {names}."},
    PhraseRow{resources, "2.5.3 Middelen", "2.5.3 Resources"},
    PhraseRow{resources_text, "Plekken (fte maal zaken per fte) bij: {names}.",
              "Slots (fte times cases per fte) at: {names}."},
    PhraseRow{queues, "2.5.4 Wachtrijen", "2.5.4 Queues"},
    PhraseRow{queues_text,
              "Een voor elke stap met een grens aan de capaciteit; de volgorde staat bij de stap (`order`).",
              "One for each step with a limit on capacity; its order stands with the step (`order`)."},
    PhraseRow{entry_exit, "2.5.5 In- en uitgangen", "2.5.5 Entry and exit points"},
    PhraseRow{entry_exit_text,
              "Binnen: de stromen onder `arrivals`, en wie terugkeert (`returns`). Eruit: elke route naar `out`.",
              "In: the streams under `arrivals`, and who returns (`returns`). Out: every route to `out`."},
    PhraseRow{data_sources, "3.1 Gegevensbronnen", "3.1 Data sources"},
    PhraseRow{data_sources_text, "Zie ‘{sources}’: per cijfer gemeten, uit een bron, of aangenomen.",
              "See ‘{sources}’: for each figure measured, from a source, or assumed."},
    PhraseRow{pre_processing, "3.2 Bewerking van gegevens", "3.2 Pre-processing"},
    PhraseRow{pre_processing_text,
              "Van een gekalibreerde keten: fit.html en repairs.csv in de map van de kalibratie. Van een andere keten: "
              "geen.",
              "Of a calibrated chain: fit.html and repairs.csv in the folder of the calibration. Of any other: none."},
    PhraseRow{input_parameters, "3.3 Invoer", "3.3 Input parameters"},
    PhraseRow{input_parameters_text, "De scenariobestanden staan in hun geheel onder ‘{provenance}’.",
              "The scenario files stand in full under ‘{provenance}’."},
    PhraseRow{model_assumptions, "3.4 Aannamen", "3.4 Assumptions"},
    PhraseRow{model_assumptions_text, "Zie ‘{assumptions}’.", "See ‘{assumptions}’."},
    PhraseRow{initialisation, "4.1 Begintoestand", "4.1 Initialisation"},
    PhraseRow{warm_up_text, "Aanloop: {days} dagen.", "Warm-up: {days} days."},
    PhraseRow{run_length, "4.2 Looptijd", "4.2 Run length"},
    PhraseRow{run_length_text, "{from} tot en met {until}.", "{from} up to and including {until}."},
    PhraseRow{estimation, "4.3 Schatting", "4.3 Estimation approach"},
    PhraseRow{estimation_text,
              "{replications} replicaties; de spreiding tussen toekomsten (percentielen) staat los van de fout van het "
              "gemiddelde (1,96 standaardfouten); verschillen zijn gepaard, met gedeeld toeval.",
              "{replications} replications; the spread between futures (percentiles) stands apart from the error of "
              "the mean (1.96 standard errors); differences are paired, with shared chance."},
    PhraseRow{software, "5.1 Programmatuur", "5.1 Software"},
    PhraseRow{software_text, "ketensim {version} ({commit}), C++20; deze pagina met Apache ECharts.",
              "ketensim {version} ({commit}), C++20; this page with Apache ECharts."},
    PhraseRow{sampling, "5.2 Toeval", "5.2 Random sampling"},
    PhraseRow{sampling_text,
              "Philox, een generator op tellers (Salmon e.a. 2011): elke trekking hangt af van startgetal ({seed}), "
              "replicatie, zaak, bezoek en doel.",
              "Philox, a counter-based generator (Salmon et al. 2011): each draw depends on the seed ({seed}), "
              "replication, case, visit and purpose."},
    PhraseRow{execution, "5.3 Uitvoering", "5.3 Model execution"},
    PhraseRow{execution_text,
              "Gebeurtenis voor gebeurtenis; replicaties naast elkaar, met op elke machine dezelfde uitkomst.",
              "Event by event; replications in parallel, with the same outcome whatever the number of threads."},
    PhraseRow{system, "5.4 Systeem", "5.4 System specification"},
    PhraseRow{system_text, "Linux (Debian 12); de uitkomst hangt niet af van het aantal processoren.",
              "Linux (Debian 12); the outcome does not depend on the number of processors."},
    PhraseRow{sharing, "6.1 Toegang tot het model", "6.1 Computer model sharing"},
    PhraseRow{sharing_text,
              "Programma onder Apache-2.0; scenariobestanden onder ‘{provenance}’. Leveringen en de stand van de "
              "kinderen blijven bij de regio.",
              "Program under Apache-2.0; scenario files under ‘{provenance}’. Deliveries and the state of children "
              "stay with the region."},
};

}  // namespace

template <>
std::span<const PhraseRow<StudyPhrase>> phrases<StudyPhrase>() {
  return kPhrases;
}

}  // namespace ketensim::report

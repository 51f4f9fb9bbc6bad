#include "tools/report/fit/phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum FitPhrase;

constexpr std::array kPhrases{
    PhraseRow{title, "Kalibratie van de keten", "Calibration of the chain"},
    PhraseRow{trust, "Hoe ver is deze keten te vertrouwen?", "How far can this chain be trusted?"},
    PhraseRow{arrivals, "Instroom", "Arrivals"},
    PhraseRow{attributes, "Kenmerken van gezinnen en kinderen", "Attributes of families and children"},
    PhraseRow{steps, "Per stap", "Per step"},
    PhraseRow{capacity, "Capaciteit en volgorde", "Capacity and order"},
    PhraseRow{returns, "Terugkeer", "Returns"},
    PhraseRow{cleaning, "Wat er is opgeschoond", "What was cleaned"},
    PhraseRow{provenance, "Herkomst", "Provenance"},

    PhraseRow{read_sentence,
              "Gelezen zijn {rows} rijen van {partners} partners, over {from} tot en met {until}. Daaruit komt een "
              "keten van {steps} stappen, waarvan {pools} met een grens aan de capaciteit.",
              "{rows} rows of {partners} partners were read, from {from} up to and including {until}. They make a "
              "chain of {steps} steps, with a limit on capacity at {pools} of them."},
    PhraseRow{no_chain, "Uit deze leveringen is geen keten te maken: {problem}",
              "No chain can be made of these deliveries: {problem}"},
    PhraseRow{touched_sentence,
              "{partner}: het opschonen raakte {share}% van de {rows} rijen, het vaakst om deze reden: {rule}.",
              "{partner}: cleaning touched {share}% of {rows} rows, most often for this reason: {rule}."},
    PhraseRow{untouched_sentence, "{partner}: aan de {rows} rijen hoefde niets te worden opgeschoond.",
              "{partner}: nothing had to be cleaned in its {rows} rows."},
    PhraseRow{little_touched_sentence, "{partner}: het opschonen raakte minder dan {least} van de {rows} rijen.",
              "{partner}: cleaning touched fewer than {least} of its {rows} rows."},
    PhraseRow{gap_sentence,
              "{partner} leverde niets dat is ontvangen van {from} tot en met {until}: er ontbreken naar schatting "
              "{rows} rijen. Schattingen slaan die tijd over.",
              "{partner} delivered nothing that was received from {from} up to and including {until}: an estimated "
              "{rows} rows are missing. Estimates leave that time out."},
    PhraseRow{no_gaps, "In de leveringen zijn geen gaten gevonden.", "No gaps were found in the deliveries."},
    PhraseRow{all_fits_sound, "Alle {all} schattingen passen goed bij de leveringen en rusten op genoeg gevallen.",
              "All {all} fits agree with the deliveries and rest on enough cases."},
    PhraseRow{
        doubtful_fits,
        "Van de {all} schattingen zijn er {doubtful} twijfelachtig, om de redenen hieronder. De andere passen goed bij "
        "de leveringen.",
        "Of {all} fits, {doubtful} are doubtful, for the reasons below. The others agree with the deliveries."},
    PhraseRow{doubtful, "Twijfelachtige schattingen", "Doubtful fits"},
    PhraseRow{doubt_none, "{what}: niet te schatten uit deze leveringen.",
              "{what}: cannot be estimated from these deliveries."},
    PhraseRow{doubt_rejected,
              "{what}: geen enkele vorm past bij de leveringen. De keten gebruikt de waargenomen duren zelf, en "
              "kent dus geen duur die nog niet is voorgekomen.",
              "{what}: no shape agrees with the deliveries. The chain uses the observed durations themselves, and "
              "so knows none that has not occurred yet."},
    PhraseRow{doubt_far, "{what}: de gekozen vorm wijkt tot {points} procentpunt af van de leveringen.",
              "{what}: the shape chosen is up to {points} percentage points off the deliveries."},
    PhraseRow{doubt_few, "{what}: rust op weinig gevallen ({cases}).", "{what}: rests on few cases ({cases})."},
    PhraseRow{doubt_wide, "{what}: het gemiddelde is onzeker, {interval} {unit}.",
              "{what}: the mean is uncertain, {interval} {unit}."},
    PhraseRow{
        doubt_patience,
        "{what}: de meeste wachtenden zijn begonnen of wachten nog. Hoe lang zij hadden gewacht is geëxtrapoleerd.",
        "{what}: most of those who wait start or wait still. How long they would have waited is extrapolated."},
    PhraseRow{doubt_follow_up,
              "{what}: de leveringen zijn te kort om alle terugkeer te zien; een ander aandeel met een andere tijd "
              "past bijna even goed.",
              "{what}: the deliveries are too short to see every return; another share with another delay fits "
              "nearly as well."},
    PhraseRow{doubt_queue, "{what}: er stond op weinig dagen een wachtrij ({days}), dus de caseload is onzeker.",
              "{what}: there was a queue on few days ({days}), so that the caseload is uncertain."},
    PhraseRow{
        doubt_short,
        "{what}: minder dan twee jaar aan dagen; seizoenen, trend en veranderingen zijn niet uit elkaar te houden.",
        "{what}: less than two years of days; seasons, trend and changes cannot be told apart."},
    PhraseRow{change_sentence, "{what}: vanaf {from} veranderde het niveau, met een factor {interval}.",
              "{what}: from {from} on the level changed, by a factor of {interval}."},
    PhraseRow{passing_sentence,
              "{what}: van {from} tot en met {until} was het niveau anders, met een factor {interval}.",
              "{what}: from {from} up to and including {until} the level was different, by a factor of {interval}."},
    PhraseRow{bend_sentence, "{what}: rond {from} veranderde de groei per jaar, met een factor {interval}.",
              "{what}: about {from} the growth per year changed, by a factor of {interval}."},
    PhraseRow{trend_sentence,
              "{what}: verandert met {interval}% per jaar. De keten houdt vast wat op de peildatum geldt.",
              "{what}: changes by {interval}% a year. The chain holds what is so at the snapshot."},
    PhraseRow{changes, "Wat in deze jaren veranderde", "What changed in these years"},
    PhraseRow{remarks, "Opmerkingen van de rekenkern, in het Engels", "Remarks of the calibration itself"},
    PhraseRow{
        privacy_note,
        "Aantallen onder de {least} worden niet getoond en andere zijn afgerond op 5; waar dat nodig is om een "
        "verborgen aantal niet te kunnen terugrekenen, is ook een tweede verborgen (·). Grafieken slaan aantallen "
        "onder de {least} over, en lijnen uit de leveringen tonen geen stap van minder dan {least} gevallen.",
        "Counts under {least} are not shown and others are rounded to 5; where it takes that to keep a hidden count "
        "from being computed, a second one is hidden as well (·). Charts leave out counts under {least}, and curves of "
        "the deliveries show no step of fewer than {least} cases."},
    PhraseRow{exact_note, "Let op: aantallen zijn exact getoond. Deze pagina mag de regio niet uit.",
              "Mind: counts are shown exactly. This page must not leave the region."},
    PhraseRow{interval_note, "Tussen haakjes staat steeds het 95%-interval.",
              "The 95% interval is always in brackets."},

    PhraseRow{figure, "maat", "figure"},
    PhraseRow{value, "waarde", "value"},
    PhraseRow{interval, "95%-interval", "95% interval"},
    PhraseRow{cases, "gevallen", "cases"},
    PhraseRow{families, "gezinnen", "families"},
    PhraseRow{share, "aandeel", "share"},
    PhraseRow{month, "maand", "month"},
    PhraseRow{weekday, "weekdag", "weekday"},
    PhraseRow{observed, "geleverd", "delivered"},
    PhraseRow{fitted, "geschat", "fitted"},
    PhraseRow{data_curve, "leveringen", "deliveries"},
    PhraseRow{days, "dagen", "days"},
    PhraseRow{working_days, "werkdagen", "working days"},
    PhraseRow{per_day, "per dag", "per day"},
    PhraseRow{percent, "%", "%"},
    PhraseRow{factor, "factor", "factor"},
    PhraseRow{from, "van", "from"},
    PhraseRow{until, "tot en met", "until"},
    PhraseRow{lasting, "blijvend", "lasting"},
    PhraseRow{growth_changes, "verandert de groei", "changes the growth"},
    PhraseRow{children, "kinderen", "children"},
    PhraseRow{figures_of, "Cijfers bij de grafiek", "The figures of the chart"},
    PhraseRow{gap, "geen levering", "no delivery"},
    PhraseRow{change, "verandering", "change"},
    PhraseRow{all_cases, "alle gevallen", "all cases"},
    PhraseRow{other_cases, "alle andere", "all others"},
    PhraseRow{class_, "groep", "class"},
    PhraseRow{family, "vorm", "shape"},
    PhraseRow{clock, "klok", "clock"},
    PhraseRow{parameters, "parameters", "parameters"},
    PhraseRow{log_likelihood, "log-likelihood", "log-likelihood"},
    PhraseRow{bic, "BIC", "BIC"},
    PhraseRow{held_out, "buiten de steekproef", "held out"},
    PhraseRow{rolling, "voorspelscore", "forecast score"},
    PhraseRow{chosen, "(gekozen)", "(chosen)"},
    PhraseRow{not_converged, "niet geconvergeerd", "not converged"},
    PhraseRow{mean, "gemiddelde", "mean"},
    PhraseRow{standard_error, "standaardfout", "standard error"},
    PhraseRow{shapes, "vormparameters", "shape parameters"},
    PhraseRow{candidates, "Vormen die zijn geprobeerd", "Shapes that were tried"},
    PhraseRow{models, "Modellen die zijn geprobeerd", "Models that were tried"},

    PhraseRow{arrivals_chart, "Gezinnen per maand bij {step}", "Families per month at {step}"},
    PhraseRow{arrivals_sentence,
              "Tussen {low} en {high} gezinnen per maand; de lijn is de schatting, met {cases} gezinnen in totaal.",
              "Between {low} and {high} families a month; the line is the fit, with {cases} families in all."},
    PhraseRow{too_few_months, "Te weinig gezinnen per maand om te tonen.", "Too few families a month to show."},
    PhraseRow{families_per_month, "gezinnen per maand", "families per month"},
    PhraseRow{rate, "gezinnen per dag, aan het begin van de voorspelling",
              "families per day, at the start of the forecast"},
    PhraseRow{trend, "groei per jaar", "growth per year"},
    PhraseRow{school_holidays, "in schoolvakanties", "in school holidays"},
    PhraseRow{public_holidays, "op nationale feestdagen", "on public holidays"},
    PhraseRow{day_dispersion, "spreiding van dagen boven toeval (standaardafwijking)",
              "spread of days beyond chance (standard deviation)"},
    PhraseRow{month_dispersion, "spreiding van maanden boven toeval (standaardafwijking)",
              "spread of months beyond chance (standard deviation)"},
    PhraseRow{dispersion_p, "kans op zo veel spreiding als alles toeval was",
              "probability of so much spread were all of it chance"},
    PhraseRow{not_in_model, "niet in het model", "not in the model"},
    PhraseRow{factors, "Factoren per maand en weekdag", "Factors by month and weekday"},
    PhraseRow{arrival_figures, "Niveau, trend en spreiding", "Level, trend and spread"},
    PhraseRow{change_table, "Veranderingen en schokken", "Changes and shocks"},
    PhraseRow{sizes, "Kinderen per gezin", "Children per family"},
    PhraseRow{weekdays, "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
              "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"},
    PhraseRow{at_arrival, "bij aankomst", "at arrival"},
    PhraseRow{told_by_members, "naar wie er heen ging", "by whom they went to"},

    PhraseRow{visits_sentence,
              "Ontvangen {received}, begonnen {started}, geëindigd {ended}, uit de wachtrij vertrokken {withdrawn}.",
              "Received {received}, started {started}, ended {ended}, withdrawn from the queue {withdrawn}."},
    PhraseRow{duration_of, "Duur van {step}", "Duration of {step}"},
    PhraseRow{patience_of, "Geduld in de wachtrij van {step}", "Patience in the queue of {step}"},
    PhraseRow{handover_of, "Overdracht van {from} naar {to}", "Hand-over from {from} to {to}"},
    PhraseRow{share_over, "deel dat voorbij is", "share that is over"},
    PhraseRow{duration_sentence,
              "De helft duurt in de leveringen tot {median} {unit} en negen van de tien tot {p90}; volgens de "
              "schatting {fitted_median} en {fitted_p90}. De grootste afstand is {points} procentpunt.",
              "In the deliveries half take up to {median} {unit} and nine in ten up to {p90}; by the fit "
              "{fitted_median} and {fitted_p90}. The largest distance is {points} percentage points."},
    PhraseRow{empirical_sentence,
              "De helft duurt in de leveringen tot {median} {unit} en negen van de tien tot {p90}. De keten "
              "gebruikt de waargenomen duren zelf.",
              "In the deliveries half take up to {median} {unit} and nine in ten up to {p90}. The chain uses the "
              "observed durations themselves."},
    PhraseRow{patience_sentence,
              "Na {longest} {unit} wachten is {share}% uit zichzelf vertrokken of zou dat zijn; volgens de "
              "schatting {fitted}%.",
              "After a wait of {longest} {unit}, {share}% have withdrawn or would have; by the fit {fitted}%."},
    PhraseRow{beyond, "langer dan getoond", "longer than shown"},
    PhraseRow{too_few_cases, "Te weinig gevallen om een lijn te tonen.", "Too few cases to show a curve."},
    PhraseRow{no_fit, "Niet te schatten uit deze leveringen.", "Cannot be estimated from these deliveries."},
    PhraseRow{empirical, "waargenomen duren", "observed durations"},
    PhraseRow{distance_note, "Toets op de vorm: p = {p}; grootste afstand {points} procentpunt.",
              "Test of the shape: p = {p}; largest distance {points} percentage points."},
    PhraseRow{divided_note,
              "De duur hangt af van {attribute}. De lijn van de leveringen gaat over allen samen, en de schatting "
              "ernaast is die van de groepen samen.",
              "The duration depends on {attribute}. The curve of the deliveries is of all together, and the fit "
              "beside it that of the classes together."},
    PhraseRow{
        worsening_note,
        "Wie langer dan {days} dagen wachtte, duurt {interval} maal zo lang. De geschatte lijn geldt voor wie korter "
        "wachtte.",
        "Who waited longer than {days} days takes {interval} times as long. The fitted curve is for who waited less."},
    PhraseRow{trend_note,
              "De duur verandert met {interval}% per jaar. De geschatte lijn geldt voor het midden van de leveringen.",
              "The duration changes by {interval}% a year. The fitted curve is for the middle of the deliveries."},

    PhraseRow{routes_of, "Waarheen na {step}", "Where to after {step}"},
    PhraseRow{route_sentence, "Aandeel van elke uitkomst met het 95%-interval; de meest voorkomende is ‘{target}’.",
              "The share of each outcome with its 95% interval; the most frequent is ‘{target}’."},
    PhraseRow{route_class_sentence, "Aandeel met de uitkomst ‘{target}’, per groep, met het 95%-interval.",
              "The share with the outcome ‘{target}’, by class, with its 95% interval."},
    PhraseRow{outcome, "uitkomst", "outcome"},
    PhraseRow{out, "uit de keten", "out of the chain"},
    PhraseRow{waited_longer, "langer dan {days} dagen gewacht", "waited longer than {days} days"},
    PhraseRow{waited_shorter, "hooguit {days} dagen gewacht", "waited at most {days} days"},
    PhraseRow{single_outcome, "Na {step} is er één uitkomst: ‘{target}’.",
              "After {step} there is one outcome: ‘{target}’."},
    PhraseRow{hidden_class, "Niet getoond, omdat zij te klein zijn: {count} van de {all} groepen.",
              "Not shown, as they are too small: {count} of {all} classes."},
    PhraseRow{no_routes, "De aandelen zijn niet getoond: te weinig gevallen.",
              "The shares are not shown: too few cases."},

    PhraseRow{pool_chart, "{member}", "{member}"},
    PhraseRow{
        pool_sentence,
        "Per maand {low} tot {high} kinderen in behandeling per fte; geschatte grens: {limit}; op {days} dagen een "
        "wachtrij.",
        "Each month {low} to {high} cases in service per fte; estimated limit: {limit}; a queue on {days} days."},
    PhraseRow{
        slots_sentence,
        "Per maand {low} tot {high} kinderen tegelijk in behandeling; geschatte grens: {limit}; op {days} dagen een "
        "wachtrij.",
        "Each month {low} to {high} cases in service at once; estimated limit: {limit}; a queue on {days} days."},
    PhraseRow{no_limit, "geen gevonden", "none found"},
    PhraseRow{per_fte, "kinderen per fte", "cases per fte"},
    PhraseRow{in_service, "kinderen tegelijk", "cases at once"},
    PhraseRow{busy, "bezet", "busy"},
    PhraseRow{limit, "grens", "limit"},
    PhraseRow{queue_days, "dagen met wachtrij", "days with a queue"},
    PhraseRow{as_full, "zo vol als geschat", "as full as estimated"},
    PhraseRow{member, "organisatie", "organisation"},
    PhraseRow{order, "volgorde", "order"},
    PhraseRow{kept, "eraan gehouden", "kept to"},
    PhraseRow{in_turn, "wie het langst wacht eerst", "first received first"},
    PhraseRow{by_receipt, "op ontvangst", "by receipt"},
    PhraseRow{last_first, "wie het laatst is ontvangen eerst", "last received first"},
    PhraseRow{no_order, "geen volgorde gevonden", "no order found"},
    PhraseRow{few_choices, "te weinig starten", "too few starts"},
    PhraseRow{held_until, "De plek blijft bezet tot het eind van {step}.",
              "The slot stays taken until the end of {step}."},
    PhraseRow{small_members, "Niet getoond, omdat er te weinig kinderen tegelijk in behandeling zijn: {members}.",
              "Not shown, as too few cases are in service at once: {members}."},
    PhraseRow{order_note, "Het aandeel is dat van de starten waarbij er iets te kiezen viel.",
              "The share is that of starts at which there was a choice."},
    PhraseRow{no_pools, "In de leveringen is geen capaciteit gevonden.", "No capacity was found in the deliveries."},

    PhraseRow{returns_chart, "Kinderen die terugkomen, naar tijd sinds het vertrek",
              "Children who return, by the time since they left"},
    PhraseRow{share_back, "deel dat terug is", "share that is back"},
    PhraseRow{returns_sentence,
              "Uiteindelijk komt {share}% terug, gemiddeld na {mean} {unit}; de leveringen zijn lang genoeg voor "
              "{follow_up}% van die terugkeer.",
              "In the end {share}% return, after {mean} {unit} on average; the deliveries are long enough for "
              "{follow_up}% of these returns."},
    PhraseRow{return_share, "aandeel dat terugkomt", "share that returns"},
    PhraseRow{return_delay, "tijd tot terugkeer", "delay until the return"},
    PhraseRow{no_returns, "Terugkeer is niet te schatten uit deze leveringen.",
              "Returns cannot be estimated from these deliveries."},

    PhraseRow{rows_touched, "Deel van de rijen dat elke regel raakte", "Share of the rows that each rule touched"},
    PhraseRow{rule, "regel", "rule"},
    PhraseRow{rows_of, "{rows} rijen", "{rows} rows"},
    PhraseRow{under_share, "<{share}%", "<{share}%"},
    PhraseRow{what_rules_find, "Wat de regels vinden, en wat dat kan vertekenen",
              "What the rules find, and what that may bias"},
    PhraseRow{rule_sentence, "{rule}: {finds}. Kan vertekenen: {bias}.", "{rule}: {finds}. May bias: {bias}."},
    PhraseRow{nothing_cleaned, "Er hoefde niets te worden opgeschoond.", "Nothing had to be cleaned."},
    PhraseRow{repairs_note, "Elke herstelde rij staat met regelnummer in repairs.csv.",
              "Each row that was repaired is in repairs.csv, with its line."},

    PhraseRow{made_by, "Gemaakt met ketensim {version}.", "Made with ketensim {version}."},
    PhraseRow{snapshot, "Peildatum {day}; leveringen vanaf {from}.", "Snapshot {day}; deliveries from {from} on."},
    PhraseRow{truncated, "Wie vóór {from} is ontvangen, staat alleen in de leveringen als de zaak toen nog open was.",
              "Who was received before {from} is in the deliveries only if still open then."},
    PhraseRow{options,
              "Startgetal {seed}; {draws} trekkingen van de onzekere parameters; kleinste getoonde aantal {least}.",
              "Seed {seed}; {draws} draws of the uncertain parameters; smallest count shown {least}."},
    PhraseRow{files, "Gelezen bestanden: {files}.", "Files read: {files}."},
    PhraseRow{chain_file, "De keten zelf staat in chain.yaml, met bij elk cijfer waarop het rust.",
              "The chain itself is in chain.yaml, with beside each figure what it rests on."},
};

constexpr std::array kRules{
    RulePhraseRow{"unknown_code", "onbekende code", "een code die niet in de tabel staat",
                  "de cijfers van de organisatie zijn te laag en routes missen deze gevallen"},
    RulePhraseRow{"impossible_date", "onmogelijke datum", "een dag die niet bestaat, of wat geen datum is",
                  "duren, zoals bij een ontbrekende datum"},
    RulePhraseRow{"duplicate", "dubbele rij", "een rij die er woordelijk al staat",
                  "niets, tenzij twee gevallen echt gelijk zijn"},
    RulePhraseRow{"corrected", "gecorrigeerde rij",
                  "een latere rij voor hetzelfde kind, dezelfde organisatie, stap en ontvangst",
                  "niets, tenzij twee gevallen op één dag zijn ontvangen"},
    RulePhraseRow{"placeholder_date", "datum als plaatshouder",
                  "een datum die voor geen datum staat: op de lijst, ongeloofwaardig vroeg, of jaren na de peildatum",
                  "duren, zoals bij een ontbrekende datum"},
    RulePhraseRow{"after_snapshot", "datum na de peildatum", "een datum die na de peildatum ligt",
                  "duren van de laatste gevallen"},
    RulePhraseRow{"start_before_received", "start voor ontvangst", "een start die voor de ontvangst ligt",
                  "wachttijden: de kortste gaan verloren"},
    RulePhraseRow{"day_month_swap", "dag en maand verwisseld",
                  "een start of einde dat te vroeg ligt, maar past als dag en maand worden verwisseld", "weinig"},
    RulePhraseRow{"wrong_year", "verkeerd jaar", "een start of einde dat te vroeg ligt, maar past in een later jaar",
                  "weinig: duren van ongeveer een jaar"},
    RulePhraseRow{"end_before_start", "einde voor start",
                  "een einde voor de start dat op geen of op meer manieren past",
                  "de langste duren: alleen lange stappen passen op meer manieren"},
    RulePhraseRow{"missing_start", "start ontbreekt", "een einde zonder start, van wie niet uit de wachtrij vertrok",
                  "wachttijden en duren, als starten niet toevallig ontbreken"},
    RulePhraseRow{"no_received", "ontvangst ontbreekt", "een rij zonder ontvangst en zonder start",
                  "de instroom is te laag"},
    RulePhraseRow{"overlapping_steps", "twee keer tegelijk",
                  "een kind dat twee keer tegelijk bij dezelfde stap van dezelfde organisatie staat",
                  "instroom en wachtrijen zijn te hoog, als één melding twee keer is ingevoerd"},
};

constexpr std::array kFamilies{
    FamilyPhraseRow{"exponential", "exponentieel", "exponential"},
    FamilyPhraseRow{"gamma", "gamma", "gamma"},
    FamilyPhraseRow{"lognormal", "lognormaal", "lognormal"},
    FamilyPhraseRow{"weibull", "Weibull", "Weibull"},
    FamilyPhraseRow{"generalised_gamma", "gegeneraliseerde gamma", "generalised gamma"},
    FamilyPhraseRow{"two_exponentials", "twee soorten, elk exponentieel", "two kinds, each exponential"},
    FamilyPhraseRow{"two_lognormals", "twee soorten, elk lognormaal", "two kinds, each lognormal"},
    FamilyPhraseRow{"two_gammas", "twee soorten, elk gamma", "two kinds, each gamma"},
    FamilyPhraseRow{"hyper_erlang", "twee soorten, elk Erlang", "two kinds, each Erlang"},
    FamilyPhraseRow{"empirical", "waargenomen duren", "observed durations"},
};

constexpr std::array kShapes{
    FamilyPhraseRow{"weight", "gewicht", "weight"},
    FamilyPhraseRow{"ratio of means", "verhouding van gemiddelden", "ratio of means"},
    FamilyPhraseRow{"shape", "vorm", "shape"},
    FamilyPhraseRow{"spread", "spreiding", "spread"},
    FamilyPhraseRow{"phases", "fasen", "phases"},
};

}  // namespace

template <>
std::span<const PhraseRow<FitPhrase>> phrases<FitPhrase>() {
  return kPhrases;
}

std::span<const RulePhraseRow> dutch_rules() { return kRules; }

std::span<const FamilyPhraseRow> family_phrases() { return kFamilies; }

std::span<const FamilyPhraseRow> shape_phrases() { return kShapes; }

}  // namespace ketensim::report

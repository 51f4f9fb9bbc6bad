#include "tools/report/study/past_phrases.hpp"

#include <array>

namespace ketensim::report {
namespace {

using enum PastPhrase;

constexpr std::array kPhrases{
    PhraseRow{earlier, "Hoe goed eerdere voorspellingen waren", "How good earlier forecasts were"},
    PhraseRow{earlier_note,
              "Vanaf het eind van eerdere kwartalen is voorspeld met wat toen bekend was, en dat is gelegd naast wat "
              "er kwam. De bezetting was daarbij die van achteraf: beoordeeld wordt de voorspelling van de kinderen, "
              "niet die van het personeel.",
              "From the ends of earlier quarters forecasts were made of what was known then, and laid beside what "
              "came. The staff was that which came: what is judged is the forecast of the children, not of the "
              "staff."},
    PhraseRow{earlier_sentence,
              "Een tot vier kwartalen vooruit zat de voorspelling van alle wachtlijsten samen er gemiddeld {off}% "
              "naast; van wat er kwam lag {inside}% binnen de band die 90% hoort te bevatten.",
              "One to four quarters ahead the forecast of all queues together was off by {off}% on average; of what "
              "came {inside}% lay within the band that should hold 90%."},
    PhraseRow{earlier_better,
              "De fout was {gain}% kleiner dan die van aannemen dat alles blijft zoals het is, of wordt zoals een "
              "jaar eerder.",
              "The error was {gain}% smaller than that of taking it that all stays as it is, or becomes as it was a "
              "year before."},
    PhraseRow{earlier_no_better,
              "Let op: dat is niet beter dan aannemen dat alles blijft zoals het is, of wordt zoals een jaar eerder.",
              "Mind: that is no better than taking it that all stays as it is, or becomes as it was a year before."},
    PhraseRow{not_backtested,
              "Niet bekend: naast deze gekalibreerde keten lag geen toets op het verleden (`ketensim backtest`).",
              "Not known: no backtest lay beside this calibrated chain (`ketensim backtest`)."},
    PhraseRow{scored_figure, "cijfer", "figure"},
    PhraseRow{queue_at_end, "wachtend", "waiting"},
    PhraseRow{mean_wait, "wachttijd", "wait"},
    PhraseRow{off_by, "ernaast, %", "off by, %"},
    PhraseRow{quarter_ahead, "1 kwartaal vooruit", "1 quarter ahead"},
    PhraseRow{quarters_ahead, "{quarters} kwartalen vooruit", "{quarters} quarters ahead"},
    PhraseRow{within_band, "binnen de 90%-band", "within the 90% band"},
    PhraseRow{less_off, "minder ernaast dan ‘zoals nu’", "less off than ‘as now’"},
    PhraseRow{judgement, "oordeel", "judgement"},
    PhraseRow{no_better, "niet beter dan ‘zoals nu’", "no better than ‘as now’"},
    PhraseRow{earlier_table_note,
              "Ernaast: som van de afwijkingen van de middelste voorspelling, als deel van de som van wat er kwam. "
              "Minder ernaast: 1 min de fout (CRPS) gedeeld door die van de beste van twee eenvoudige "
              "voorspellingen: alles blijft zoals het is, of wordt zoals in dezelfde maand een jaar eerder; nul of "
              "minder is niet beter. Band en oordeel gaan over {horizon}.",
              "Off by: sum of the deviations of the middle forecast, as a share of the sum of what came. Less off: 1 "
              "minus the error (CRPS) over that of the better of two simple forecasts: all stays as it is, or "
              "becomes as in the same month a year before; zero or less is no better. Band and judgement are of "
              "{horizon}."},
    PhraseRow{near_horizon, "een tot vier kwartalen vooruit", "one to four quarters ahead"},
    PhraseRow{whole_horizon, "alle kwartalen vooruit", "all quarters ahead"},
    PhraseRow{all_queues, "Alle wachtlijsten samen", "All queues together"},
    PhraseRow{no_scores, "Van geen van de wachtlijsten in dit rapport is een eerdere voorspelling getoetst.",
              "Of none of the queues in this report has an earlier forecast been scored."},
    PhraseRow{doubt_here,
              "Let op, {figure}: eerdere voorspellingen waren hier niet beter dan aannemen dat alles blijft zoals het "
              "is.",
              "Mind, {figure}: earlier forecasts were no better here than taking it that all stays as it is."},
    PhraseRow{doubt_at_members,
              "Let op, {figure}: eerdere voorspellingen waren bij {members} niet beter dan aannemen dat alles blijft "
              "zoals het is.",
              "Mind, {figure}: earlier forecasts were no better than taking it that all stays as it is at "
              "{members}."},
    PhraseRow{doubt_of_members,
              "Let op, {figure}: eerdere voorspellingen waren bij {count} van de leden niet beter dan aannemen dat "
              "alles blijft zoals het is.",
              "Mind, {figure}: earlier forecasts were no better than taking it that all stays as it is at {count} "
              "of the members."},
    PhraseRow{doubts_in_all,
              "Let op: van wat hieronder staat waren eerdere voorspellingen van {places} niet beter dan aannemen dat "
              "alles blijft zoals het is.",
              "Mind: of what follows, earlier forecasts of {places} were no better than taking it that all stays as "
              "it is."},
    PhraseRow{and_last, " en ", " and "},

    PhraseRow{quality, "Hoe goed de gegevens zijn", "How good the data are"},
    PhraseRow{quality_note,
              "Rijen waarin een opschoonregel iets veranderde, wegliet of aanmerkte. Elke regel staat met wat hij kan "
              "vertekenen in fit.html van de kalibratie; aantallen zijn afgerond op 5.",
              "Rows in which a cleaning rule changed, left out or noted something. Each rule stands in the fit.html of "
              "the calibration with what it may bias; numbers are rounded to 5."},
    PhraseRow{quality_unknown, "Niet bekend: naast de beginstand lag geen quality.csv van `ketensim calibrate`.",
              "Not known: no quality.csv of `ketensim calibrate` lay beside the state it begins with."},
    PhraseRow{partner, "partner", "partner"},
    PhraseRow{rows_delivered, "geleverde rijen", "rows delivered"},
    PhraseRow{rows_touched_share, "bewerkt of aangemerkt, %", "touched, %"},
    PhraseRow{most_by, "vooral door", "most by"},
    PhraseRow{too_few, "te weinig om te noemen", "too few to be told"},
    PhraseRow{nothing_touched, "niets", "nothing"},
    PhraseRow{gap_sentence,
              "{partner} leverde niets dat is ontvangen van {from} tot en met {until}. Schattingen slaan die tijd "
              "over, en de grafieken tonen er geen geleverde cijfers.",
              "{partner} delivered nothing that was received from {from} up to and including {until}. Estimates "
              "leave that time out, and charts show no delivered figures of it."},
    PhraseRow{gap_of_step_sentence,
              "{partner} leverde bij {step} niets dat is ontvangen van {from} tot en met {until}. Schattingen slaan "
              "die tijd over, en de grafieken tonen er geen geleverde cijfers.",
              "{partner} delivered nothing of {step} that was received from {from} up to and including {until}. "
              "Estimates leave that time out, and charts show no delivered figures of it."},
    PhraseRow{no_gaps, "In de leveringen zijn geen gaten gevonden.", "No gaps were found in the deliveries."},
};

}  // namespace

template <>
std::span<const PhraseRow<PastPhrase>> phrases<PastPhrase>() {
  return kPhrases;
}

}  // namespace ketensim::report

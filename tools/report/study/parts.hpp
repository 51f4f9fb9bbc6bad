#pragma once

#include "tools/report/study/view.hpp"

namespace ketensim::report {

/// The parts of the report on a study, in their order.
void put_answer(Page& page, const StudyView& view);
void put_changes(Page& page, const StudyView& view);
void put_waiting(Page& page, const StudyView& view);
void put_waves(Page& page, const StudyView& view);
void put_routes(Page& page, const StudyView& view);
void put_effects(Page& page, const StudyView& view);
void put_signals(Page& page, const StudyView& view);
void put_totals(Page& page, const StudyView& view);
void put_members(Page& page, const StudyView& view);
void put_earlier(Page& page, const StudyView& view);
void put_quality(Page& page, const StudyView& view);
void put_scenarios(Page& page, const StudyView& view);
void put_assumptions(Page& page, const StudyView& view);
void put_provenance(Page& page, const StudyView& view);
void put_checklist(Page& page, const StudyView& view);

/// What of a step's figures was forecast before no better than naively; and of all steps together.
void put_doubts(Page& page, const StudyView& view, const Place& place);
void put_doubts_in_short(Page& page, const StudyView& view);

/// Whether, and with what, scenarios begin and draw: what `put_assumptions` and the checklist say of it.
std::vector<std::string> conditions_of(const StudyView& view, std::size_t scenario);

}  // namespace ketensim::report

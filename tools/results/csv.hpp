#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ketensim/layers.hpp"
#include "tools/results/study.hpp"

namespace ketensim {

/// The shortest text that reads back as the same number; empty if undefined, and never `-0`.
std::string csv_number(double value);

/// A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line break.
std::string csv_field(std::string_view text);

/// indicators.csv: every figure over the periods of the report. A scenario given twice is written once.
std::string indicators_csv(const Study& study);

/// effects.csv: alternative - baseline, over the periods of the report, quarters and the whole.
std::string effects_csv(const Study& study);

/// early_warning.csv: the probability of trouble at each step, period by period; empty where nothing is warned of.
std::string early_warning_csv(const Study& study);

/// flows.csv: how many cases went each way over the whole report; members of a group apart, and then together.
std::string flows_csv(const Study& study);

/// layers.csv: what each layer of uncertainty brings to the spread of each figure, over the periods of the report.
std::string layers_csv(const std::vector<LayeredResults>& all);

/// cases.csv: the case log of all scenarios, with columns that not all of them have left empty elsewhere.
std::string cases_csv(const Study& study);

}  // namespace ketensim

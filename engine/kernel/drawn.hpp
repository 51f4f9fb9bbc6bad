#pragma once

#include <cstddef>
#include <string>

#include "ketensim/scenario.hpp"

namespace ketensim {

/// The scenario as it is under one of its draws: on `*drawn[draw]`, without draws and without the text of its files.
Scenario under_draw(const Scenario& scenario, std::size_t draw);

/// The first name in which a drawn chain is another chain, and not the same one with other figures; empty: none.
/// Distributions are of the same kind, with the same parameters.
std::string difference_in_names(const Chain& chain, const Chain& drawn);

}  // namespace ketensim

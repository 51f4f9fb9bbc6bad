#pragma once

#include "scenarios/loader/form.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// Lays `overlay` over `base`: maps merge by key (new keys come last), `~` removes a key, lists are replaced but for
/// interventions, which are appended. Where the overlay names a distribution, it replaces the whole one; where it gives
/// one of several alternatives (`slots` or `fte`), the others go.
void lay_over(Node& base, Node overlay, const Form& form);

}  // namespace ketensim::loader

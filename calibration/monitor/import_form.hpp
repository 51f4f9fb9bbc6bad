#pragma once

#include "scenarios/loader/form.hpp"
#include "scenarios/loader/source.hpp"

namespace ketensim::monitor {

inline constexpr loader::FileKind kImportFile{"import file", "an import file", "an import file", "ketensim-import/1"};

/// The one description of import files: loader, JSON Schema and IMPORT.md come from it.
const loader::Form& import_form();

}  // namespace ketensim::monitor

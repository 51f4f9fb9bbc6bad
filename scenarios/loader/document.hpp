#pragma once

#include <optional>
#include <string>

#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// Reads YAML into nodes that know their place. Reports duplicate keys, merge keys and foreign tags; aliases are
/// expanded up to a limit. Nothing if the text is no YAML, or has more or deeper values than any scenario needs.
std::optional<Node> parse_document(const std::string& text, int file, Diagnostics& diagnostics);

}  // namespace ketensim::loader

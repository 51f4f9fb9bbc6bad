#pragma once

#include <optional>
#include <string>

#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/node.hpp"
#include "scenarios/loader/source.hpp"

namespace ketensim::loader {

/// Reads YAML into nodes that know their place. Reports duplicate keys, merge keys and foreign tags; aliases are
/// expanded up to a limit. Nothing if the text is no YAML, or has more or deeper values than any scenario needs.
std::optional<Node> parse_document(const std::string& text, int file, const FileKind& kind, Diagnostics& diagnostics);

/// Whether the document names the format of its kind. Of another version nothing more can be said; where none is
/// named, that is reported and the document is taken for one of this kind.
bool check_format(Node& document, int file, const FileKind& kind, Diagnostics& diagnostics);

}  // namespace ketensim::loader

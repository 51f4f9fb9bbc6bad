#pragma once

#include <cstdio>
#include <string>

namespace ketensim::cli {

/// Results for the standard output; whether they arrived is checked once, when the command ends.
inline void show(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace ketensim::cli

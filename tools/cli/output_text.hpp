#pragma once

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tools/report/text.hpp"

namespace ketensim::cli {

/// Results for the standard output; whether they arrived is checked once, when the command ends.
inline void show(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

/// The terminal that results go to: as wide as it is, in colours unless NO_COLOR (no-color.org) is set. What is piped
/// or written to a file is the same everywhere.
inline report::Screen screen() {
  report::Screen screen;
  if (::isatty(STDOUT_FILENO) != 1) return screen;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) screen.columns = size.ws_col;
  const char* const no_colour = std::getenv("NO_COLOR");
  screen.colours = no_colour == nullptr || *no_colour == '\0';
  return screen;
}

}  // namespace ketensim::cli

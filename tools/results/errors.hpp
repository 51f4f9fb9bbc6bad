#pragma once

#include <stdexcept>

namespace ketensim {

/// Something could not be read or written: exit status 3.
struct IoError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was given is wrong, and the message says how to mend it: exit status 2.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace ketensim

#pragma once

#include <string>
#include <vector>

namespace ketensim::cli {

/// How a command ended that was run as if it was typed.
struct Finished {
  int status = 0;                     // exit status; -1: a signal ended it
  std::string how;                    // `exit status 2`, `signal 9 (Killed)`
  std::string tables;                 // its standard output
  std::vector<std::string> messages;  // the lines of its messages; of a line that shows progress none is left

  bool ok() const { return status == 0; }
};

/// Runs this program with the words that follow its name, in a process of its own: what goes wrong there is told here.
/// Its messages are passed on as they come if `shown`, with its progress where ours are read on a terminal. It ends
/// when we do. Throws IoError where no process can be made.
Finished run_command(const std::vector<std::string>& words, bool shown);

}  // namespace ketensim::cli

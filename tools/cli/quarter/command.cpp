#include "tools/cli/quarter/command.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <string_view>

#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

constexpr const char* kThisProgram = "/proc/self/exe";
constexpr int kNoProgram = 127;  // exit status where it cannot be run
constexpr std::string_view kEraseLine = "\033[K";

[[noreturn]] void fail(const char* what) { throw IoError(fmt::format("cannot {}: {}", what, std::strerror(errno))); }

/// Two ends of a way for bytes: what is written to one is read from the other.
struct Channel {
  int read = -1, write = -1;

  ~Channel() {
    close_end(read);
    close_end(write);
  }
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  void open(bool terminal) {
    std::array<int, 2> ends{};
    const int failed = terminal ? ::openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr) : ::pipe(ends.data());
    if (failed != 0) fail("read what a stage tells");
    read = ends[0];
    write = ends[1];
  }
};

[[noreturn]] void become(const std::vector<char*>& words, const Channel& out, const Channel& err, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNoProgram);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(err.write, STDERR_FILENO);
  for (const int end : {out.read, out.write, err.read, err.write}) ::close(end);
  ::execv(kThisProgram, words.data());
  ::_exit(kNoProgram);
}

void show_message(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

/// Reads both to their ends.
void read_all(Channel& out, Channel& err, std::string& tables, std::string& messages, bool shown) {
  std::array<pollfd, 2> ends{{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
  std::array<char, 4096> piece;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) fail("read what a stage tells");
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const ssize_t count = ::read(ends[i].fd, piece.data(), piece.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {  // of a terminal that nobody writes to any more it is an error
        ends[i].fd = -1;
        continue;
      }
      const std::string_view told(piece.data(), static_cast<std::size_t>(count));
      (i == 0 ? tables : messages) += told;
      if (i == 1 && shown) show_message(told);
    }
  }
}

std::vector<std::string> lines_of(const std::string& messages) {
  std::vector<std::string> lines;
  std::istringstream text(messages);
  for (std::string line; std::getline(text, line);) {
    if (const std::size_t erased = line.rfind(kEraseLine); erased != std::string::npos)
      line.erase(0, erased + kEraseLine.size());
    std::erase(line, '\r');
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Finished run_command(const std::vector<std::string>& words, bool shown) {
  std::string name = "ketensim";
  std::vector<std::string> typed = words;
  std::vector<char*> arguments{name.data()};
  for (std::string& word : typed) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  Channel out, err;
  out.open(false);
  err.open(shown && ::isatty(STDERR_FILENO) == 1);
  std::fflush(nullptr);
  const pid_t parent = ::getpid(), child = ::fork();
  if (child < 0) fail("start a stage");
  if (child == 0) become(arguments, out, err, parent);
  Channel::close_end(out.write);
  Channel::close_end(err.write);

  Finished finished;
  std::string messages;
  read_all(out, err, finished.tables, messages, shown);
  finished.messages = lines_of(messages);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) fail("wait for a stage");
  if (WIFEXITED(status)) {
    finished.status = WEXITSTATUS(status);
    finished.how = fmt::format("exit status {}", finished.status);
  } else {
    finished.status = -1;
    finished.how = fmt::format("signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  }
  return finished;
}

}  // namespace ketensim::cli

#include "tools/cli/quarter/log.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw IoError(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
}

}  // namespace

QuarterLog::QuarterLog(const std::filesystem::path& file)
    : file_(file), descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) fail(file_);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const bool taken = errno == EWOULDBLOCK;
  ::close(descriptor_);
  if (!taken) fail(file_);
  throw InputError(fmt::format("quarter: another run is at work in {}", file_.parent_path().string()));
}

QuarterLog::~QuarterLog() { ::close(descriptor_); }

void QuarterLog::put(std::string_view stage, std::string_view what, std::string_view text) {
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  std::string line = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}\t{}\t{}\t{}", now, stage, what, text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line += '\n';
  for (std::string_view left = line; !left.empty();) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file_);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace ketensim::cli

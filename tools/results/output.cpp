#include "tools/results/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(std::string_view what, const fs::path& path, int error) {
  throw IoError(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(error)));
}

/// A file descriptor that is closed at the latest when it goes out of scope.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (number_ < 0) fail("write", path_, errno);
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(number_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("write", path_, errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() {
    if (::fsync(number_) != 0) fail("write", path_, errno);
  }
  void close() {
    if (::close(std::exchange(number_, -1)) != 0) fail("write", path_, errno);
  }

 private:
  fs::path path_;
  int number_;
};

}  // namespace

OutputFolder::OutputFolder(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail("create folder", folder_, error.value());
  if (!fs::is_directory(folder_, error)) fail("create folder", folder_, ENOTDIR);
  // Root may write where access() would not say so, hence the question to the system itself.
  if (::access(folder_.c_str(), W_OK | X_OK) != 0) fail("write in folder", folder_, errno);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  for (const Pending& file : pending_) fs::remove(file.temporary, ignored);
}

/// The temporary path of a file to add, where nothing stands.
fs::path OutputFolder::new_file(const std::string& name) {
  const fs::path target = folder_ / name;
  const fs::path temporary = folder_ / fmt::format(".{}.{}.tmp", name, ::getpid());
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) fail("write", target, EISDIR);
  fs::remove(temporary, ignored);  // left by a process of the same number that was killed
  pending_.push_back({temporary, target});
  return temporary;
}

void OutputFolder::add(const std::string& name, std::string_view content) {
  Descriptor file(new_file(name), O_WRONLY | O_CREAT | O_EXCL);
  file.write(content);
  file.sync();
  file.close();
}

void OutputFolder::add(const std::string& name, const std::function<void(const fs::path&)>& write) {
  const fs::path temporary = new_file(name);
  write(temporary);
  Descriptor file(temporary, O_RDONLY);
  file.sync();
  file.close();
}

void OutputFolder::commit(const std::vector<std::string>& outdated) {
  while (!pending_.empty()) {
    const Pending& file = pending_.front();
    if (::rename(file.temporary.c_str(), file.target.c_str()) != 0) fail("write", file.target, errno);
    pending_.erase(pending_.begin());
  }
  for (const std::string& name : outdated) {
    const fs::path path = folder_ / name;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("remove outdated", path, errno);
  }
  Descriptor folder(folder_, O_RDONLY | O_DIRECTORY);
  folder.sync();
  folder.close();
}

}  // namespace ketensim

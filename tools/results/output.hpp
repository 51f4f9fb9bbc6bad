#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ketensim {

/// The files of one command in one folder. Each is first written beside its target and takes its place only when all
/// are safely on disk, so that a reader never sees half a file and a failure leaves what was there before.
class OutputFolder {
 public:
  /// Creates the folder where needed. Throws IoError, so that a long simulation does not find out at its end.
  explicit OutputFolder(std::filesystem::path folder);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  const std::filesystem::path& path() const { return folder_; }

  /// Writes a file under a temporary name. Throws IoError.
  void add(const std::string& name, std::string_view content);

  /// The same for a file that `write` fills, which is given its temporary path.
  void add(const std::string& name, const std::function<void(const std::filesystem::path&)>& write);

  /// Puts every file added in its place, and removes `outdated` ones: files of an earlier command that would
  /// contradict the new ones. Throws IoError.
  void commit(const std::vector<std::string>& outdated = {});

 private:
  struct Pending {
    std::filesystem::path temporary, target;
  };
  std::filesystem::path new_file(const std::string& name);

  std::filesystem::path folder_;
  std::vector<Pending> pending_;
};

}  // namespace ketensim

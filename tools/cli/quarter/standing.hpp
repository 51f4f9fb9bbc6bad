#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ketensim::cli {

/// Something by its name and the fingerprint by which it is known again.
struct Ground {
  std::string name, fingerprint;
  bool operator==(const Ground&) const = default;
};

/// Fingerprint of a file as it now is; empty where it cannot be read.
std::string fingerprint_of(const std::filesystem::path& file);
Ground ground_of(const std::filesystem::path& file);

/// The files that now stand in a folder of results, by name; hidden ones and folders left out.
std::vector<Ground> made_in(const std::filesystem::path& folder);

/// `stages.csv`: of each stage that was done, what it stood on and what it made.
class Standing {
 public:
  /// Of a quarter's folder: what is recorded there, or nothing.
  explicit Standing(std::filesystem::path folder);

  /// Why a stage is to be done (again), in words: it was not done before, what it stands on has changed, or what it
  /// made is not as it left it. Empty: it stands. `out`: where it writes.
  std::string doubt(const std::string& stage, const std::vector<Ground>& grounds,
                    const std::filesystem::path& out) const;

  /// Records that a stage was done, and writes it down. Throws IoError.
  void done(const std::string& stage, std::vector<Ground> grounds, const std::filesystem::path& out);

 private:
  struct Done {
    std::vector<Ground> grounds, made;
  };
  std::filesystem::path folder_;
  std::map<std::string, Done> stages_;
};

}  // namespace ketensim::cli

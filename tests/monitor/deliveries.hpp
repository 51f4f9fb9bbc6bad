#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::tests {

/// A folder of a test's own, gone when the test is over.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, const std::string& text) const;
  std::filesystem::path put_packed(const std::string& name, const std::string& text) const;  // with gzip

 private:
  std::filesystem::path path_;
};

std::string content(const std::filesystem::path& file);

/// The import file of a desk that delivers `desk.csv` (child;step;came;began;left;result), with what is given laid into
/// its `deliveries` entry and at its top.
std::string desk(const std::string& in_delivery = "", const std::string& at_top = "");

using Files = std::vector<std::pair<std::string, std::string>>;

/// Reads `files` by the import file `import`.
MonitorRead read(const std::string& import, const Files& files);
/// Reads one desk.csv under its header.
MonitorRead read_desk(const std::string& rows, const std::string& in_delivery = "", const std::string& at_top = "");

inline const std::string kDeskHeader = "child;step;came;began;left;result\n";

/// All diagnostics, one a line, with the folder left out.
std::string said(const MonitorRead& read);
/// The ledger without its header.
std::string ledger(const MonitorRead& read);

/// The day of an ISO date, as moments count.
double day(const std::string& iso);
Moment on(const std::string& iso);  // known by the day

}  // namespace ketensim::tests

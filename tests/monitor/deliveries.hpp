#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/monitor.hpp"
#include "tests/support/folder.hpp"

namespace ketensim::tests {

struct Folder : support::Folder {
  std::filesystem::path put_packed(const std::string& name, const std::string& text) const;  // with gzip
};

using support::content;

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

#include "tests/monitor/deliveries.hpp"

#include <zlib.h>

#include <stdexcept>

namespace ketensim::tests {

namespace fs = std::filesystem;

fs::path Folder::put_packed(const std::string& name, const std::string& text) const {
  gzFile file = gzopen((path() / name).c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path() / name;
}

std::string desk(const std::string& in_delivery, const std::string& at_top) {
  return "format: ketensim-import/1\n"
         "from: 2020-01-01\nsnapshot: 2020-12-31\nlimit: 100%\norganisations: {D: {name: Desk}}\n" +
         at_top +
         "\ndeliveries:\n  - file: desk.csv\n    separator: \";\"\n    organisation: D\n    steps: {a: a, b: b, c: c}\n"
         "    columns: {child: child, step: step, received: came, started: began, ended: left, outcome: result}\n"
         "    outcomes: {a: {on: D.b, off: out, tired: {to: out, withdrawn: true}}, b: {on: D.c, off: out}, "
         "c: {off: out}}\n" +
         in_delivery + "\n";
}

MonitorRead read(const std::string& import, const Files& files) {
  const Folder folder;
  const LoadedImport loaded = load_import(folder.put("import.yaml", import));
  if (!loaded.ok()) {
    MonitorRead failed;
    failed.diagnostics = loaded.diagnostics;
    return failed;
  }
  fs::create_directory(folder.path() / "data");
  for (const auto& [name, text] : files)
    name.ends_with(".gz") ? folder.put_packed("data/" + name, text) : folder.put("data/" + name, text);
  MonitorRead done = read_monitor(loaded.plan, folder.path() / "data");
  for (Diagnostic& diagnostic : done.diagnostics) diagnostic.file = fs::path(diagnostic.file).filename().string();
  return done;
}

MonitorRead read_desk(const std::string& rows, const std::string& in_delivery, const std::string& at_top) {
  return read(desk(in_delivery, at_top), {{"desk.csv", kDeskHeader + rows}});
}

std::string said(const MonitorRead& read) {
  std::string text;
  for (const Diagnostic& diagnostic : read.diagnostics) text += diagnostic.text() + "\n";
  return text;
}

std::string ledger(const MonitorRead& read) {
  const std::string text = repairs_csv(read.monitor);
  return text.substr(text.find('\n') + 1);
}

double day(const std::string& iso) {
  const std::chrono::year_month_day date{std::chrono::year(std::stoi(iso.substr(0, 4))),
                                         std::chrono::month(static_cast<unsigned>(std::stoi(iso.substr(5, 2)))),
                                         std::chrono::day(static_cast<unsigned>(std::stoi(iso.substr(8, 2))))};
  return static_cast<double>(Date(date).time_since_epoch().count());
}

Moment on(const std::string& iso) { return {day(iso), day(iso) + 1}; }

}  // namespace ketensim::tests

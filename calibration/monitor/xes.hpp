#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calibration/monitor/text_file.hpp"

namespace ketensim::monitor {

/// Reads the events of an XES log (IEEE 1849) one by one in bounded memory, as rows of the attributes asked for: those
/// of the event by their key, those of its trace with `case:` before. Throws BadFile.
class XesReader {
 public:
  XesReader(const std::filesystem::path& file, const std::vector<std::string>& wanted);
  ~XesReader();
  XesReader(const XesReader&) = delete;
  XesReader& operator=(const XesReader&) = delete;

  bool next();
  std::span<const std::string_view> values() const { return values_; }
  int line() const { return line_; }
  /// Whether any event so far had the n-th attribute.
  bool seen(std::size_t n) const { return seen_[n]; }

 private:
  struct Event {
    int line = 0;
    std::vector<std::string> values;
  };
  static void on_begin(void* reader, const char* name, const char** attributes);
  static void on_end(void* reader, const char* name);
  void begin(std::string_view name, const char** attributes);
  void end();
  void take_attribute(const char** attributes);
  void add_event();
  void feed();

  ByteFile file_;
  void* parser_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> wanted_;  // key to positions
  std::vector<bool> seen_;
  std::deque<Event> events_;  // parsed, and not taken yet; the first was taken last
  bool taken_ = false;
  std::vector<std::string> trace_, event_;  // by position
  std::vector<std::string_view> values_;
  std::vector<char> piece_;
  int line_ = 0, event_line_ = 0;
  int depth_ = 0, trace_depth_ = 0, event_depth_ = 0;
  std::string root_;
  bool whole_ = false;
};

}  // namespace ketensim::monitor

#include "calibration/monitor/xes.hpp"

#include <expat.h>
#include <fmt/core.h>

#include <algorithm>
#include <new>

namespace ketensim::monitor {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kLongestValue = 1 << 20;
constexpr int kDeepest = 200;

XML_Parser parser_of(void* parser) { return static_cast<XML_Parser>(parser); }

}  // namespace

XesReader::XesReader(const std::filesystem::path& file, const std::vector<std::string>& wanted)
    : file_(file),
      parser_(XML_ParserCreate(nullptr)),
      seen_(wanted.size()),
      trace_(wanted.size()),
      event_(wanted.size()),
      piece_(kPiece) {
  if (!parser_) throw std::bad_alloc();
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!wanted[i].empty()) wanted_[wanted[i]].push_back(i);
  XML_SetUserData(parser_of(parser_), this);
  XML_SetElementHandler(parser_of(parser_), on_begin, on_end);
}

XesReader::~XesReader() { XML_ParserFree(parser_of(parser_)); }

void XesReader::on_begin(void* reader, const char* name, const char** attributes) {
  static_cast<XesReader*>(reader)->begin(name, attributes);
}

void XesReader::on_end(void* reader, const char*) { static_cast<XesReader*>(reader)->end(); }

void XesReader::begin(std::string_view name, const char** attributes) {
  if (++depth_ == 1) root_ = name;
  if (depth_ > kDeepest) {
    XML_StopParser(parser_of(parser_), XML_FALSE);
  } else if (depth_ == 2 && name == "trace") {
    trace_depth_ = depth_;
    for (std::string& value : trace_) value.clear();
  } else if (depth_ == trace_depth_ + 1 && trace_depth_ > 0 && name == "event") {
    event_depth_ = depth_;
    event_line_ = static_cast<int>(XML_GetCurrentLineNumber(parser_of(parser_)));
    for (std::string& value : event_) value.clear();
  } else if (event_depth_ > 0 ? depth_ == event_depth_ + 1 : trace_depth_ > 0 && depth_ == trace_depth_ + 1) {
    take_attribute(attributes);  // an attribute of an attribute lies deeper
  }
}

void XesReader::end() {
  if (depth_ == event_depth_) {
    add_event();
    event_depth_ = 0;
  } else if (depth_ == trace_depth_) {
    trace_depth_ = 0;
  }
  --depth_;
}

void XesReader::take_attribute(const char** attributes) {
  std::string key;
  std::string_view value;
  for (; *attributes; attributes += 2) {
    if (std::string_view(attributes[0]) == "key") key = attributes[1];
    if (std::string_view(attributes[0]) == "value") value = attributes[1];
  }
  if (event_depth_ == 0) key.insert(0, "case:");
  const auto found = wanted_.find(key);
  if (found == wanted_.end()) return;
  for (const std::size_t position : found->second) {
    seen_[position] = true;
    (event_depth_ == 0 ? trace_ : event_)[position] = value.substr(0, kLongestValue);
  }
}

void XesReader::add_event() {
  Event event{event_line_, event_};
  for (std::size_t i = 0; i < event.values.size(); ++i)
    if (event.values[i].empty()) event.values[i] = trace_[i];
  events_.push_back(std::move(event));
}

void XesReader::feed() {
  const std::size_t count = file_.read(piece_.data(), piece_.size());
  whole_ = count == 0;
  if (XML_Parse(parser_of(parser_), piece_.data(), static_cast<int>(count), whole_) == XML_STATUS_OK) return;
  const XML_Error code = XML_GetErrorCode(parser_of(parser_));
  const int line = static_cast<int>(XML_GetCurrentLineNumber(parser_of(parser_)));
  const int column = static_cast<int>(XML_GetCurrentColumnNumber(parser_of(parser_))) + 1;
  if (code == XML_ERROR_NO_ELEMENTS && whole_ && depth_ == 0)
    throw BadFile{line, column, "the file is empty, or ends before its log is over: was only a part of it delivered?"};
  if (whole_) throw BadFile{line, column, "the file ends before its log is over: was only a part of it delivered?"};
  throw BadFile{line, column,
                code == XML_ERROR_ABORTED ? fmt::format("elements are nested more than {} deep", kDeepest)
                                          : fmt::format("this is not valid XML: {}", XML_ErrorString(code))};
}

bool XesReader::next() {
  if (taken_) events_.pop_front();
  taken_ = false;
  while (events_.empty() && !whole_) feed();
  if (events_.empty()) {
    if (root_ != "log")
      throw BadFile{1, 0, fmt::format("this is no XES log: it begins with <{}>, not <log>", root_.substr(0, 40))};
    return false;
  }
  taken_ = true;
  line_ = events_.front().line;
  values_.assign(events_.front().values.begin(), events_.front().values.end());
  return true;
}

}  // namespace ketensim::monitor

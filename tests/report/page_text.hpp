#pragma once

#include <string>

namespace ketensim::tests {

/// A page without its scripts: what a reader sees who sees no charts.
inline std::string text_of_page(const std::string& page) {
  static const std::string kBegin = "<script", kEnd = "</script>";
  std::string text;
  for (std::size_t at = 0;;) {
    const std::size_t begin = page.find(kBegin, at);
    text += page.substr(at, begin == std::string::npos ? begin : begin - at);
    if (begin == std::string::npos) return text;
    at = page.find(kEnd, begin) + kEnd.size();
  }
}

}  // namespace ketensim::tests

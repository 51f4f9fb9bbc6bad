#include "scenarios/loader/source.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace ketensim::loader {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 20'000'000;

/// The length of the UTF-8 character that begins at `at`, or 0 if none does (RFC 3629: no overlong forms, no
/// surrogates, nothing past U+10FFFF).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(at), second = byte(at + 1);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    return follows(at + 1) && follows(at + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

void check_text(FileText& file) {
  const std::string_view text = file.text;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    file.problem = "the file is UTF-16: save it as UTF-8";
    return;
  }
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t length = character_length(text, at);
    if (length == 0)
      file.problem = fmt::format("this is not UTF-8 text (byte 0x{:02X}): save the file as UTF-8", c);
    else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
      file.problem = fmt::format("a control character (byte 0x{:02X}): this is not a text file", c);
    if (!file.problem.empty()) {
      file.line = line;
      file.column = column;
      return;
    }
    line += c == '\n';
    column = c == '\n' ? 1 : column + 1;
    at += length;
  }
}

}  // namespace

std::string Fingerprint::text() const { return fmt::format("{:016x}", hash_); }

std::string hash_of(std::string_view text) {
  Fingerprint fingerprint;
  fingerprint.add(text);
  return fingerprint.text();
}

FileText read_file(const fs::path& path, const FileKind& kind) {
  FileText file;
  std::error_code error;
  if (fs::is_directory(path, error)) return {"", fmt::format("this is a folder, not {}", kind.a_file), true};
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return {"", "cannot open: " + std::generic_category().message(errno != 0 ? errno : ENOENT), true};
  const std::uintmax_t size = fs::file_size(path, error);
  std::string text(error || size == 0 ? kMostBytes + 1 : std::min<std::uintmax_t>(size, kMostBytes) + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return {"", "cannot read: " + std::generic_category().message(errno), true};
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMostBytes)
    return {"", fmt::format("the file is larger than {} MB: this is no {}", kMostBytes / 1'000'000, kind.name)};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  file.text = std::move(text);
  check_text(file);
  return file;
}

}  // namespace ketensim::loader

#include "calibration/monitor/text_file.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace ketensim::monitor {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

/// The length of the UTF-8 character at the front of `text`; 0: it is none; -1: the text ends within it (RFC 3629).
int character_length(const unsigned char* text, std::size_t size) {
  const unsigned lead = text[0];
  if (lead < 0x80) return 1;
  const int length = lead >= 0xC2 && lead <= 0xDF   ? 2
                     : (lead & 0xF0u) == 0xE0       ? 3
                     : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                    : 0;
  if (length == 0) return 0;
  for (int i = 1; i < length; ++i) {
    if (static_cast<std::size_t>(i) >= size) return -1;
    const unsigned next = text[i];
    if ((next & 0xC0u) != 0x80u) return 0;
    if (i == 1 && ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) ||
                   (lead == 0xF4 && next > 0x8F)))
      return 0;
  }
  return length;
}

/// Windows-1252 where it differs from Latin-1: 0x80 to 0x9F. 0: no character.
constexpr std::array<std::uint16_t, 32> kWindows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                 0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_control(unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

/// How many bytes at the front are printable ASCII, tabs or line ends.
std::size_t plain_length(const unsigned char* text, std::size_t size) {
  std::size_t at = 0;
  for (; at + 8 <= size; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text + at, 8);
    constexpr std::uint64_t kHigh = 0x8080808080808080u, kOnes = 0x0101010101010101u;
    if (word & kHigh) break;
    // A byte below 0x20 borrows from its high bit; line ends do so too and are looked at one by one.
    if (((word - kOnes * 0x20) & ~word & kHigh) != 0) {
      bool control = false;
      for (std::size_t i = 0; i < 8; ++i) control |= is_control(text[at + i]);
      if (control) break;
    }
  }
  while (at < size && text[at] < 0x80 && !is_control(text[at])) ++at;
  return at;
}

void append_character(std::string& text, unsigned code) {
  if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
  }
  text += static_cast<char>(0x80 | (code & 0x3F));
}

}  // namespace

ByteFile::ByteFile(const std::filesystem::path& file) : file_(nullptr) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) throw BadFile{0, 0, "this is a folder, not a delivery", true};
  errno = 0;
  gzFile opened = gzopen(file.c_str(), "rb");
  if (!opened)
    throw BadFile{0, 0, "cannot open: " + std::generic_category().message(errno != 0 ? errno : ENOMEM), true};
  gzbuffer(opened, static_cast<unsigned>(kPiece));
  file_ = opened;
}

ByteFile::~ByteFile() { gzclose(static_cast<gzFile>(file_)); }

std::size_t ByteFile::read(char* bytes, std::size_t most) {
  gzFile file = static_cast<gzFile>(file_);
  errno = 0;
  const int count = gzread(file, bytes, static_cast<unsigned>(most));
  int code = Z_OK;
  gzerror(file, &code);
  if (code == Z_BUF_ERROR) throw BadFile{0, 0, "the compressed file ends too early: was only a part of it delivered?"};
  if (code == Z_ERRNO) throw BadFile{0, 0, "cannot read: " + std::generic_category().message(errno), true};
  if (count < 0 || code < 0) throw BadFile{0, 0, "the compressed file is damaged"};
  return static_cast<std::size_t>(count);
}

TextFile::TextFile(const std::filesystem::path& file, Encoding encoding)
    : file_(file), encoding_(encoding), piece_(kPiece) {}

void TextFile::bad(std::size_t at, const std::string& message) const {
  const char* begin = piece_.data();
  const int line = line_ + static_cast<int>(std::count(begin, begin + at, '\n'));
  std::size_t column = 1;
  for (std::size_t i = at; i > 0 && begin[i - 1] != '\n'; --i) ++column;
  const bool whole_line_seen = column <= at;
  throw BadFile{line, whole_line_seen ? static_cast<int>(column) : 0, message};
}

void TextFile::drop_mark(std::size_t& size) {
  begun_ = true;
  const std::string_view front(piece_.data(), size);
  if (front.starts_with("\xFF\xFE") || front.starts_with("\xFE\xFF"))
    throw BadFile{1, 1, "the file is UTF-16: save it as UTF-8"};
  if (!front.starts_with("\xEF\xBB\xBF")) return;
  encoding_ = Encoding::utf8;  // whatever was said: the mark is certain
  std::memmove(piece_.data(), piece_.data() + 3, size - 3);
  size -= 3;
}

bool TextFile::read(std::string& text) {
  const std::size_t count = file_.read(piece_.data() + carried_, piece_.size() - carried_);
  std::size_t size = carried_ + count;
  if (count == 0) {
    if (carried_ > 0) bad(0, "the file ends within a character: was only a part of it delivered?");
    if (foreign_ > 0 && looks_utf8_)
      throw BadFile{first_foreign_line_, 0, "the text is UTF-8, not the encoding that the import file names"};
    return false;
  }
  if (!begun_) drop_mark(size);
  if (encoding_ == Encoding::utf8)
    append_utf8(text, size);
  else
    append_converted(text, size);
  return true;
}

void TextFile::append_utf8(std::string& text, std::size_t size) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(piece_.data());
  std::size_t at = 0;
  for (;;) {
    at += plain_length(bytes + at, size - at);
    if (at == size) break;
    if (is_control(bytes[at]))
      bad(at, fmt::format("a control character (byte 0x{:02X}): this is not a text file", bytes[at]));
    const int length = character_length(bytes + at, size - at);
    if (length == 0)
      bad(at, fmt::format("this is not UTF-8 text (byte 0x{:02X}): name its `encoding`, `windows-1252` for one",
                          bytes[at]));
    if (length < 0) break;
    at += static_cast<std::size_t>(length);
  }
  text.append(piece_.data(), at);
  line_ += static_cast<int>(std::count(piece_.data(), piece_.data() + at, '\n'));
  carried_ = size - at;
  std::memmove(piece_.data(), piece_.data() + at, carried_);
}

void TextFile::append_converted(std::string& text, std::size_t size) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(piece_.data());
  std::size_t at = 0, utf8_until = 0;
  while (at < size) {
    const std::size_t plain = plain_length(bytes + at, size - at);
    text.append(piece_.data() + at, plain);
    at += plain;
    if (at == size) break;
    const unsigned char c = bytes[at];
    unsigned code = c;
    if (encoding_ == Encoding::windows_1252 && c >= 0x80 && c < 0xA0) code = kWindows[c - 0x80u];
    if (code == 0 || is_control(c) || (encoding_ == Encoding::latin1 && c >= 0x80 && c < 0xA0))
      bad(at, fmt::format("byte 0x{:02X} is no character of the encoding that the import file names", c));
    if (foreign_++ == 0)
      first_foreign_line_ = line_ + static_cast<int>(std::count(piece_.data(), piece_.data() + at, '\n'));
    if (at >= utf8_until) {
      const int length = character_length(bytes + at, size - at);
      looks_utf8_ = looks_utf8_ && length != 0;
      if (length > 0) utf8_until = at + static_cast<std::size_t>(length);
    }
    append_character(text, code);
    ++at;
  }
  line_ += static_cast<int>(std::count(piece_.data(), piece_.data() + size, '\n'));
}

}  // namespace ketensim::monitor

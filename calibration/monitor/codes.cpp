#include "calibration/monitor/codes.hpp"

#include <cstring>

namespace ketensim::monitor {
namespace {

/// Multiplies and folds eight bytes at a time: pseudonyms are short and random already.
std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = text.size() * kOdd;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32;
  };
  while (text.size() >= 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), 8);
    mix(word);
    text.remove_prefix(8);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  mix(rest);
  return hash;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  while (text.starts_with("\xC2\xA0")) text.remove_prefix(2);  // a space that does not break
  while (text.ends_with("\xC2\xA0")) text.remove_suffix(2);
  return text;
}

std::string folded(std::string_view text) {
  std::string small(trimmed(text));
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

std::size_t Interner::probe(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != kUnknown &&
         (slots_[at].hash != hash || names_[static_cast<std::size_t>(slots_[at].number)] != text))
    at = (at + 1) & mask;
  return at;
}

void Interner::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == kUnknown) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != kUnknown) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

std::int32_t Interner::number(std::string_view text) {
  if (names_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slots_[probe(text, hash)];
  if (slot.number == kUnknown) {
    slot = {hash, static_cast<std::int32_t>(names_.size())};
    names_.add(text);
  }
  return slot.number;
}

std::int32_t Interner::find(std::string_view text) const {
  return slots_.empty() ? kUnknown : slots_[probe(text, hash_of(text))].number;
}

std::int32_t CodeReader::read(std::string_view text, Interner& meanings) {
  const auto spelling = static_cast<std::size_t>(spellings_.number(text));
  if (spelling == meaning_.size()) meaning_.push_back(look_up(text, meanings));
  return meaning_[spelling];
}

std::int32_t CodeReader::look_up(std::string_view text, Interner& meanings) const {
  if (trimmed(text).empty()) return kUnknown;
  if (codes_->empty()) return meanings.number(trimmed(text));
  const std::string code = folded(text);
  const std::string* best = nullptr;
  std::size_t longest = 0;
  for (const auto& [key, meaning] : *codes_) {
    const std::string known = folded(key);
    const bool prefix = known.ends_with('*');
    const std::string_view stem = std::string_view(known).substr(0, known.size() - prefix);
    const bool fits = prefix ? std::string_view(code).starts_with(stem) : code == stem;
    const std::size_t length = 2 * stem.size() + !prefix;  // whole codes go before patterns
    if (!fits || (best && length <= longest)) continue;
    best = &meaning;
    longest = length;
  }
  return best ? meanings.number(*best) : kUnknown;
}

}  // namespace ketensim::monitor

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ketensim {

/// The cases that wait, in the order in which they will be served: a sorted ring of case slots. An arrival that goes to
/// the tail (first come, first served) costs O(1); elsewhere it moves the shorter side. `before(a, b)` is a strict
/// total order on slots, and a case's place in it must not change while it waits: take it out, change it, put it in
/// again.
class WaitingLine {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  std::uint32_t front() const { return ring_[head_]; }
  std::uint32_t operator[](std::size_t i) const { return ring_[(head_ + i) & mask_]; }
  void clear() { head_ = size_ = 0; }

  void pop_front() {
    head_ = (head_ + 1) & mask_;
    --size_;
  }

  template <class Before>
  void insert(std::uint32_t slot, Before before) {
    if (size_ == ring_.size()) grow();
    std::size_t at = size_;
    if (size_ > 0 && before(slot, (*this)[size_ - 1])) at = lower_bound(slot, before);
    if (at < size_ / 2) {
      head_ = (head_ - 1) & mask_;
      for (std::size_t i = 0; i < at; ++i) place(i, (*this)[i + 1]);
    } else {
      for (std::size_t i = size_; i > at; --i) place(i, (*this)[i - 1]);
    }
    place(at, slot);
    ++size_;
  }

  /// Takes `slot` out, which must be waiting here.
  template <class Before>
  void erase(std::uint32_t slot, Before before) {
    erase_at(lower_bound(slot, before));
  }

  void erase_at(std::size_t at) {
    if (at == 0) {
      pop_front();
      return;
    }
    for (std::size_t i = at; i + 1 < size_; ++i) place(i, (*this)[i + 1]);
    --size_;
  }

 private:
  void place(std::size_t i, std::uint32_t slot) { ring_[(head_ + i) & mask_] = slot; }

  template <class Before>
  std::size_t lower_bound(std::uint32_t slot, Before before) const {
    std::size_t low = 0, high = size_;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (before((*this)[middle], slot))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  void grow() {
    std::vector<std::uint32_t> larger(ring_.empty() ? 8 : ring_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = (*this)[i];
    ring_ = std::move(larger);
    head_ = 0;
    mask_ = ring_.size() - 1;
  }

  std::vector<std::uint32_t> ring_;
  std::size_t head_ = 0, size_ = 0, mask_ = 0;
};

}  // namespace ketensim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_BUFFERS_H_
#define DENSESHIFT_DRIVER_COMPILER_BUFFERS_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "driver/capabilities.h"

namespace denseshift::driver {

// Buffer sizes in the units the commands address them in, as far as the fields reach.
struct BufferSizes {
  explicit BufferSizes(const Capabilities& capabilities)
      : bus_bytes(capabilities.bus_bytes),
        act_words(Reach(capabilities.act_bytes / 2 / capabilities.bus_bytes)),
        weight_words(Reach(capabilities.wgt_bytes / capabilities.bus_bytes)),
        out_words(Reach(capabilities.out_bytes / capabilities.bus_bytes)),
        entry_words(capabilities.columns * 8 / capabilities.bus_bytes),
        param_entries(std::min(capabilities.param_entries, Reach(1 << 16) / entry_words)) {}

  int bus_bytes;
  int act_words;  // of each of the two groups
  int weight_words;
  int out_words;
  int entry_words;  // bus words of one parameter entry
  int param_entries;

 private:
  static int Reach(int size) { return std::min(size, 65535); }
};

// The sizes of a device that a program can keep to a part of.
inline constexpr std::array<int Capabilities::*, 4> kBuffers = {&Capabilities::act_bytes,
                                                                &Capabilities::wgt_bytes,
                                                                &Capabilities::out_bytes,
                                                                &Capabilities::param_entries};

using Buffers = std::array<int, kBuffers.size()>;

[[nodiscard]] inline Buffers BuffersOf(const Capabilities& device) {
  Buffers sizes{};
  std::transform(
      kBuffers.begin(), kBuffers.end(), sizes.begin(), [&](auto size) { return device.*size; });
  return sizes;
}

// Whether no buffer of `a` is larger than that of `b`.
[[nodiscard]] inline bool IsWithin(const Capabilities& a, const Capabilities& b) {
  return std::all_of(
      kBuffers.begin(), kBuffers.end(), [&](auto size) { return a.*size <= b.*size; });
}

// Hands out places in a buffer round and round.
//
// No more of it is used than a few pieces take: more hardly helps, and so what is beyond that does
// not change a program.
//
// A place may overlap ones handed out before: the schedule makes the new owner wait until the old
// one is done. Whoever needs several pieces at the same time must allocate them in one piece.
class Ring {
 public:
  explicit Ring(std::int64_t size) : size_(size) {}

  // The first unit of `count` consecutive ones; count <= size().
  std::int64_t Allocate(std::int64_t count) {
    used_ = std::max(used_, std::min(kPieces * count, size_));
    if (next_ + count > used_) {
      next_ = 0;
      least_size_ = std::max(least_size_, used_);
    }
    const std::int64_t place = next_;
    next_ += count;
    least_size_ = std::max(least_size_, next_);
    return place;
  }

  [[nodiscard]] std::int64_t size() const { return size_; }

  // With any size from this one to its own all places would be the same.
  [[nodiscard]] std::int64_t least_size() const { return least_size_; }

 private:
  static constexpr std::int64_t kPieces = 4;

  std::int64_t size_;
  std::int64_t used_ = 0;  // so much of it
  std::int64_t next_ = 0;
  std::int64_t least_size_ = 0;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_BUFFERS_H_

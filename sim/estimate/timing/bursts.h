// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_BURSTS_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_BURSTS_H_

#include <algorithm>
#include <cstdint>

namespace denseshift::sim::timing {

constexpr int kLongestBurst = 32;  // beats

// Beats of the next burst of `words` words from `address` on: bursts do not cross 4 KiB.
inline int BurstBeats(std::int64_t address, std::int64_t words, int bus_bytes) {
  constexpr std::uint32_t kPage = 4096;
  const std::uint32_t to_page_end = kPage - static_cast<std::uint32_t>(address) % kPage;
  const auto beats = static_cast<int>(std::min<std::int64_t>(kLongestBurst, words));
  if (static_cast<std::uint32_t>(beats * bus_bytes) <= to_page_end)
    return beats;
  return static_cast<int>(to_page_end) / bus_bytes;
}

// The bursts of a command that moves `rows` rows of `words` words, each row from its own address.
class RowBursts {
 public:
  RowBursts() = default;

  RowBursts(std::int64_t address, std::int64_t stride, std::int64_t rows, std::int64_t words)
      : row_address_(address),
        address_(address),
        stride_(stride),
        rows_(rows),
        row_words_(words),
        words_(words) {}

  [[nodiscard]] bool AreDone() const { return rows_ == 0; }

  // Whether the next one continues the row of the last one.
  [[nodiscard]] bool AreInRow() const { return words_ != row_words_; }

  // Beats of the next one.
  int Next(int bus_bytes) {
    const int beats = BurstBeats(address_, words_, bus_bytes);
    address_ += std::int64_t{beats} * bus_bytes;
    words_ -= beats;
    if (words_ == 0) {
      --rows_;
      words_ = row_words_;
      row_address_ += stride_;
      address_ = row_address_;
    }
    return beats;
  }

 private:
  std::int64_t row_address_ = 0;
  std::int64_t address_ = 0;
  std::int64_t stride_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t row_words_ = 0;
  std::int64_t words_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_BURSTS_H_

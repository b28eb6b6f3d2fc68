// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_
#define DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_

#include <cstdint>
#include <map>

namespace denseshift::driver {

// Remembers for each integer of a line the last value assigned to it.
class IntervalMap {
 public:
  // Gives [low, high) the value, forgetting older ones there.
  void Assign(std::int64_t low, std::int64_t high, int value) {
    if (low >= high) {
      return;
    }
    if (const auto same = pieces_.find(low); same != pieces_.end() && same->second.high == high) {
      same->second.value = value;
      return;
    }
    Cut(low);
    Cut(high);
    pieces_.erase(pieces_.lower_bound(low), pieces_.lower_bound(high));
    pieces_[low] = {high, value};
  }

  // Calls visit(value) for each piece that overlaps [low, high).
  template <typename Visit>
  void ForEach(std::int64_t low, std::int64_t high, Visit visit) const {
    auto piece = pieces_.upper_bound(low);
    if (piece != pieces_.begin()) {
      --piece;
    }
    for (; piece != pieces_.end() && piece->first < high; ++piece) {
      if (piece->second.high > low) {
        visit(piece->second.value);
      }
    }
  }

  // True if every integer of [low, high) has a value.
  [[nodiscard]] bool Covers(std::int64_t low, std::int64_t high) const {
    auto piece = pieces_.upper_bound(low);
    if (piece != pieces_.begin()) {
      --piece;
    }
    for (; piece != pieces_.end() && low < high && piece->first <= low; ++piece) {
      low = piece->second.high > low ? piece->second.high : low;
    }
    return low >= high;
  }

 private:
  struct Piece {
    std::int64_t high;
    int value;
  };

  // Makes `at` a border between pieces.
  void Cut(std::int64_t at) {
    auto piece = pieces_.lower_bound(at);
    if (piece == pieces_.begin()) {
      return;
    }
    --piece;
    if (piece->second.high > at) {
      const Piece rest = piece->second;
      piece->second.high = at;
      pieces_[at] = rest;
    }
  }

  std::map<std::int64_t, Piece> pieces_;  // by low end
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_
#define DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace denseshift::driver {

// Remembers for each integer of a line the last value assigned to it.
class IntervalMap {
 public:
  // Gives [low, high) the value, forgetting older ones there.
  void Assign(std::int64_t low, std::int64_t high, int value) {
    if (low >= high) {
      return;
    }
    auto first = FirstAfter(low);
    if (first != pieces_.end() && first->low == low && first->high == high) {
      first->value = value;
      return;
    }
    if (first != pieces_.end() && first->low < low) {
      const Piece cut = *first;
      first->high = low;
      ++first;
      if (cut.high > high) {
        first = pieces_.insert(first, {high, cut.high, cut.value});
      }
    }
    auto last = first;
    while (last != pieces_.end() && last->high <= high) {
      ++last;
    }
    if (last != pieces_.end() && last->low < high) {
      last->low = high;
    }
    if (first == last) {
      pieces_.insert(first, {low, high, value});
    } else {
      *first = {low, high, value};
      pieces_.erase(first + 1, last);
    }
  }

  struct Found {
    int largest = -1;     // value; -1: there is none
    bool is_all = false;  // every integer has a value
  };

  // What [low, high) has, of values that are not negative.
  [[nodiscard]] Found Find(std::int64_t low, std::int64_t high) const {
    Found found;
    for (auto piece = FirstAfter(low); piece != pieces_.end() && piece->low < high; ++piece) {
      found.largest = std::max(found.largest, piece->value);
      if (piece->low <= low) {
        low = piece->high;
      }
    }
    found.is_all = low >= high;
    return found;
  }

 private:
  struct Piece {
    std::int64_t low;
    std::int64_t high;
    int value;
  };

  // The first piece that ends after `at`.
  [[nodiscard]] std::vector<Piece>::const_iterator FirstAfter(std::int64_t at) const {
    return std::upper_bound(
        pieces_.begin(), pieces_.end(), at, [](std::int64_t value, const Piece& piece) {
          return value < piece.high;
        });
  }

  [[nodiscard]] std::vector<Piece>::iterator FirstAfter(std::int64_t at) {
    return pieces_.begin() + (std::as_const(*this).FirstAfter(at) - pieces_.cbegin());
  }

  std::vector<Piece> pieces_;  // disjoint, in order
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_INTERVAL_MAP_H_

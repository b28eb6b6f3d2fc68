// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_STATE_LIST_H_
#define DENSESHIFT_GOLDEN_CYCLE_STATE_LIST_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace denseshift::golden::cycle {

// One state of docs/timing.md, as "unit.state". An item of at most 64 bits is an unsigned integer
// of 1, 2, 4 or 8 bytes, the fewest that hold it; a wider one is an array of 32-bit words, lowest
// first.
struct StateItem {
  std::string name;
  const void* data;
  unsigned bits;  // of an item
  std::size_t items;
};

// Bytes of an item of so many bits.
constexpr std::size_t StateBytes(unsigned bits) {
  if (bits > 64)
    return (std::size_t{bits} + 31) / 32 * 4;
  if (bits > 32)
    return 8;
  if (bits > 16)
    return 4;
  return bits > 8 ? 2 : 1;
}

// The states of a unit or of the whole accelerator. Pointers stay valid as long as what they
// belong to does.
class StateList {
 public:
  explicit StateList(std::vector<StateItem>& items) : items_(items) {}

  // Throws std::logic_error if T is not the layout of an item of so many bits.
  template <typename T>
  void Add(const std::string& name, const T& item, unsigned bits) {
    AddArray(name, &item, bits, 1);
  }

  template <typename T>
  void AddArray(const std::string& name, const T* data, unsigned bits, std::size_t items) {
    if (sizeof(T) != StateBytes(bits)) {
      throw std::logic_error("state " + name + " has " + std::to_string(bits) + " bits in " +
                             std::to_string(sizeof(T)) + " bytes");
    }
    items_.push_back({name, data, bits, items});
  }

  // For items laid out otherwise than a C++ type of their own.
  void AddRaw(const std::string& name, const void* data, unsigned bits, std::size_t items) {
    items_.push_back({name, data, bits, items});
  }

 private:
  std::vector<StateItem>& items_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_STATE_LIST_H_

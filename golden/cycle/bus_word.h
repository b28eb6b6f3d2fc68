// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_BUS_WORD_H_
#define DENSESHIFT_GOLDEN_CYCLE_BUS_WORD_H_

#include <array>
#include <cstdint>
#include <cstring>

#include "golden/cycle/parameters.h"

namespace denseshift::golden::cycle {

// One word of the bus; a narrow bus uses the first BusBytes bytes.
using BusWord = std::array<std::uint8_t, kMaxBusBytes>;

inline void CopyBusWord(std::uint8_t* to, const std::uint8_t* from, std::uint32_t bus_bytes) {
  if (bus_bytes == 8) {  // sizes the compiler knows, so that it needs no call
    std::memcpy(to, from, 8);
  } else if (bus_bytes == 16) {
    std::memcpy(to, from, 16);
  } else {
    std::memcpy(to, from, 32);
  }
}

// A beat of the read data channel that was taken.
struct ReadBeat {
  const std::uint8_t* data = nullptr;
  std::uint8_t response = 0;
  bool is_last = false;
};

constexpr bool IsErrorResponse(std::uint8_t response) {
  return (response & 2U) != 0;
}

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_BUS_WORD_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_LEGALITY_H_
#define DENSESHIFT_TESTS_RTL_LEGALITY_H_

#include <algorithm>
#include <cstdint>

#include "tests/rtl/command.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// What docs/commands.md, Illegal commands, depends on.
struct LegalitySizes {
  std::uint32_t lanes = 0;
  std::uint32_t columns = 0;
  std::uint32_t max_code_bits = 0;
  std::uint32_t acc_depth = 0;
  std::uint32_t bus_bytes = 0;

  // V of docs/commands.md.
  [[nodiscard]] std::uint32_t VectorLanes() const { return std::min(lanes, columns); }
};

// Legal commands with random fields, most of them at or near their limits.
[[nodiscard]] Command RandomLegalLoad(Random& random, const LegalitySizes& sizes);
[[nodiscard]] Command RandomLegalConv(Random& random, const LegalitySizes& sizes);
[[nodiscard]] Command RandomLegalVector(Random& random, const LegalitySizes& sizes);
[[nodiscard]] Command RandomLegalStore(Random& random, const LegalitySizes& sizes);
[[nodiscard]] Command RandomLegalStamp(Random& random, const LegalitySizes& sizes);

// One of them, all kinds equally likely.
[[nodiscard]] Command RandomLegalCommand(Random& random, const LegalitySizes& sizes);

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_LEGALITY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/lockstep_difference.h"

#include <fmt/format.h>

namespace denseshift::sim {

namespace {

std::string Text(std::uint64_t cycle, const Signal& signal) {
  return fmt::format("cycle {}: {} ({} in the RTL) is {}, the model says {}",
                     cycle,
                     signal.FullName(),
                     signal.rtl_name,
                     ValueText(signal.rtl, signal.bits),
                     ValueText(signal.model, signal.bits));
}

}  // namespace

LockstepDifference::LockstepDifference(std::uint64_t at, const Signal& where)
    : std::runtime_error(Text(at, where)),
      cycle(at),
      signal(where),
      expected(ValueText(where.model, where.bits)),
      actual(ValueText(where.rtl, where.bits)) {
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DIFFERENCE_H_
#define DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DIFFERENCE_H_

#include <cstdint>
#include <stdexcept>
#include <string>

#include "sim/lockstep/signal.h"

namespace denseshift::sim {

// RTL and cycle model differ; the first signal in which they do.
struct LockstepDifference : std::runtime_error {
  LockstepDifference(std::uint64_t at, const Signal& where);

  std::uint64_t cycle;   // in which the values differ, counted as Device::Cycles()
  Signal signal;         // its places may be gone
  std::string expected;  // of the model, hexadecimal
  std::string actual;    // of the RTL
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DIFFERENCE_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_CYCLES_H_
#define DENSESHIFT_SIM_SYSTEMC_CYCLES_H_

#include <cstdint>

#include <systemc>

namespace denseshift::systemc {

// Clock cycles that a time takes; one that has begun counts.
[[nodiscard]] inline std::uint64_t CyclesOf(const sc_core::sc_time& time,
                                            const sc_core::sc_time& period) {
  return (time.value() + period.value() - 1) / period.value();
}

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_CYCLES_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_AXI_RESPONSE_H_
#define DENSESHIFT_SIM_MEMORY_AXI_RESPONSE_H_

#include <cstdint>

namespace denseshift::sim {

// Of a beat on R or a burst on B.
enum AxiResponse : std::uint8_t { kOkay = 0, kSlaveError = 2, kDecodeError = 3 };

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_AXI_RESPONSE_H_

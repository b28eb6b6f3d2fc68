// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_IDENTITY_H_
#define DENSESHIFT_SIM_SYSTEMC_IDENTITY_H_

#include <cstdint>
#include <optional>

#include "sim/device_parameters.h"

namespace denseshift::systemc {

// The registers that never change: ID, VERSION and the capabilities; nothing for others.
[[nodiscard]] std::optional<std::uint32_t> IdentityRegister(const sim::DeviceParameters& device,
                                                            std::uint32_t offset);

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_IDENTITY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/identity.h"

#include "driver/registers.h"
#include "sim/functional/functional_core.h"

namespace denseshift::systemc {

namespace registers = driver::registers;

std::optional<std::uint32_t> IdentityRegister(const sim::DeviceParameters& device,
                                              std::uint32_t offset) {
  if (offset < registers::kId || offset > registers::kCapParamEntries)
    return std::nullopt;
  sim::ArrayMemory no_memory(0, device.bus_bytes);
  return sim::FunctionalCore(device, no_memory).PeekRegister(offset);
}

}  // namespace denseshift::systemc

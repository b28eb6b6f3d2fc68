// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/burst_buffers.h"

#include <algorithm>

namespace denseshift::sim {

// Beats are copied with the width of the widest bus.
BurstBuffers::BurstBuffers(const MemoryParameters& parameters, std::uint32_t slots)
    : bus_bytes_(static_cast<unsigned>(parameters.bus_bytes)),
      slot_bytes_(static_cast<std::size_t>(parameters.max_burst_beats) * bus_bytes_ + kMaxBusBytes),
      read_data_(slots * slot_bytes_),
      write_data_(slots * slot_bytes_),
      strobes_(slots * slot_bytes_) {
}

void BurstBuffers::Keep(const Burst& burst, const AxiMasterPins& master) {
  const std::size_t at = At(burst) + (burst.address - burst.begin);
  std::copy(master.wdata, master.wdata + bus_bytes_, &write_data_[at]);
  for (unsigned i = 0; i < bus_bytes_; ++i)
    strobes_[at + i] = (master.wstrb >> i & 1U) != 0 ? 0xFFU : 0U;
}

}  // namespace denseshift::sim

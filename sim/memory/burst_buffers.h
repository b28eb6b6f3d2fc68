// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_BURST_BUFFERS_H_
#define DENSESHIFT_SIM_MEMORY_BURST_BUFFERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/memory/axi_pins.h"
#include "sim/memory/burst_queue.h"
#include "sim/memory/burst_target.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// The data of bursts on their way to and from a BurstTarget, by slot.
class BurstBuffers {
 public:
  // Room for `slots` bursts of the longest kind.
  BurstBuffers(const MemoryParameters& parameters, std::uint32_t slots);

  [[nodiscard]] BurstData Read(const Burst& burst) {
    return {burst.slot, burst.begin, &read_data_[At(burst)], nullptr, burst.count};
  }

  [[nodiscard]] BurstData Write(const Burst& burst) {
    return {burst.slot, burst.begin, &write_data_[At(burst)], &strobes_[At(burst)], burst.count};
  }

  // The beat of a read burst that is to be presented, and as many bytes after it as the widest bus
  // has.
  [[nodiscard]] const std::uint8_t* Beat(const Burst& burst) const {
    return &read_data_[At(burst) + (burst.address - burst.begin)];
  }

  // Keeps the beat of a write burst that the master sends.
  void Keep(const Burst& burst, const AxiMasterPins& master);

 private:
  [[nodiscard]] std::size_t At(const Burst& burst) const { return burst.slot * slot_bytes_; }

  unsigned bus_bytes_;
  std::size_t slot_bytes_;
  std::vector<std::uint8_t> read_data_;
  std::vector<std::uint8_t> write_data_;
  std::vector<std::uint8_t> strobes_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_BURST_BUFFERS_H_

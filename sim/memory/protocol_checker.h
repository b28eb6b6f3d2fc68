// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_PROTOCOL_CHECKER_H_
#define DENSESHIFT_SIM_MEMORY_PROTOCOL_CHECKER_H_

#include <array>
#include <cstdint>

#include "sim/memory/axi_pins.h"

namespace denseshift::sim {

// Checks the rules an AXI4 master has to keep, and those of docs/architecture.md on bursts.
// Each function throws std::runtime_error naming cycle, channel, rule and values.
class ProtocolChecker {
 public:
  ProtocolChecker(int bus_bytes, int max_burst_beats);

  void Reset();

  // Call for every clock edge with the pins just before it: a channel that was valid and not ready
  // must be valid with the same payload now.
  void CheckStable(std::uint64_t cycle, const AxiMasterPins& master, const AxiMemoryPins& memory) {
    if (waiting_ != 0)
      CheckHeld(cycle, master);
    waiting_ = static_cast<std::uint8_t>((master.arvalid & (memory.arready ^ 1U)) |
                                         (master.awvalid & (memory.awready ^ 1U)) << 1U |
                                         (master.wvalid & (memory.wready ^ 1U)) << 2U);
    if (waiting_ != 0)
      Hold(master);
  }

  // Call for every address handshake.
  void CheckReadAddress(std::uint64_t cycle, const AxiMasterPins& master) const;
  void CheckWriteAddress(std::uint64_t cycle, const AxiMasterPins& master) const;

  // Call for every data handshake; `is_last` by the length of the burst.
  void CheckWriteData(std::uint64_t cycle, const AxiMasterPins& master, bool is_last) const;

 private:
  struct Address {
    const char* channel;
    std::uint32_t address;
    std::uint8_t len, size, burst;
  };

  void Hold(const AxiMasterPins& master);
  void CheckHeld(std::uint64_t cycle, const AxiMasterPins& master) const;
  void CheckAddress(std::uint64_t cycle, const Address& address) const;

  int bus_bytes_;
  int max_burst_beats_;
  std::uint8_t waiting_ = 0;  // bit 0 AR, 1 AW, 2 W: valid and not ready at the last edge
  // Payload of the waiting channels.
  std::uint64_t read_address_ = 0;
  std::uint64_t write_address_ = 0;
  std::uint64_t strobes_and_last_ = 0;
  std::array<std::uint64_t, kMaxBusBytes / 8> data_{};
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_PROTOCOL_CHECKER_H_

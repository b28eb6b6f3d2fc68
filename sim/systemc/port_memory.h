// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PORT_MEMORY_H_
#define DENSESHIFT_SIM_SYSTEMC_PORT_MEMORY_H_

#include <array>
#include <cstdint>

#include <systemc>
#include <tlm>

#include "sim/functional/storage.h"
#include "sim/systemc/memory_port.h"

namespace denseshift::systemc {

// The memory of a functional body: transactions of a bus word, or what direct memory access the
// target grants. To be used from a thread.
class PortMemory final : public sim::DeviceMemory {
 public:
  PortMemory(MemoryPort& port, int bus_bytes);

  // The longest time a transaction has taken, or direct access is said to take, since the last
  // Restart().
  [[nodiscard]] const sc_core::sc_time& latency() const { return latency_; }

  void Restart() { latency_ = direct_latency_; }

 private:
  [[nodiscard]] const std::uint8_t* ReadElsewhere(std::uint32_t address, sim::Unit unit) override;
  void WriteElsewhere(std::uint32_t address,
                      const std::uint8_t* word,
                      std::uint32_t begin,
                      std::uint32_t end,
                      sim::Unit unit) override;
  [[nodiscard]] tlm::tlm_response_status Transport(const MemoryBurst& burst);
  void TryDirect(std::uint64_t address);

  MemoryPort& port_;
  sc_core::sc_time latency_;
  sc_core::sc_time direct_latency_;
  std::array<std::uint8_t, 32> word_{};
  std::array<std::uint8_t, 32> enables_{};
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PORT_MEMORY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_MEMORY_REFERENCE_MEMORY_H_
#define DENSESHIFT_TESTS_SIM_MEMORY_REFERENCE_MEMORY_H_

#include <cstdint>
#include <deque>
#include <map>

#include "sim/memory/axi_pins.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// docs/memory_model.md once more, word by word and without regard for speed: it keeps what happened
// when, and decides from that.
class ReferenceMemory {
 public:
  explicit ReferenceMemory(const MemoryParameters& parameters) : p_(parameters) { Drive(); }

  [[nodiscard]] const AxiMemoryPins& pins() const { return pins_; }

  void Step(const AxiMasterPins& master);

 private:
  struct Burst {
    std::uint64_t address;
    unsigned beats;
    unsigned id;
    bool inside;
    std::uint64_t address_cycle;   // of its AR or AW handshake
    unsigned beats_done = 0;       // presented (R) or accepted (W)
    std::uint64_t last_cycle = 0;  // of its last data handshake (W)
  };

  void Drive();
  [[nodiscard]] bool Stalled(unsigned channel) const;

  [[nodiscard]] bool SlotFree(std::uint64_t slot) const { return slot <= 1024 * t_; }

  [[nodiscard]] std::uint64_t NextSlot(std::uint64_t slot) const;
  [[nodiscard]] Burst MakeBurst(std::uint32_t address, unsigned len, unsigned id) const;

  MemoryParameters p_;
  std::uint64_t t_ = 0;
  AxiMemoryPins pins_;
  std::map<std::uint64_t, std::uint8_t> contents_;
  std::deque<Burst> reads_;   // outstanding, oldest first
  std::deque<Burst> writes_;  // outstanding, oldest first
  std::uint64_t read_slot_ = 0;
  std::uint64_t write_slot_ = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_MEMORY_REFERENCE_MEMORY_H_

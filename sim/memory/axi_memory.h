// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_
#define DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "sim/memory/axi_pins.h"
#include "sim/memory/burst_buffers.h"
#include "sim/memory/burst_queue.h"
#include "sim/memory/burst_target.h"
#include "sim/memory/fault_list.h"
#include "sim/memory/memory_contents.h"
#include "sim/memory/memory_parameters.h"
#include "sim/memory/protocol_checker.h"
#include "sim/memory/stall_pattern.h"

namespace denseshift::sim {

// A memory behind an AXI4 bus, stepped once per clock; docs/memory_model.md defines it exactly.
//
// All pins it drives are registered: pins() holds their values for the whole of cycle Cycle(), and
// Step() with what the master drives in that cycle moves on to the next. Cycle 0 is the first.
// Cost: a few nanoseconds a cycle.
class AxiMemory {
 public:
  // All zeros. Throws std::invalid_argument for parameters out of range.
  explicit AxiMemory(const MemoryParameters& parameters);

  // The contents lie in `target`, which must outlive this and decides what is an error; of the
  // parameters `bytes` is not looked at. A read burst starts there at the edge of its AR
  // handshake, a write burst at that of its last beat.
  AxiMemory(const MemoryParameters& parameters, BurstTarget& target);

  // What the memory drives in the current cycle.
  [[nodiscard]] const AxiMemoryPins& pins() const { return pins_; }

  // The clock edge that ends the current cycle, in which the master drove `master`.
  // Throws std::runtime_error if the master violates the protocol, naming cycle and rule.
  void Step(const AxiMasterPins& master) {
    if (is_still_ && (master.arvalid | master.awvalid | master.wvalid) == 0) {
      ++cycle_;
    } else {
      StepBusy(master);
    }
  }

  // Cycles stepped since construction or Reset().
  [[nodiscard]] std::uint64_t Cycle() const { return static_cast<std::uint64_t>(cycle_); }

  // The answer to a burst of the target; it comes `late_cycles` later than docs/memory_model.md
  // says. Anything but OKAY (0) is the response of every beat.
  void AnswerRead(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles);
  void AnswerWrite(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles);

  // No burst is on its way.
  [[nodiscard]] bool IsQuiet() const { return outstanding_reads_ == 0 && outstanding_writes_ == 0; }

  // As Step() that often with a master that drives nothing, while the memory is quiet.
  void Skip(std::uint64_t cycles);

  // Forgets all transactions and restarts at cycle 0. Contents and faults stay.
  void Reset();

  void AddFault(const Fault& fault) {
    faults_.Add(fault);
    is_still_ = false;
  }

  void ClearFaults() {
    faults_.Clear();
    is_still_ = false;
  }

  // Back door. Throws std::out_of_range if [address, address + bytes) is not inside the memory,
  // std::logic_error with a target.
  void Read(std::uint64_t address, void* data, std::size_t bytes) const;
  void Write(std::uint64_t address, const void* data, std::size_t bytes);

  [[nodiscard]] const MemoryParameters& parameters() const { return parameters_; }

  // Bursts accepted and data beats transferred since construction or Reset().
  struct Traffic {
    std::uint64_t read_bursts = 0;
    std::uint64_t read_beats = 0;
    std::uint64_t write_bursts = 0;
    std::uint64_t write_beats = 0;
  };

  [[nodiscard]] const Traffic& traffic() const { return traffic_; }

 private:
  AxiMemory(const MemoryParameters& parameters, BurstTarget* target);

  [[nodiscard]] Burst Accept(Direction direction,
                             std::uint32_t address,
                             std::uint8_t len,
                             std::uint8_t id) const;

  [[nodiscard]] bool IsElsewhere(const Burst& burst) const {
    return target_ != nullptr && burst.response == 0;
  }

  void ShowAnswers();
  void AcceptRead(const AxiMasterPins& master);
  void AcceptData(const AxiMasterPins& master);
  void StepBusy(const AxiMasterPins& master);
  void TakeHandshakes(const AxiMasterPins& master);
  void Drive();
  void DriveAnswers(unsigned stalls);
  void DriveRead();
  void DriveResponse();
  void HideReadData();
  void HideResponse();
  void CheckHasContents() const;

  MemoryParameters parameters_;
  ProtocolChecker checker_;
  StallPattern stalls_;
  FaultList faults_;
  BurstTarget* target_;
  BurstBuffers buffers_;      // with a target
  MemoryContents contents_;   // without
  std::int64_t beat_period_;  // of one direction, in 1/1024 cycles
  AxiMemoryPins pins_;
  bool shows_data_ = false;   // R holds a beat
  bool is_stepping_ = false;  // handshakes are being taken
  bool is_still_ = false;     // no pin changes until the master shows something
  std::int64_t cycle_ = 0;
  std::int64_t read_slot_ = 0;   // time from which the next R beat may be valid, 1/1024 cycles
  std::int64_t write_slot_ = 0;  // time from which the next W beat may be accepted
  int outstanding_reads_ = 0;
  int outstanding_writes_ = 0;
  BurstQueue reads_;      // beats to be presented
  BurstQueue writes_;     // waiting for data
  BurstQueue responses_;  // waiting for B
  Traffic traffic_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_
#define DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "sim/memory/axi_pins.h"
#include "sim/memory/burst_target.h"
#include "sim/memory/memory_parameters.h"
#include "sim/memory/protocol_checker.h"

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
    faults_.push_back(fault);
    is_still_ = false;
  }

  void ClearFaults() {
    faults_.clear();
    is_still_ = false;
  }

  // Back door; not with a target. Throws std::out_of_range if [address, address + bytes) is not
  // inside the memory.
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
  struct Burst {
    std::int64_t due = 0;  // first cycle in which R or B may be valid
    std::uint64_t address = 0;
    int beats = 0;  // not yet presented (R) or accepted (W)
    std::uint8_t id = 0;
    std::uint8_t response = 0;
    bool answers = true;
    bool takes_data = true;
    std::uint32_t slot = 0;  // of its data, if the contents lie elsewhere
    std::uint64_t begin = 0;
    std::uint32_t count = 0;  // bytes
  };

  // First in, first out; holds one direction's bursts.
  struct Queue {
    std::array<Burst, 64> bursts;
    unsigned front = 0;
    unsigned count = 0;

    [[nodiscard]] Burst& Front() { return bursts[front]; }

    [[nodiscard]] Burst& Back() { return bursts[(front + count - 1U) % 64U]; }

    void Push(const Burst& burst) { bursts[(front + count++) % 64U] = burst; }

    void Pop() {
      front = (front + 1U) % 64U;
      --count;
    }
  };

  struct Free {
    void operator()(std::uint8_t* p) const { std::free(p); }  // NOLINT: calloc'd, see constructor
  };

  [[nodiscard]] Burst Accept(Direction direction,
                             std::uint32_t address,
                             std::uint8_t len,
                             std::uint8_t id) const;

  [[nodiscard]] bool IsElsewhere(const Burst& burst) const {
    return target_ != nullptr && burst.response == 0;
  }

  [[nodiscard]] BurstData DataOf(const Burst& burst, Direction direction);
  static void Answer(Queue& queue, std::uint32_t slot, std::uint8_t response, std::int64_t late);
  void ShowAnswers();
  void AcceptRead(const AxiMasterPins& master);
  void TakeElsewhere(Burst& burst, const AxiMasterPins& master);
  [[nodiscard]] bool AddressBlocked(Direction direction, std::uint64_t bursts) const;
  void AcceptData(const AxiMasterPins& master);
  void StepBusy(const AxiMasterPins& master);
  void TakeHandshakes(const AxiMasterPins& master);
  void Drive();
  void DriveRead();
  void DriveResponse();
  void HideReadData();
  void HideResponse();
  [[nodiscard]] unsigned Stalls() const;
  void CheckInside(std::uint64_t address, std::size_t bytes) const;

  MemoryParameters parameters_;
  ProtocolChecker checker_;
  BurstTarget* target_ = nullptr;
  // Data of bursts on their way to and from the target, and the strobes of writes, by slot.
  std::vector<std::uint8_t> read_data_;
  std::vector<std::uint8_t> write_data_;
  std::vector<std::uint8_t> write_strobes_;
  std::unique_ptr<std::uint8_t, Free> contents_;
  std::vector<Fault> faults_;

  std::int64_t beat_period_;       // of one direction, in 1/1024 cycles
  std::uint64_t stall_threshold_;  // of 4096
  AxiMemoryPins pins_;
  bool shows_data_ = false;   // R holds a beat
  bool is_stepping_ = false;  // handshakes are being taken
  bool is_still_ = false;     // no pin changes until the master shows something
  std::int64_t cycle_ = 0;
  int refresh_phase_ = 0;        // cycle_ modulo the refresh period
  std::int64_t read_slot_ = 0;   // time from which the next R beat may be valid, 1/1024 cycles
  std::int64_t write_slot_ = 0;  // time from which the next W beat may be accepted
  int outstanding_reads_ = 0;
  int outstanding_writes_ = 0;
  Queue reads_;      // beats to be presented
  Queue writes_;     // waiting for data
  Queue responses_;  // waiting for B
  Traffic traffic_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_AXI_MEMORY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_REGISTERS_H_
#define DENSESHIFT_GOLDEN_CYCLE_REGISTERS_H_

#include <cstdint>

#include "golden/cycle/counters.h"
#include "golden/cycle/job.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/pins.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// AXI4-Lite slave and register map; docs/timing.md "Registers", docs/registers.md.
//
// A cycle is Begin(), then whatever changes job and counters, then Step().
class Registers {
 public:
  explicit Registers(const Parameters& parameters) : parameters_(parameters) {}

  // The start of a cycle: a register that is read shows what it holds in this cycle.
  void Begin(const Job& job, const Counters& counters) {
    if (read_)
      rdata_ = Value(job, counters);
  }

  // Whether the host asks for a start in this cycle.
  [[nodiscard]] bool RequestsStart(const Job& job) const {
    return IsWriting() && (awaddr_ >> 2U) == 0 && (wstrb_ & 1U) != 0 && (wdata_ & 1U) != 0 &&
           !job.IsRunning();
  }

  // The end of a cycle. Returns whether anything moved.
  bool Step(const HostInputs& host, bool start_request, bool done) {
    if (!done && !IsWriting() && !read_ && !bvalid_ && !rvalid_ && !host.awvalid && !host.wvalid &&
        !host.arvalid)
      return false;
    Move(host, start_request, done);
    return true;
  }

  void Reset() { *this = Registers(parameters_); }

  [[nodiscard]] std::uint32_t list_address() const { return list_addr_; }

  [[nodiscard]] std::uint32_t list_count() const { return list_count_; }

  [[nodiscard]] std::uint32_t watchdog() const { return watchdog_; }

  void ShowOutputs(HostOutputs& out) const;
  void ListState(StateList& list) const;

 private:
  [[nodiscard]] bool IsWriting() const { return aw_held_ && w_held_ && !bvalid_; }

  [[nodiscard]] std::uint32_t Value(const Job& job, const Counters& counters) const;
  [[nodiscard]] static std::uint32_t CounterValue(std::uint32_t word, const Counters& counters);
  [[nodiscard]] std::uint32_t Capability(std::uint32_t word) const;
  void Move(const HostInputs& host, bool start_request, bool done);
  void Write(bool start_request, bool done);

  Parameters parameters_;
  bool aw_held_ = false;
  bool w_held_ = false;
  bool bvalid_ = false;
  bool read_ = false;
  bool rvalid_ = false;
  std::uint16_t awaddr_ = 0;
  std::uint32_t wdata_ = 0;
  std::uint8_t wstrb_ = 0;
  std::uint16_t araddr_ = 0;
  std::uint32_t rdata_ = 0;
  // Contents.
  bool gie_ = false;
  std::uint8_t ier_ = 0;
  std::uint8_t isr_ = 0;
  bool done_ = false;
  bool ready_ = false;
  std::uint32_t list_addr_ = 0;
  std::uint32_t list_count_ = 0;
  std::uint32_t watchdog_ = 100000;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_REGISTERS_H_

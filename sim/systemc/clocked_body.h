// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_CLOCKED_BODY_H_
#define DENSESHIFT_SIM_SYSTEMC_CLOCKED_BODY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <systemc>
#include <tlm>

#include "sim/memory/burst_target.h"
#include "sim/model/pin_device.h"
#include "sim/systemc/accelerator_options.h"
#include "sim/systemc/body.h"
#include "sim/systemc/memory_port.h"

namespace denseshift::systemc {

// An accelerator that is stepped by the clock, cycle model or RTL: transactions become AXI4-Lite
// transfers on its pins, and its AXI4 bursts become transactions.
//
// Cycle n lasts from n to n + 1 clock periods. It is stepped in its middle, when all that other
// modules do at its beginning is known, and what it changes shows at its end. `next_`, the middle
// of the cycle to be stepped, may run ahead of simulated time, or lag behind if the memory has
// waited.
class ClockedBody : public Body, private sim::BurstTarget {
 public:
  // Errors  those of sim::ModelDevice and sim::VerilatedDevice.
  ClockedBody(const sc_core::sc_module_name& name,
              const AcceleratorOptions& options,
              MemoryPort& memory);

  std::uint32_t Access(const RegisterAccess& access) override;

  // ID, VERSION and the capabilities: others take clock cycles to read.
  [[nodiscard]] std::optional<std::uint32_t> Peek(std::uint32_t offset) const override;

 private:
  struct Request {
    sim::BurstData burst;
    bool is_write = false;
  };

  void StartRead(const sim::BurstData& burst) override;
  void StartWrite(const sim::BurstData& burst) override;
  void Start(const Request& request);
  void SendRequests();
  void AnswerBurst(const Request& request,
                   tlm::tlm_response_status status,
                   const sc_core::sc_time& late);

  void Run();
  void Step();
  void ShowAccess();
  bool AccessEnded();
  void LookForEnd(std::uint32_t value);
  void SleepUntilAccess();
  [[nodiscard]] bool MustWait() const;

  AcceleratorOptions options_;
  MemoryPort& memory_;
  std::unique_ptr<sim::PinDevice> device_;
  sim::HostPins host_;

  sc_core::sc_time period_;
  sc_core::sc_time to_end_;  // from the middle of a cycle to its end
  sc_core::sc_time next_;
  sc_core::sc_time stepped_;       // the middle of the cycle that is or was stepped last
  std::vector<Request> requests_;  // approximately timed: of the last cycle

  // The register access, if there is one.
  std::optional<RegisterAccess> access_;
  sc_core::sc_time access_from_;
  bool is_shown_ = false;  // on the pins
  std::uint32_t value_ = 0;
  sc_core::sc_event access_begins_;
  sc_core::sc_event access_ends_;

  // A job may be running: none is known to have ended since the last start.
  bool may_run_ = false;
  std::optional<std::uint32_t> last_cycles_;  // CYCLES_LO as read last, if nothing else was since
  bool is_raised_ = false;                    // the interrupt
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_CLOCKED_BODY_H_

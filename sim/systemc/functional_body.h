// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_FUNCTIONAL_BODY_H_
#define DENSESHIFT_SIM_SYSTEMC_FUNCTIONAL_BODY_H_

#include <cstdint>
#include <optional>

#include <systemc>

#include "sim/functional/functional_core.h"
#include "sim/systemc/accelerator_options.h"
#include "sim/systemc/body.h"
#include "sim/systemc/job_clock.h"
#include "sim/systemc/memory_port.h"
#include "sim/systemc/port_memory.h"

namespace denseshift::systemc {

// An accelerator that executes a job at its start and shows its end when the estimate says.
//
// Accesses act in the middle of their second of three clock cycles; the end of a job shows at an
// edge.
class FunctionalBody : public Body {
 public:
  FunctionalBody(const sc_core::sc_module_name& name,
                 const AcceleratorOptions& options,
                 MemoryPort& memory);

  std::uint32_t Access(const RegisterAccess& access) override;
  [[nodiscard]] std::optional<std::uint32_t> Peek(std::uint32_t offset) const override;

 private:
  void Run();
  void RunJob();
  void DriveInterrupt();
  void Write(const RegisterAccess& access);
  void WriteStamps(const JobTime& time);
  [[nodiscard]] std::uint64_t JobCycles() const;
  [[nodiscard]] sc_core::sc_time Edge(std::uint64_t cycle) const;

  sc_core::sc_time period_;
  PortMemory memory_;
  sim::FunctionalCore core_;
  JobClock clock_;
  std::uint64_t first_cycle_ = 0;  // of the last job
  std::uint64_t job_cycles_ = 0;   // once it has ended
  sc_core::sc_event starts_;
  sc_core::sc_event interrupt_changes_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_FUNCTIONAL_BODY_H_

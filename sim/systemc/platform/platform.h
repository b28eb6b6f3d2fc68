// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_PLATFORM_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_PLATFORM_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <systemc>

#include "driver/device.h"
#include "sim/systemc/accelerator.h"
#include "sim/systemc/monitor.h"
#include "sim/systemc/platform/host.h"
#include "sim/systemc/platform/interrupt_controller.h"
#include "sim/systemc/platform/memory.h"
#include "sim/systemc/platform/router.h"
#include "sim/systemc/platform/tlm_device.h"

namespace denseshift::systemc {

struct PlatformOptions {
  AcceleratorOptions accelerator;  // all are alike
  unsigned accelerators = 1;       // at most 32; each has an equal part of the memory
  MemoryOptions memory;            // a page for each accelerator at least, at most 2^32 bytes
  bool interrupts = false;         // how the host waits for the end of a job; else it polls
  bool monitors = false;           // one between all sockets
};

// A host, a memory, an interrupt controller and accelerators; docs/systemc.md "Platform".
// There can be one in a process.
class Platform : public sc_core::sc_module {
 public:
  // Errors  std::invalid_argument for accelerators or memory out of range; those of Accelerator.
  Platform(const sc_core::sc_module_name& name, const PlatformOptions& options);

  using Program = std::function<void(driver::Device&)>;

  // Runs a program for each accelerator on the host, at the same time; errors of Host::Run.
  void Run(std::vector<Program> programs);

  // Of the first accelerator.
  void Run(Program program) { Run(std::vector<Program>{std::move(program)}); }

  // An accelerator as the driver sees it. Outside of programs only its memory can be accessed, once
  // the simulation has started.
  [[nodiscard]] TlmDevice& device(std::size_t index = 0) { return *devices_.at(index); }

  [[nodiscard]] Host& host() { return host_; }

  [[nodiscard]] Memory& memory() { return memory_; }

  // In the order in which sockets are bound: the host's, then those of the accelerators, memory
  // before registers, then the memory's. Empty without monitors.
  [[nodiscard]] std::vector<std::unique_ptr<Monitor>>& monitors() { return monitors_; }

 private:
  [[nodiscard]] std::vector<AddressRange> Ranges() const;
  [[nodiscard]] std::vector<AddressWindow> Windows() const;
  [[nodiscard]] std::uint64_t PartBytes() const;

  template <typename Initiator, typename Target>
  void Connect(Initiator& initiator, Target& target, const std::string& name);

  PlatformOptions options_;
  Host host_;
  Router router_;
  Memory memory_;
  InterruptController interrupts_;
  sc_core::sc_signal<bool> interrupt_;
  sc_core::sc_vector<sc_core::sc_signal<bool>> lines_;
  std::vector<std::unique_ptr<Accelerator>> accelerators_;
  std::vector<std::unique_ptr<TlmDevice>> devices_;
  std::vector<std::unique_ptr<Monitor>> monitors_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_PLATFORM_H_

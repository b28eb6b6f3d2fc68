// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_
#define DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/memory/axi_memory.h"
#include "sim/rtl/model.h"
#include "sim/rtl/model_request.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// A waveform of the cycles from .. to - 1, counted as Device::Cycles().
struct TraceWindow {
  std::filesystem::path file;  // .fst or .vcd; empty: no waveform
  std::uint64_t from = 0;
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
};

// The RTL itself, run by Verilator, with a memory model on its AXI4 bus.
//
// Registers are accessed by AXI4-Lite transfers, which take clock cycles; memory is accessed in the
// model's array, which takes none. Between calls no clock runs.
class VerilatedDevice final : public driver::Device {
 public:
  // Builds the model if it is not in the cache (CachedModel), loads it and resets the device.
  //
  // Errors  std::invalid_argument for parameters out of range, memory and device of different bus
  //         width, or a trace file that is neither .fst nor .vcd; std::runtime_error from
  //         CachedModel.
  VerilatedDevice(const DeviceParameters& parameters,
                  const MemoryParameters& memory,
                  const TraceWindow& trace = {});

  // The same for a request of the caller's. Its trace format is set from `trace`.
  VerilatedDevice(ModelRequest request,
                  const MemoryParameters& memory,
                  const TraceWindow& trace = {});

  // Errors of all register accesses: std::out_of_range for an illegal offset; std::runtime_error
  // if the device does not answer within 1000 cycles, answers with an error, violates the AXI4
  // protocol, or an RTL assertion fails.
  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override;
  void WriteRegister(std::uint32_t offset, std::uint32_t value) override;

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  [[nodiscard]] std::uint64_t MemoryBytes() const override;

  // Idle is found without side effects: register CYCLES stands still between two reads. It is read
  // when the interrupt line rises, if GIE and IER enable it, else after another 64th of the
  // time that has passed, 32 to 4096 cycles; so the device may run that much longer than its job.
  bool RunUntilIdle(std::uint64_t limit_cycles) override;

  [[nodiscard]] std::uint64_t Cycles() const override { return cycles_; }

  // Runs the clock.
  void Run(std::uint64_t cycles);

  // Resets RTL and memory model; memory contents, faults and Cycles() stay.
  void Reset();

  // The memory on the bus, for faults and traffic figures.
  [[nodiscard]] AxiMemory& memory() { return memory_; }

  // The interrupt line in the last cycle.
  [[nodiscard]] bool Interrupt() const { return device_.irq != 0; }

 private:
  void Tick();
  void SwitchTrace();
  template <typename Done>
  void TickUntil(std::uint32_t offset, Done&& done);
  [[nodiscard]] bool IsIdle();

  AxiMemory memory_;
  TraceWindow trace_;
  Model model_;
  HostPins host_;
  DevicePins device_;
  bool host_works_ = true;  // its pins matter in the coming cycle
  std::uint64_t cycles_ = 0;
  std::uint64_t trace_switch_ =
      std::numeric_limits<std::uint64_t>::max();  // cycle to open or close
  bool trace_is_open_ = false;
  std::uint32_t gie_ = 0;  // as last written
  std::uint32_t ier_ = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_

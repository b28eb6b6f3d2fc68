// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_TLM_DEVICE_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_TLM_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include <systemc>

#include "driver/device.h"
#include "sim/systemc/platform/host.h"

namespace denseshift::systemc {

struct TlmDeviceOptions {
  unsigned index = 0;  // of the accelerator, its interrupt line and the host's thread
  std::uint64_t memory_bytes = 0;
  std::uint64_t memory_base = 0;  // where the device's address 0 lies in the platform's memory
  sc_core::sc_time clock_period;
  bool interrupts = false;  // wait for the end of a job by interrupt instead of polling
};

// An accelerator of a platform as the driver sees it. To be used by a program of the host.
//
// Polling takes the clock cycles that sim::ClockedDevice takes.
class TlmDevice final : public driver::Device {
 public:
  TlmDevice(Host& host, TlmDeviceOptions options) : host_(host), options_(std::move(options)) {}

  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override;

  // With interrupts a start enables them first.
  void WriteRegister(std::uint32_t offset, std::uint32_t value) override;

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;

  [[nodiscard]] std::uint64_t MemoryBytes() const override { return options_.memory_bytes; }

  bool RunUntilIdle(std::uint64_t limit_cycles) override;

  // Of simulated time.
  [[nodiscard]] std::uint64_t Cycles() const override;

 private:
  [[nodiscard]] std::uint64_t RegisterAddress(std::uint32_t offset) const;
  void CheckMemory(std::uint64_t address, std::size_t bytes) const;
  void EnableInterrupts();
  void AcknowledgeInterrupt();
  [[nodiscard]] bool IsIdle();
  bool Poll(std::uint64_t limit_cycles);

  Host& host_;
  TlmDeviceOptions options_;
  bool interrupts_enabled_ = false;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_TLM_DEVICE_H_

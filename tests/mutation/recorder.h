// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_RECORDER_H_
#define DENSESHIFT_TESTS_MUTATION_RECORDER_H_

#include <cstdint>
#include <random>
#include <string>

#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"
#include "sim/model/clocked_device.h"
#include "sim/model/model_device.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// The cycle model as a device that writes down all pins in every cycle. As long as the RTL drives
// what the model drives, host and memory drive what is recorded, so that the record can take their
// place.
//
// Input pins whose valid signal is low are recorded with random values: the RTL must not look.
class Recorder final : public sim::ClockedDevice {
 public:
  // Begins with a reset. Errors as ModelDevice.
  Recorder(const std::string& name,
           const sim::DeviceParameters& parameters,
           const sim::MemoryParameters& memory);

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  void Run(std::uint64_t cycles) override;

  // Resets the device, wherever it is; memory contents and faults stay.
  void Reset();

  void AddFault(const sim::Fault& fault) { model_.memory().AddFault(fault); }

  void ClearFaults() { model_.memory().ClearFaults(); }

  // One cycle with host pins of the caller's. Returns what the device drives in it.
  const sim::DevicePins& Step(const sim::HostPins& host);

  // One cycle after which the counters that are too long to run through hold `value`, as far as it
  // fits: a long job in short.
  void PresetCounters(std::uint64_t value);

  // What the device drives in the coming cycle.
  [[nodiscard]] sim::DevicePins Outputs() const;

  [[nodiscard]] const Trace& trace() const { return trace_; }

 private:
  void TickWithHost() override;
  void Record(bool is_compared);
  void Scramble(TraceCycle& cycle);

  sim::ModelDevice model_;
  Trace trace_;
  std::mt19937 random_;
  std::uint8_t bus_log_ = 0;
};

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_RECORDER_H_

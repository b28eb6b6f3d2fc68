// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/lockstep_device.h"

#include <fmt/format.h>

#include "sim/lockstep/signal_map.h"
#include "sim/rtl/model_cache.h"
#include "sim/rtl/model_request.h"

namespace denseshift::sim {

namespace {

ModelRequest Observed(const DeviceParameters& parameters) {
  ModelRequest request = TopRequest(parameters);
  request.observed = true;
  return request;
}

std::string Text(std::uint64_t cycle, const Signal& signal) {
  std::string place;
  if (signal.lane >= 0)
    place += fmt::format(", lane {}", signal.lane);
  if (signal.column >= 0)
    place += fmt::format(", column {}", signal.column);
  return fmt::format("cycle {}: {} of unit {}{} ({} in the RTL) is {}, the model says {}",
                     cycle,
                     signal.name,
                     signal.unit,
                     place,
                     signal.rtl_name,
                     ValueText(signal.rtl, signal.bits),
                     ValueText(signal.model, signal.bits));
}

}  // namespace

LockstepDifference::LockstepDifference(std::uint64_t at, const Signal& where)
    : std::runtime_error(Text(at, where)),
      cycle(at),
      signal(where),
      expected(ValueText(where.model, where.bits)),
      actual(ValueText(where.rtl, where.bits)) {
}

LockstepDevice::LockstepDevice(const DeviceParameters& parameters, const MemoryParameters& memory)
    : ClockedDevice(parameters, memory),
      rtl_(CachedModel(Observed(parameters))),
      model_(parameters, memory),
      comparison_(MapSignals(parameters, rtl_.States(), model_.accelerator().ListState())) {
  ResetHost();
  for (std::uint64_t i = 0; i < kResetCycles; ++i)
    rtl_.Tick(AxiMemoryPins{}, &host_, device_);
  host_.rst_n = 1;
  memory_.Reset();
}

void LockstepDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  ClockedDevice::WriteMemory(address, data, bytes);
  model_.WriteMemory(address, data, bytes);
}

void LockstepDevice::AddFault(const Fault& fault) {
  memory_.AddFault(fault);
  model_.memory().AddFault(fault);
}

void LockstepDevice::Tick(bool host_works) {
  rtl_.Tick(memory_.pins(), host_works ? &host_ : nullptr, device_);
  memory_.Step(device_.axi);
  model_.Follow(host_works ? &host_ : nullptr);
  ++cycles_;
  if (!comparison_.Equal()) {
    if (const auto signal = comparison_.FirstDifference())
      throw LockstepDifference(cycles_, *signal);
  }
}

void LockstepDevice::TickWithHost() {
  Tick(true);
}

void LockstepDevice::Run(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i)
    Tick(i == 0);
}

}  // namespace denseshift::sim

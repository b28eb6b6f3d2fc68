// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/lockstep_device.h"

#include <utility>

#include "sim/lockstep/pin_check.h"
#include "sim/rtl/model_request.h"

namespace denseshift::sim {

LockstepDevice::LockstepDevice(const DeviceParameters& parameters,
                               const MemoryParameters& memory,
                               Options options)
    : ClockedDevice(parameters, memory),
      options_(std::move(options)),
      rtl_(TopRequest(parameters), options_.trace),
      state_(rtl_.States()) {
  ResetHost();
  for (std::uint64_t i = 0; i < kResetCycles; ++i)
    rtl_.TickInReset(host_, device_);
  host_.rst_n = 1;
  memory_.Reset();
  if (!options_.concurrent) {
    checker_ = std::make_unique<LockstepChecker>(parameters, memory, state_);
    return;
  }
  changing_.emplace(state_);
  checked_.emplace(state_);
  checker_ = std::make_unique<LockstepChecker>(parameters, memory, checked_->InCopies(state_));
  thread_ = std::make_unique<CheckThread>(changing_->size(),
                                          [this](const CheckBatch& batch) { CheckBatchOf(batch); });
}

std::size_t LockstepDevice::ComparedSignals() const {
  return checker_->signals().size() + ComparedPins();
}

void LockstepDevice::Finish() {
  if (thread_ == nullptr)
    return;
  if (thread_->batch().count != 0)
    thread_->Submit();
  thread_->Wait();
}

void LockstepDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  Finish();
  ClockedDevice::ReadMemory(address, data, bytes);
}

void LockstepDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  Finish();
  ClockedDevice::WriteMemory(address, data, bytes);
  checker_->model().WriteMemory(address, data, bytes);
}

void LockstepDevice::AddFault(const Fault& fault) {
  Finish();
  memory_.AddFault(fault);
  checker_->model().memory().AddFault(fault);
}

void LockstepDevice::Inject(const BitFlip& flip) {
  flip_ = PlaceOf(flip, state_);
  flip_cycle_ = flip.cycle;
}

void LockstepDevice::Flip() {
  flip_->Flip();
  flip_.reset();
  rtl_.Settle();
}

// A wrong address on the bus is an error of its own; it is not to hide what came before it.
inline void LockstepDevice::StepMemory() {
  try {
    memory_.Step(device_.axi);
  } catch (const std::exception&) {
    Finish();
    throw;
  }
}

inline void LockstepDevice::Tick(bool host_works) {
  if (flip_.has_value() && cycles_ == flip_cycle_)
    Flip();
  const HostPins* host = host_works ? &host_ : nullptr;
  rtl_.Tick(cycles_, memory_.pins(), host, device_);
  if (thread_ != nullptr) {
    CheckLater(host_works);
  } else {
    CheckNow(host);
  }
  StepMemory();
  ++cycles_;
  if (options_.observer)
    options_.observer(cycles_);
}

void LockstepDevice::CheckNow(const HostPins* host) {
  if (!options_.on_difference) {
    checker_->Check(cycles_, host, device_);
    return;
  }
  if (compared_ == Compared::kNothing)
    return;
  try {
    if (compared_ == Compared::kAll) {
      checker_->Check(cycles_, host, device_);
    } else {
      checker_->CheckPins(cycles_, host, device_);
    }
  } catch (const LockstepDifference& difference) {
    const bool was_in_pins = IsPin(difference.signal);
    compared_ = was_in_pins ? Compared::kNothing : Compared::kPins;
    options_.on_difference(difference);
  }
}

inline void LockstepDevice::CheckLater(bool host_works) {
  CheckBatch& batch = thread_->batch();
  if (batch.count == 0)
    batch.first = cycles_;
  changing_->Collect(batch.changes);
  CheckBatch::Cycle& cycle = batch.cycles[batch.count++];
  cycle.pins = device_;
  cycle.host_works = host_works;
  if (host_works)
    cycle.host = host_;
  cycle.changes_end = static_cast<std::uint32_t>(batch.changes.count);
  if (batch.IsFull())
    thread_->Submit();
}

void LockstepDevice::CheckBatchOf(const CheckBatch& batch) {
  std::size_t change = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const CheckBatch::Cycle& cycle = batch.cycles[i];
    checked_->Apply(batch.changes, change, cycle.changes_end);
    change = cycle.changes_end;
    checker_->Check(batch.first + i, cycle.host_works ? &cycle.host : nullptr, cycle.pins);
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

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_
#define DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/lockstep/bit_flip.h"
#include "sim/lockstep/check_thread.h"
#include "sim/lockstep/lockstep_checker.h"
#include "sim/lockstep/lockstep_difference.h"
#include "sim/model/clocked_device.h"
#include "sim/rtl/trace_window.h"
#include "sim/rtl/traced_model.h"

namespace denseshift::sim {

// RTL and cycle model side by side: each with its own copy of the memory model, the same program
// and the same host; nothing of the RTL reaches the model. All state and all output pins of both
// are compared in every clock cycle; the first difference throws LockstepDifference, from this call
// or one of the next.
class LockstepDevice final : public ClockedDevice {
 public:
  struct Options {
    TraceWindow trace;  // of the RTL
    // Compare in a thread of its own, up to some hundred cycles later, while the RTL goes on.
    bool concurrent = true;
    // If not concurrent: called after every cycle, with the number of the next, and with the first
    // difference instead of its being thrown. After that only pins are compared, up to the first
    // difference between them, of which it tells too; then nothing.
    std::function<void(std::uint64_t cycle)> observer;
    std::function<void(const LockstepDifference&)> on_difference;
  };

  // Errors as TracedModel; std::logic_error if RTL and model do not hold the same state.
  LockstepDevice(const DeviceParameters& parameters,
                 const MemoryParameters& memory,
                 Options options);

  LockstepDevice(const DeviceParameters& parameters, const MemoryParameters& memory)
      : LockstepDevice(parameters, memory, Options()) {}

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  void Run(std::uint64_t cycles) override;

  // The same fault on both buses.
  void AddFault(const Fault& fault);

  // Inverts a bit of the RTL before the clock edge of a cycle that is yet to come. Throws
  // std::invalid_argument if there is no such bit.
  void Inject(const BitFlip& flip);

  // Waits until every cycle so far is compared. Throws LockstepDifference.
  void Finish();

  // Signals compared in every cycle.
  [[nodiscard]] std::size_t ComparedSignals() const;

  [[nodiscard]] const std::vector<Signal>& signals() const { return checker_->signals(); }

  // The model after the last cycle that was compared.
  [[nodiscard]] const ModelDevice& model() const { return checker_->model(); }

  // The state of the RTL, memories too.
  [[nodiscard]] const std::vector<StateEntry>& RtlState() const { return state_; }

 private:
  void TickWithHost() override;
  void Tick(bool host_works);
  void Flip();
  void StepMemory();
  void CheckNow(const HostPins* host);
  void CheckLater(bool host_works);
  void CheckBatchOf(const CheckBatch& batch);

  Options options_;
  TracedModel rtl_;
  std::vector<StateEntry> state_;
  std::unique_ptr<LockstepChecker> checker_;
  enum class Compared { kAll, kPins, kNothing };
  Compared compared_ = Compared::kAll;
  std::optional<BitPlace> flip_;  // at the start of flip_cycle_
  std::uint64_t flip_cycle_ = 0;
  // If concurrent: what the RTL changes, and the copy that the other thread compares.
  std::optional<StateLines> changing_;
  std::optional<StateLines> checked_;
  std::unique_ptr<CheckThread> thread_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_

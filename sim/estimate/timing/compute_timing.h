// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_COMPUTE_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_COMPUTE_TIMING_H_

#include <array>
#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/device_parameters.h"
#include "sim/estimate/timing/array_use.h"
#include "sim/estimate/timing/command_queue.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"
#include "sim/estimate/timing/span.h"
#include "sim/estimate/timing/token_times.h"
#include "sim/estimate/timing/unpacker_timing.h"

namespace denseshift::sim::timing {

// Issue, unpacker, feeder and post; docs/timing.md. Once a command is taken nothing outside keeps
// it waiting, so that all of it is timed at once.
class ComputeTiming {
 public:
  ComputeTiming(const std::vector<driver::Command>& commands,
                Tokens& tokens,
                const DeviceParameters& device,
                std::vector<Span>* spans);

  [[nodiscard]] CommandQueue& queue() { return queue_; }

  // Times the commands for which all they wait for is known. Returns whether there were any.
  bool Advance();

  // The cycle from which on the unit is idle, if no command comes any more.
  [[nodiscard]] Cycle IdleFrom() const { return idle_from_; }

  // The cycle at least in which the last of all steps is issued.
  [[nodiscard]] Cycle LeastEnd() const { return issue_ + issues_left_; }

  [[nodiscard]] const ArrayUse& use() const { return use_; }

 private:
  static constexpr std::uint64_t kWalkerQueue = 2;

  void Run(std::uint32_t index, Cycle taken, Cycle wanted);
  void RunConv(const driver::ConvCommand& command);
  void RunVector(Cycle issues);
  void RunColumnTile(const driver::ConvCommand& command, std::int64_t positions);

  const std::vector<driver::Command>& commands_;
  Tokens& tokens_;
  CommandQueue queue_;
  ArrayUse use_;
  std::int64_t layer_ = -1;  // of the last command
  // When each walker ended its last commands.
  History<2> unpacked_;
  History<2> fed_;
  History<2> posted_;
  UnpackerTiming unpacker_;
  // Feeder.
  Cycle issue_ = 0;        // the next issue, if nothing blocks it
  Cycle issues_left_ = 0;  // of commands not taken yet
  Cycle tile_taken_ = -1;  // the last one
  int bank_ = 0;
  std::array<Cycle, 2> released_ = {-1, -1};  // banks, by post
  // Post.
  Cycle drain_ = 0;  // the next drain, if its sums are there
  Cycle idle_from_ = 0;
  std::vector<Span>* spans_;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_COMPUTE_TIMING_H_

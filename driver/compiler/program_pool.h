// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_PROGRAM_POOL_H_
#define DENSESHIFT_DRIVER_COMPILER_PROGRAM_POOL_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/compiler/emit_program.h"
#include "driver/compiler/memory_speed.h"
#include "driver/compiler/network_tiler.h"
#include "driver/compiler/program_timer.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// The programs of one network for one device that were made so far, each once, and which of them
// takes the fewest cycles.
class ProgramPool {
 public:
  // What is cut alike, and what all devices between two get.
  struct Entry {
    Capabilities device;
    Capabilities least_device;
    NetworkTiling tiling;
    std::int64_t commands = 0;  // of all programs, one for each prefetch distance; 0 if none fits
  };

  // options.timer must be there.
  //
  // capabilities  of the device the programs are for
  // Errors        std::invalid_argument if memory is too small for the network's tensors.
  ProgramPool(const Network& network,
              const Capabilities& capabilities,
              const CompileOptions& options,
              std::vector<int> prefetch_distances);

  // The programs that keep to `device` and are cut for `memory`, made now if they are not known
  // yet.
  //
  // Errors  std::invalid_argument naming a layer that does not fit.
  const Entry& Find(const Capabilities& device, const MemorySpeed& memory);

  // Cycles of the best of an entry's programs with a memory of that speed; any number above `limit`
  // if they are more, and if there are none. Best called right after Find(): programs are large, so
  // that only those of one entry are kept, and others are made again.
  [[nodiscard]] std::int64_t CyclesWith(const MemorySpeed& memory,
                                        const Entry& entry,
                                        std::int64_t limit);

  [[nodiscard]] const Capabilities& capabilities() const { return capabilities_; }

  // Of all programs found, the one that takes the fewest cycles with the device's own memory, the
  // first of several; if memory has room for none, one that does not fit. Find() comes first.
  [[nodiscard]] const ProgramChoice& best() const { return best_; }

 private:
  const Entry& Make(const Capabilities& device, NetworkTiling tiling);
  void MakePrograms(const Entry& entry);

  const Network& network_;
  const Capabilities& capabilities_;
  const CompileOptions& options_;
  std::vector<int> prefetch_distances_;
  std::vector<ProgramTensor> tensors_;
  std::deque<Entry> entries_;
  const Entry* made_ = nullptr;                          // whose programs are kept
  std::vector<std::optional<EmittedProgram>> programs_;  // by prefetch distance, if they fit memory
  ProgramChoice best_;
  std::int64_t best_cycles_ = ProgramTimer::kForever;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_PROGRAM_POOL_H_

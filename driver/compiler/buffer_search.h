// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_
#define DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <set>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/compiler/emit_program.h"
#include "driver/compiler/memory_speed.h"
#include "driver/compiler/network_tiler.h"
#include "driver/compiler/program_trial.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Looks for the program of a network that takes the fewest cycles among those that devices with the
// same or smaller buffers get, so that a larger buffer does not make a network slower:
// docs/decisions/0012-larger-buffers.md.
//
// A program is made for the device; then, buffer by buffer, for the next smaller device that gets
// another one. The search goes on from programs as good as the best, and from others a few steps
// along one buffer.
class BufferSearch {
 public:
  // options.timer must be there.
  //
  // capabilities  of the device the program is for
  // Errors        std::invalid_argument if memory is too small.
  BufferSearch(const Network& network,
               const Capabilities& capabilities,
               const CompileOptions& options);

  // The best program; if memory has room for none, one that does not fit. To be called once.
  //
  // speeds  of the memories the network is cut for
  // Errors  std::invalid_argument naming a layer that does not fit the device.
  [[nodiscard]] ProgramChoice Run(const std::vector<MemorySpeed>& speeds,
                                  const std::vector<int>& prefetch_distances);

 private:
  static constexpr std::size_t kBuffers = 4;
  static constexpr std::size_t kAnyBuffer = kBuffers;

  // A device to look at.
  struct Step {
    std::int64_t cycles = 0;  // of the program that led to it
    std::size_t number = 0;
    Capabilities device;
    std::size_t cut = 0;
    std::size_t buffer = kAnyBuffer;  // that was made smaller
    int reach = 0;                    // so many steps on along that are taken in any case

    // Whether it is looked at later than `other`.
    bool operator<(const Step& other) const {
      return cycles != other.cycles ? cycles > other.cycles : number > other.number;
    }
  };

  // A tiling with the best of its programs, which all devices between two get.
  struct Known {
    Capabilities device;
    Capabilities least_device;
    NetworkTiling tiling;
    std::int64_t cycles = 0;
  };

  // All for one memory.
  struct Cut {
    MemorySpeed memory;
    std::set<std::array<int, kBuffers>> looked_at;
    std::vector<Known> known;
  };

  void Look(const Step& step);
  const Known& Try(const Capabilities& device, NetworkTiling tiling, std::vector<Known>& known);
  void GoOn(const Step& step, const Known& known);

  const Network& network_;
  const Capabilities& capabilities_;
  const CompileOptions& options_;
  std::vector<ProgramTensor> tensors_;
  std::vector<int> prefetch_distances_;
  std::vector<Cut> cuts_;
  std::priority_queue<Step> steps_;
  std::size_t steps_taken_ = 0;
  std::int64_t commands_ = 0;  // of all programs
  ProgramChoice best_;
  std::int64_t best_cycles_ = ProgramTrial::kForever;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_

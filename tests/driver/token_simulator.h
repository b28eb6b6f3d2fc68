// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_TOKEN_SIMULATOR_H_
#define DENSESHIFT_TESTS_DRIVER_TOKEN_SIMULATOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"

namespace denseshift::driver::testing {

// How long things take, in clock cycles.
struct Timing {
  int queue_depth = 4;      // commands a unit holds besides the one it works on
  int memory_latency = 50;  // from a load's start to its first word, and after a store's last word
  int compute_bubble = 10;  // between two compute commands
  // Whether a load's request goes out while the load before it still receives data.
  bool loads_overlap = true;
};

struct SimulationResult {
  bool finished = false;           // false: the list is stuck
  std::int64_t cycles = 0;         // until the last unit is done
  int most_tokens = 0;             // highest value of any token counter
  std::size_t commands = 0;        // executed
  std::int64_t compute_busy = 0;   // cycles the compute unit reads activations
  std::int64_t load_busy = 0;      // cycles the load unit receives words
  std::vector<std::int64_t> ends;  // when each command had ended
};

// Runs a command list as docs/commands.md describes: a sequencer that hands out commands in order
// and waits when a unit's queue is full, three units that work in order, five token counters.
// Durations are approximate, order and tokens exact.
[[nodiscard]] SimulationResult Simulate(const std::vector<CommandWords>& commands,
                                        const Capabilities& capabilities,
                                        const Timing& timing);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_TOKEN_SIMULATOR_H_

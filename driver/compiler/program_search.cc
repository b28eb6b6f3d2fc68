// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_search.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "driver/compiler/emit_program.h"
#include "driver/compiler/network_tiler.h"
#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

// Networks of up to so many cycles are cut for memories of the same speeds, whatever the memory is:
// where the same programs compete, a faster memory never gets a slower one.
constexpr std::int64_t kFewCycles = 65536;

// Loads keep none out that is needed before.
constexpr int kLatePrefetch = 1;

MemorySpeed SlowMemory(int times) {
  const MemorySpeed bus;
  return {bus.word_cycles * times, bus.burst_cycles * times};
}

// How many times slower than the bus a memory is.
double SlownessOf(const MemorySpeed& memory) {
  const MemorySpeed bus;
  return std::max(memory.word_cycles / bus.word_cycles, memory.burst_cycles / bus.burst_cycles);
}

// Besides one as fast as the bus, the memories a network of `cycles` cycles is cut for.
std::vector<int> SlowMemoriesFor(std::int64_t cycles, const MemorySpeed& memory) {
  if (cycles <= kFewCycles) {
    return {2, 8};
  }
  const double slowness = SlownessOf(memory);
  if (slowness <= 1) {
    return {};  // for long networks the model is exact enough
  }
  constexpr int kSlowest = 16;
  int times = 2;
  while (times < slowness && times < kSlowest) {
    times *= 2;
  }
  return {times};
}

// What is worth a try, the most likely first.
std::vector<ProgramChoice> ChoicesFor(const NetworkTiler& tiler, const ProgramTimer* timer) {
  std::vector<ProgramChoice> choices = {{tiler.Choose(MemorySpeed()), kUsualPrefetchDistance}};
  if (timer == nullptr) {
    return choices;
  }
  const std::int64_t cycles = choices.front().tiling.cost;
  for (const int times : SlowMemoriesFor(cycles, timer->Memory())) {
    NetworkTiling tiling = tiler.Choose(SlowMemory(times));
    if (std::none_of(choices.begin(), choices.end(), [&](const ProgramChoice& choice) {
          return IsCutAlike(choice.tiling, tiling);
        })) {
      choices.push_back({std::move(tiling), kUsualPrefetchDistance});
    }
  }
  if (cycles <= kFewCycles && choices.front().tiling.layers.size() > 1) {
    const std::size_t tilings = choices.size();
    for (std::size_t i = 0; i < tilings; ++i) {
      choices.push_back({choices[i].tiling, kLatePrefetch});
    }
  }
  return choices;
}

}  // namespace

ProgramChoice ChooseProgram(const Network& network,
                            const Capabilities& capabilities,
                            const CompileOptions& options) {
  const NetworkTiler tiler(
      network, PlaceTensors(network, capabilities, options), options.batch, capabilities);
  std::vector<ProgramChoice> choices = ChoicesFor(tiler, options.timer);
  // Forever if the program does not fit memory or its commands their fields. Should that be so for
  // all, the first is refused where it is used, with names.
  const auto cycles_of = [&](const ProgramChoice& choice) {
    try {
      const ProgramPlan plan = EmitProgram(network, capabilities, options, choice, false);
      for (const Command& command : plan.commands) {
        static_cast<void>(Encode(command));
      }
      return options.timer->Cycles(plan);
    } catch (const std::invalid_argument&) {
      return std::numeric_limits<std::int64_t>::max();
    }
  };
  std::size_t best = 0;
  if (choices.size() > 1) {
    std::vector<std::int64_t> cycles;
    std::transform(choices.begin(), choices.end(), std::back_inserter(cycles), cycles_of);
    best =
        static_cast<std::size_t>(std::min_element(cycles.begin(), cycles.end()) - cycles.begin());
  }
  return std::move(choices[best]);
}

}  // namespace denseshift::driver

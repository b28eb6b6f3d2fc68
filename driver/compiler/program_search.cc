// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_search.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "driver/compiler/buffer_search.h"
#include "driver/compiler/emit_program.h"
#include "driver/compiler/network_tiler.h"
#include "driver/compiler/program_trial.h"
#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

// Programs of networks of up to so many MACs and weights are searched for, on all devices alike.
// ResNet-18's layers have more of the one or of the other: its estimate has to be fast.
constexpr std::uint64_t kFewMacs = 6'000'000;
constexpr std::uint64_t kFewWeights = 500'000;

// Networks of up to so many cycles are cut for memories of the same speeds, whatever the memory is:
// where the same programs compete, a faster memory never gets a slower one.
constexpr std::int64_t kFewCycles = 65536;

// A slow memory in which a burst takes long, however short it is.
constexpr MemorySpeed kLongLatency{3, 64};

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

bool IsSmall(const Network& network, int batch) {
  std::uint64_t macs = 0;
  std::uint64_t weights = 0;
  for (const Layer& layer : network.layers) {
    const Tensor& output = network.tensors[static_cast<std::size_t>(layer.output)];
    const std::uint64_t of_layer = layer.Macs(network.tensors);
    macs += of_layer * static_cast<std::uint64_t>(batch);
    weights += of_layer / static_cast<std::uint64_t>(output.height) /
               static_cast<std::uint64_t>(output.width);
  }
  return macs <= kFewMacs && weights <= kFewWeights;
}

ProgramChoice SearchBuffers(const Network& network,
                            const Capabilities& capabilities,
                            const CompileOptions& options) {
  std::vector<int> prefetch_distances = {kUsualPrefetchDistance};
  if (network.layers.size() > 1) {
    prefetch_distances.push_back(kLatePrefetch);  // which helps where layers meet
  }
  return BufferSearch(network, capabilities, options)
      .Run({MemorySpeed(), SlowMemory(2), SlowMemory(8), SlowMemory(16), kLongLatency},
           prefetch_distances);
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
std::vector<ProgramChoice> ChoicesFor(const NetworkTiler& tiler,
                                      const Capabilities& capabilities,
                                      const ProgramTimer* timer) {
  std::vector<ProgramChoice> choices = {
      {capabilities, tiler.Choose(MemorySpeed()), kUsualPrefetchDistance}};
  if (timer == nullptr) {
    return choices;
  }
  const std::int64_t cycles = choices.front().tiling.cost;
  for (const int times : SlowMemoriesFor(cycles, timer->Memory())) {
    NetworkTiling tiling = tiler.Choose(SlowMemory(times));
    if (std::none_of(choices.begin(), choices.end(), [&](const ProgramChoice& choice) {
          return IsCutAlike(choice.tiling, tiling);
        })) {
      choices.push_back({capabilities, std::move(tiling), kUsualPrefetchDistance});
    }
  }
  if (cycles <= kFewCycles && choices.front().tiling.layers.size() > 1) {
    const std::size_t tilings = choices.size();
    for (std::size_t i = 0; i < tilings; ++i) {
      choices.push_back({capabilities, choices[i].tiling, kLatePrefetch});
    }
  }
  return choices;
}

}  // namespace

ProgramChoice ChooseProgram(const Network& network,
                            const Capabilities& capabilities,
                            const CompileOptions& options) {
  if (options.timer != nullptr && IsSmall(network, options.batch)) {
    return SearchBuffers(network, capabilities, options);
  }
  const NetworkTiler tiler(
      network, PlaceTensors(network, capabilities, options), options.batch, capabilities);
  std::vector<ProgramChoice> choices = ChoicesFor(tiler, capabilities, options.timer);
  std::size_t best = 0;  // and if memory has room for none
  if (choices.size() > 1) {
    std::vector<std::int64_t> cycles;
    cycles.reserve(choices.size());
    for (const ProgramChoice& choice : choices) {
      cycles.push_back(TryProgram(network, capabilities, options, choice).cycles);
    }
    best =
        static_cast<std::size_t>(std::min_element(cycles.begin(), cycles.end()) - cycles.begin());
  }
  return std::move(choices[best]);
}

}  // namespace denseshift::driver

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
#include "driver/compiler/program_pool.h"
#include "driver/compiler/program_timer.h"
#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

// Programs of networks of up to so many MACs and weights are searched for, on all devices alike.
struct Size {
  std::uint64_t macs = 0;
  std::uint64_t weights = 0;
};

constexpr Size kSmallNetwork{50'000'000, 2'000'000};
// Single layers mostly come by the dozen, as the rows of a topology: each of ResNet-18's has more
// of the one or of the other, so that their estimates are fast. That is why little is searched for
// kernels of one tap, its fully connected layer among them.
constexpr Size kSmallLayer{50'000'000, 2'000'000};
constexpr Size kSmallPointwiseLayer{6'000'000, 500'000};

// Networks of up to so many cycles, as a model sees them, are cut for fewer memories, but also with
// late loads.
constexpr std::int64_t kFewCycles = 65536;

// The estimates of networks of more MACs than that have to be fast. They are cut for slow memories
// only if they have one; all others have the same programs to choose from on all memories, so that
// a faster one does not make them slower.
constexpr std::uint64_t kManyMacs = 500'000'000;

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

std::uint64_t MacsOf(const Network& network, int batch) {
  std::uint64_t macs = 0;
  for (const Layer& layer : network.layers) {
    macs += layer.Macs(network.tensors) * static_cast<std::uint64_t>(batch);
  }
  return macs;
}

std::uint64_t WeightsOf(const Network& network) {
  std::uint64_t weights = 0;
  for (const Layer& layer : network.layers) {
    const Tensor& output = network.tensors[static_cast<std::size_t>(layer.output)];
    weights += layer.Macs(network.tensors) / static_cast<std::uint64_t>(output.height) /
               static_cast<std::uint64_t>(output.width);
  }
  return weights;
}

Size SmallSizeFor(const Network& network) {
  if (network.layers.size() != 1) {
    return kSmallNetwork;
  }
  const Window& window = network.layers.front().window;
  return window.kernel_h * window.kernel_w > 1 ? kSmallLayer : kSmallPointwiseLayer;
}

bool IsSmall(const Network& network, int batch) {
  const Size small = SmallSizeFor(network);
  return MacsOf(network, batch) <= small.macs && WeightsOf(network) <= small.weights;
}

ProgramChoice SearchBuffers(const Network& network,
                            const Capabilities& capabilities,
                            const CompileOptions& options) {
  std::vector<int> prefetch_distances = {kUsualPrefetchDistance};
  if (network.layers.size() > 1) {
    prefetch_distances.push_back(kLatePrefetch);  // which helps where layers meet
  }
  ProgramPool pool(network, capabilities, options, std::move(prefetch_distances));
  for (const MemorySpeed& memory :
       {MemorySpeed(), SlowMemory(2), SlowMemory(8), SlowMemory(16), kLongLatency}) {
    BufferSearch(pool, memory).Run();
  }
  return pool.best();
}

// Besides one as fast as the bus, how many times slower the memories are that a network is cut for,
// which takes `cycles` cycles.
std::vector<int> SlowMemoriesFor(std::uint64_t macs,
                                 std::int64_t cycles,
                                 const MemorySpeed& memory) {
  if (cycles <= kFewCycles) {
    return {2, 8};
  }
  if (macs > kManyMacs && SlownessOf(memory) <= 1) {
    return {};  // for so large networks the model is exact enough
  }
  return {2, 4, 8};
}

// What is worth a try, the most likely first.
std::vector<ProgramChoice> ChoicesFor(const NetworkTiler& tiler,
                                      ProgramChoice usual,
                                      std::uint64_t macs,
                                      const ProgramTimer& timer) {
  const Capabilities capabilities = usual.device;
  const std::int64_t cycles = usual.tiling.cost;
  std::vector<ProgramChoice> choices = {std::move(usual)};
  for (const int times : SlowMemoriesFor(macs, cycles, timer.Memory())) {
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
  if (options.timer != nullptr && options.search && IsSmall(network, options.batch)) {
    return SearchBuffers(network, capabilities, options);
  }
  const NetworkTiler tiler(
      network, PlaceTensors(network, capabilities, options), options.batch, capabilities);
  const std::uint64_t macs = MacsOf(network, options.batch);
  ProgramChoice usual{capabilities, tiler.Choose(MemorySpeed()), kUsualPrefetchDistance};
  if (options.timer == nullptr) {
    return usual;
  }
  const ProgramTimer& timer = *options.timer;
  std::vector<ProgramChoice> choices = ChoicesFor(tiler, std::move(usual), macs, timer);
  std::size_t best = 0;  // and if memory has room for none
  std::int64_t best_cycles = ProgramTimer::kForever;
  for (std::size_t i = 0; choices.size() > 1 && i < choices.size(); ++i) {
    if (choices[i].tiling.issue >= best_cycles) {
      continue;  // takes longer on any memory
    }
    const auto program = TryEmitProgram(network, capabilities, options, choices[i]);
    const std::int64_t cycles =
        program ? timer.Cycles(program->plan, best_cycles) : ProgramTimer::kForever;
    if (cycles < best_cycles) {
      best_cycles = cycles;
      best = i;
    }
  }
  return std::move(choices[best]);
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <utility>

#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

sim::DeviceParameters MutationDevice() {
  sim::DeviceParameters p;
  p.lanes = p.columns = 4;
  p.acc_bits = 24;
  p.acc_depth = 64;
  p.bus_bytes = 8;
  p.act_bytes = 1 << 17;
  p.wgt_bytes = 1 << 15;
  p.out_bytes = 1 << 15;
  p.param_entries = 256;
  return p;
}

sim::MemoryParameters MutationMemory() {
  sim::MemoryParameters memory;
  memory.bus_bytes = MutationDevice().bus_bytes;
  memory.bytes = std::uint64_t{1} << 17U;
  memory.latency_cycles = 3;
  return memory;
}

std::vector<Trace> AllStimuli() {
  // Layers are short and use everything a little; then one stimulus of each kind, the shortest,
  // another of each, and so on: most mutants die early.
  std::vector<Trace> all = LayerStimuli();
  std::vector<std::vector<Trace>> kinds = {CommandStimuli(),
                                           ListStimuli(),
                                           FaultStimuli(),
                                           LongStimuli(),
                                           RegisterStimuli(),
                                           EndStimuli(),
                                           EdgeStimuli(),
                                           CornerStimuli(),
                                           CountStimuli()};
  const auto is_longer = [](const Trace& a, const Trace& b) {
    return a.cycles.size() > b.cycles.size();
  };
  std::size_t left = 0;
  for (std::vector<Trace>& kind : kinds) {
    std::sort(kind.begin(), kind.end(), is_longer);
    left += kind.size();
  }
  for (std::size_t i = 0; left > 0; ++i) {
    std::vector<Trace>& kind = kinds[i % kinds.size()];
    if (kind.empty())
      continue;
    all.push_back(std::move(kind.back()));
    kind.pop_back();
    --left;
  }
  return all;
}

}  // namespace denseshift::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <iterator>

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
  std::vector<Trace> all;
  for (std::vector<Trace>& group : std::vector<std::vector<Trace>>{RegisterStimuli(),
                                                                   LayerStimuli(),
                                                                   ListStimuli(),
                                                                   CommandStimuli(),
                                                                   FaultStimuli(),
                                                                   CountStimuli(),
                                                                   EndStimuli(),
                                                                   LongStimuli()}) {
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  // One trace of each kind says much in little time; the long ones come last.
  std::stable_sort(all.begin(), all.end(), [](const Trace& a, const Trace& b) {
    return a.cycles.size() < b.cycles.size();
  });
  return all;
}

}  // namespace denseshift::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claims: a program for a configuration is the one that is estimated, and suits its memory.

#include "sim/estimate/compile_for.h"

#include <vector>

#include <gtest/gtest.h>

#include "driver/command/command.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/first_job.h"
#include "sim/estimate/plain_weights.h"
#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {
namespace {

// The third convolution of AlexNet: 15 x 15 x 256, 3x3, 384 outputs.
driver::Network AlexNetConv3() {
  TopologyLayer layer;
  layer.in_h = layer.in_w = 15;
  layer.channels = 256;
  layer.filters = 384;
  layer.window.kernel_h = layer.window.kernel_w = 3;
  layer.out_h = layer.out_w = 13;
  layer.bits = 4;
  return WithPlainWeights(MakeNetwork(layer));
}

Config Array32(const MemoryParameters& memory) {
  Config config;
  config.device.lanes = config.device.columns = 32;
  config.memory = memory;
  return config;
}

TEST(CompileFor, GivesThePlannedCommands) {
  MemoryParameters memory;
  memory.bytes_per_cycle = 4;
  const Config config = Array32(memory);
  const driver::Network network = AlexNetConv3();
  std::vector<driver::CommandWords> words;
  for (const driver::Command& command : PlanFor(config, network, 2).commands) {
    words.push_back(driver::Encode(command));
  }
  EXPECT_EQ(CompileFor(config, network, 2).commands, words);
}

// A job that takes longer than the limit is known to, whatever its cycles are.
TEST(TimeFirstJob, EndsAtALimit) {
  const Config config = Array32(MemoryParameters());
  const driver::ProgramPlan plan = PlanFor(config, AlexNetConv3());
  const timing::Cycle cycles = TimeFirstJob(plan, config).cycles;
  EXPECT_EQ(TimeFirstJob(plan, config, false, cycles).cycles, cycles);
  for (const timing::Cycle limit : {cycles - 1, cycles / 2, timing::Cycle{100}}) {
    const timing::Cycle late = TimeFirstJob(plan, config, false, limit).cycles;
    EXPECT_GT(late, limit);
    EXPECT_LE(late, cycles);
  }
  EXPECT_LT(TimeFirstJob(plan, config, false, 100).cycles, cycles) << "it went on to the end";
}

TEST(CompileFor, SuitsSlowMemories) {
  const driver::Network network = AlexNetConv3();
  MemoryParameters narrow;
  narrow.bytes_per_cycle = 4;
  MemoryParameters one_at_a_time;
  one_at_a_time.latency_cycles = 200;
  one_at_a_time.max_outstanding_reads = 1;
  for (const MemoryParameters& memory : {narrow, one_at_a_time}) {
    const Config config = Array32(memory);
    const auto plain = driver::PlanProgram(network, CapabilitiesOf(config.device));
    const auto suited = PlanFor(config, network);
    EXPECT_LT(5 * TimeFirstJob(suited, config).cycles, 4 * TimeFirstJob(plain, config).cycles);
  }
}

}  // namespace
}  // namespace denseshift::sim

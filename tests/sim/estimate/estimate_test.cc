// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/estimate.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/array_cycles.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate_topology.h"
#include "sim/estimate/plain_weights.h"
#include "sim/estimate/topology/topology_layer.h"
#include "sim/estimate/traffic.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using timing::ArrayUse;
using timing::Use;

// An image of 6 x 6 x 16 under a 3x3 kernel, 24 outputs.
TopologyLayer SmallLayer() {
  TopologyLayer layer;
  layer.name = "small";
  layer.line = 7;
  layer.in_h = layer.in_w = 6;
  layer.channels = 16;
  layer.filters = 24;
  layer.window.kernel_h = layer.window.kernel_w = 3;
  layer.out_h = layer.out_w = 4;
  layer.bits = 3;
  return layer;
}

TEST(CyclesByLayer, CutsPartsAtTheEndsOfLayers) {
  ArrayUse use;
  use.Until(10, Use::kMemory);
  use.Until(11, Use::kFill);
  use.Until(30, Use::kCompute);
  use.Until(45, Use::kMemory, 0);  // after the last command of layer 0, which ends in 38
  use.Until(60, Use::kCompute);
  use.Until(62, Use::kPost);
  use.Until(70, Use::kWeightLoad);
  const std::vector<ArrayCycles> layers = CyclesByLayer(use, {38, 80});
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[0].memory, 10U);
  EXPECT_EQ(layers[0].fill, 1U);
  EXPECT_EQ(layers[0].compute, 19U);
  EXPECT_EQ(layers[0].drain, 8U);
  EXPECT_EQ(layers[1].memory, 7U);
  EXPECT_EQ(layers[1].compute, 15U);
  EXPECT_EQ(layers[1].post, 2U);
  EXPECT_EQ(layers[1].weight_load, 8U);
  EXPECT_EQ(layers[1].drain, 10U);
}

// A part that goes on over the end of a layer counts for both.
TEST(CyclesByLayer, SharesAPartBetweenLayers) {
  ArrayUse use;
  use.Until(100, Use::kCompute);
  const std::vector<ArrayCycles> layers = CyclesByLayer(use, {30, 30, 100});
  EXPECT_EQ(layers[0].compute, 30U);
  EXPECT_EQ(layers[1].compute, 0U);
  EXPECT_EQ(layers[2].compute, 70U);
}

TEST(Traffic, LeastIsEveryTensorOnce) {
  const driver::Network network = MakeNetwork(SmallLayer());
  const BusBytes least = LeastBytes(network, network.layers[0], 2);
  EXPECT_EQ(least.input, 2U * 6 * 6 * 16);
  EXPECT_EQ(least.weight, 24U * 9 * 16 * 3 / 8);
  EXPECT_EQ(least.parameter, 24U * 8);
  EXPECT_EQ(least.output, 2U * 4 * 4 * 24);
}

TEST(Traffic, MovedIsWhatCommandsSay) {
  driver::LoadCommand input;
  input.rows = 3;
  input.words = 5;
  input.top = 2;
  driver::LoadCommand weight;
  weight.rows = 1;
  weight.words = 7;
  weight.destination = static_cast<int>(driver::Destination::kWeight);
  weight.layer = 1;
  driver::LoadCommand parameter = weight;
  parameter.destination = static_cast<int>(driver::Destination::kParameter);
  driver::StoreCommand store;
  store.rows = 2;
  store.words = 4;
  store.layer = 1;
  const std::vector<BusBytes> moved =
      MovedByLayer({input, weight, parameter, store, driver::StampCommand()}, 2, 8);
  EXPECT_EQ(moved[0].input, 120U);
  EXPECT_EQ(moved[0].output, 0U);
  EXPECT_EQ(moved[1].weight, 56U);
  EXPECT_EQ(moved[1].parameter, 56U);
  EXPECT_EQ(moved[1].output, 64U);
}

TEST(EstimateTopology, GroupsAreSoManyJobs) {
  TopologyLayer layer = SmallLayer();
  const Config config;
  const NetworkEstimate one = EstimateTopology("net.csv", {layer}, config);
  layer.groups = 5;
  const NetworkEstimate five = EstimateTopology("net.csv", {SmallLayer(), layer}, config);
  EXPECT_EQ(one.network, "net");
  EXPECT_EQ(one.layers[0].macs, layer.Macs() / 5);
  ASSERT_EQ(five.layers.size(), 2U);
  EXPECT_EQ(five.layers[1].cycles, 5 * one.cycles);
  EXPECT_EQ(five.cycles, 6 * one.cycles);
  EXPECT_EQ(five.macs, 6 * one.macs);
  EXPECT_EQ(five.command_bytes, 6 * one.command_bytes);
  const ArrayCycles& parts = five.layers[1].breakdown;
  EXPECT_EQ(parts.compute, 5 * one.layers[0].breakdown.compute);
  EXPECT_EQ(
      parts.compute + parts.weight_load + parts.memory + parts.post + parts.fill + parts.drain,
      five.layers[1].cycles);
  EXPECT_EQ(five.layers[1].moved.weight, 5 * one.layers[0].moved.weight);
  EXPECT_EQ(five.layers[1].roofline_cycles, 5 * one.layers[0].roofline_cycles);
}

TEST(EstimateTopology, NamesTheLineOfALayerThatDoesNotFit) {
  TopologyLayer layer = SmallLayer();
  layer.bits = 4;
  Config config;
  config.device.max_code_bits = 3;
  EXPECT_EQ(ErrorOf([&] { (void)EstimateTopology("a/net.csv", {layer}, config); }),
            "a/net.csv:7: layer 'small': weights have 4 bits; the device runs 2 .. 3, raise "
            "MaxCodeBits");
}

// A unit does one thing after the other, from the first to the last cycle of the job.
TEST(EstimateNetwork, TimelineShowsEveryCommandOfEveryUnit) {
  TopologyLayer layer = SmallLayer();
  layer.in_h = 40;
  layer.out_h = 38;
  Config config;
  config.device.act_bytes = 4096;
  const driver::Network network = MakeNetwork(layer);
  const NetworkEstimate estimate = EstimateNetwork(network, config, {2, true});
  const auto commands = PlanFor(config, network, 2).commands;
  std::map<std::string, std::uint64_t> ended;
  std::map<std::string, std::size_t> spans;
  for (const TimelineSpan& span : estimate.timeline) {
    EXPECT_LT(span.begin, span.end);
    EXPECT_LE(span.end, estimate.cycles);
    if (span.unit != "load") {  // which requests data of a command while those before it arrive
      EXPECT_GE(span.begin, ended[span.unit]);
    }
    ended[span.unit] = span.end;
    ++spans[span.name + " " + span.unit];
  }
  std::map<std::string, std::size_t> wanted;
  for (const driver::Command& command : commands) {
    if (std::holds_alternative<driver::LoadCommand>(command))
      ++wanted["LOAD load"];
    if (std::holds_alternative<driver::ConvCommand>(command)) {
      ++wanted["CONV array"];
      ++wanted["CONV post"];
    }
    if (std::holds_alternative<driver::StoreCommand>(command))
      ++wanted["STORE store"];
  }
  EXPECT_EQ(spans, wanted);
  EXPECT_GT(wanted["CONV array"], 2U);
}

TEST(PlainWeights, MakeANetworkOfShapesRun) {
  const driver::Network network = WithPlainWeights(MakeNetwork(SmallLayer()));
  const Config config;
  const driver::Capabilities capabilities = CapabilitiesOf(config.device);
  EXPECT_EQ(driver::Compile(network, capabilities).commands.size(),
            driver::PlanProgram(MakeNetwork(SmallLayer()), capabilities).commands.size());
}

}  // namespace
}  // namespace denseshift::sim

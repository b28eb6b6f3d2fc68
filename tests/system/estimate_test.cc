// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: an estimate is the RTL's cycle count, to the cycle, for each layer and in total, and its
// parts sum to it.
//
// DENSESHIFT_LAYERS is the number of random layers (default 200), DENSESHIFT_SEED the first seed.

#include "sim/estimate/estimate.h"

#include <fmt/format.h>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/registers.h"
#include "driver/runtime.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate_topology.h"
#include "sim/estimate/plain_weights.h"
#include "sim/estimate/topology/topology.h"
#include "sim/rtl/verilated_device.h"
#include "sim/source_root.h"
#include "tests/driver/resnet18.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

sim::Config ConfigOf(const RandomCase& random_case) {
  sim::Config config;
  config.device = Builds()[random_case.build].parameters;
  config.memory = random_case.memory;
  return config;
}

std::uint64_t Sum(const sim::ArrayCycles& c) {
  return c.compute + c.weight_load + c.memory + c.post + c.fill + c.drain;
}

// An estimate against the cycles the device takes for its first job.
void ExpectExact(const driver::Program& program,
                 const std::vector<driver::Image>& images,
                 const sim::NetworkEstimate& estimate,
                 driver::Device& device) {
  driver::Runtime runtime(device, program);
  static_cast<void>(runtime.Run(images));
  ASSERT_EQ(estimate.cycles, runtime.JobCycles());
  const std::vector<std::uint64_t> layers = runtime.LayerCycles();
  ASSERT_EQ(estimate.layers.size(), layers.size());
  std::uint64_t macs = 0;
  std::uint64_t compute = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    EXPECT_EQ(estimate.layers[i].cycles, layers[i]) << "layer " << i;
    EXPECT_EQ(Sum(estimate.layers[i].breakdown), layers[i]) << "layer " << i;
    compute += estimate.layers[i].breakdown.compute;
    macs += program.layers[i].macs * images.size();
  }
  EXPECT_EQ(estimate.macs, macs);
  constexpr std::uint32_t kFeeder = 2;
  constexpr std::uint32_t kBusy = 0;
  EXPECT_EQ(compute, device.ReadRegister(driver::registers::Counter(kFeeder, kBusy)));
}

class Estimate : public ::testing::Test {
 protected:
  // For each random case, with a trace that tells how to repeat it.
  template <typename Body>
  void ForEachCase(Body body) {
    const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
    const std::uint32_t layers = FromEnvironment("DENSESHIFT_LAYERS", 200);
    for (std::uint32_t seed = first; seed < first + layers && !HasFatalFailure(); ++seed) {
      const RandomCase random_case = MakeRandomCase(seed);
      SCOPED_TRACE(
          fmt::format("{}\nrepeat with: DENSESHIFT_SEED={} DENSESHIFT_LAYERS=1 "
                      "ds_system_tests --gtest_filter=Estimate.*",
                      Describe(random_case),
                      seed));
      body(random_case);
      cycles_ += EstimateOf(random_case).cycles;
    }
    if (!HasFailure())
      fmt::print("{} layers, {} cycles, difference 0\n", layers, cycles_);
  }

  static sim::NetworkEstimate EstimateOf(const RandomCase& random_case) {
    return sim::EstimateNetwork(random_case.network,
                                ConfigOf(random_case),
                                {static_cast<int>(random_case.images.size()), false});
  }

 private:
  std::uint64_t cycles_ = 0;
};

TEST_F(Estimate, IsTheRtlOnRandomLayers) {
  ForEachCase([](const RandomCase& random_case) {
    const sim::Config config = ConfigOf(random_case);
    const auto batch = static_cast<int>(random_case.images.size());
    sim::VerilatedDevice device(config.device, config.memory);
    ExpectExact(sim::CompileFor(config, random_case.network, batch),
                random_case.images,
                EstimateOf(random_case),
                device);
  });
}

// The whole network, padded, with pools and additions.
TEST_F(Estimate, IsTheRtlOnResNet18) {
  for (const std::string name : {"16x16", "32x32"}) {
    SCOPED_TRACE(name);
    const sim::Config config = sim::LoadConfig(name);
    driver::testing::NetworkBuilder builder(1, sim::CapabilitiesOf(config.device));
    driver::testing::AddResNet18(builder, 4);
    const driver::Network network = builder.Finish();
    sim::VerilatedDevice device(config.device, config.memory);
    const driver::Program program = sim::CompileFor(config, network);
    ExpectExact(program, {builder.RandomImage()}, sim::EstimateNetwork(network, config), device);
  }
}

struct Bar {
  std::string topology;
  std::string config;
  std::uint64_t cycles = 0;
};

void PrintTo(const Bar& bar, std::ostream* out) {
  *out << bar.cycles << " cycles";
}

class KnownTopology : public ::testing::TestWithParam<Bar> {};

// Fewer cycles than SCALE-Sim's best dataflow with ideal memory takes for the same table, with a
// real memory; and each row is the RTL's count.
TEST_P(KnownTopology, StaysBelowItsBar) {
  const auto& [topology, name, bar] = GetParam();
  const std::string file =
      (sim::SourceRoot() / "tests/data/topologies" / (topology + ".csv")).string();
  const sim::Config config = sim::LoadConfig(name);
  const std::vector<sim::TopologyLayer> rows =
      sim::ReadTopology(file, sim::TopologyKind::kConvolution, 4);
  const sim::NetworkEstimate estimate = sim::EstimateTopology(file, rows, config);
  fmt::print("{} at {}: {} cycles\n", topology, name, estimate.cycles);
  EXPECT_LE(estimate.cycles, bar);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(rows[i].name);
    const driver::Network network = sim::WithPlainWeights(sim::MakeNetwork(rows[i]));
    sim::VerilatedDevice device(config.device, config.memory);
    driver::Runtime runtime(device, sim::CompileFor(config, network));
    static_cast<void>(runtime.Run({driver::Image(network.tensors[0].Elements(), 0)}));
    EXPECT_EQ(estimate.layers[i].cycles, runtime.JobCycles());
  }
}

INSTANTIATE_TEST_SUITE_P(Scale,
                         KnownTopology,
                         ::testing::Values(Bar{"resnet18", "16x16", 6050000},
                                           Bar{"resnet18", "32x32", 1580000},
                                           Bar{"alexnet", "16x16", 3250000},
                                           Bar{"alexnet", "32x32", 830000}),
                         [](const auto& bar) {
                           return bar.param.topology + "On" + bar.param.config;
                         });

}  // namespace
}  // namespace denseshift::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: on every body a network gives the tensors and takes the cycles that it does outside
// SystemC, in both styles, also on a memory that stalls.

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "sim/device_capabilities.h"
#include "sim/functional/functional_device.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/systemc/run.h"

namespace denseshift::systemc::testing {
namespace {

const char* NameOf(BodyKind body) {
  return body == BodyKind::kFunctional ? "Functional" : body == BodyKind::kModel ? "Model" : "Rtl";
}

struct Case {
  std::string network;
  BodyKind body;
  TimingStyle style;
  bool stalls;

  [[nodiscard]] std::string Name() const {
    return network + NameOf(body) +
           (style == TimingStyle::kLooselyTimed ? "Loosely" : "Approximately") +
           (stalls ? "Stalled" : "");
  }
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.Name();
}

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const char* network :
       {"fashion_cnn_2bit", "fashion_cnn_3bit", "fashion_cnn_4bit", "fashion_resnet_3bit"}) {
    for (const BodyKind body : {BodyKind::kFunctional, BodyKind::kModel, BodyKind::kRtl}) {
      for (const TimingStyle style :
           {TimingStyle::kLooselyTimed, TimingStyle::kApproximatelyTimed}) {
        cases.push_back({network, body, style, false});
        cases.push_back({network, body, style, true});
      }
    }
  }
  return cases;
}

class Bodies : public ::testing::TestWithParam<Case> {};

sim::Config ConfigFor(bool stalls) {
  sim::Config config = sim::LoadConfig("16x16");
  config.memory.bytes = std::uint64_t{8} << 20U;
  if (stalls) {
    config.memory.stall_probability = 0.2;
    config.memory.refresh_period_cycles = 1000;
    config.memory.refresh_cycles = 30;
    config.memory.bytes_per_cycle = 11;
    config.memory.latency_cycles = 1;
  }
  return config;
}

TEST_P(Bodies, ShippedNetworkAsOutsideSystemC) {
  const auto& [name, body, style, stalls] = GetParam();
  const sim::Config config = ConfigFor(stalls);
  const driver::Program program = driver::Compile(
      ShippedNetwork(name), sim::CapabilitiesOf(config.device), {1, config.memory.bytes});
  const std::vector<driver::Image> images = RandomImages(program, 2, 7);

  PlatformOptions options = OptionsFor(config, body);
  options.accelerator.style = style;
  Platform platform("platform", options);
  RunFacts facts;
  platform.Run([&](driver::Device& device) { facts = RunImages(device, program, images); });
  EXPECT_GT(ExpectAllEnded(platform), 50U);

  std::unique_ptr<driver::Device> plain;
  if (body == BodyKind::kRtl) {
    plain = std::make_unique<sim::VerilatedDevice>(config.device, config.memory);
  } else {
    plain = std::make_unique<sim::ModelDevice>(config.device, config.memory);
  }
  EXPECT_EQ(facts, RunImages(*plain, program, images));
  sim::FunctionalDevice functional(config.device, config.memory.bytes);
  EXPECT_EQ(facts.outputs, RunImages(functional, program, images).outputs);
}

// A memory that takes 70 ns for each transaction, beside a bus whose latency is 4 cycles of 10 ns,
// is a memory of latency 11.
class Latency : public ::testing::TestWithParam<BodyKind> {};

TEST_P(Latency, OfTheMemoryComesOnTop) {
  sim::Config config = ConfigFor(false);
  config.memory.latency_cycles = 4;
  const driver::Program program = driver::Compile(ShippedNetwork("fashion_cnn_3bit"),
                                                  sim::CapabilitiesOf(config.device),
                                                  {1, config.memory.bytes});
  const std::vector<driver::Image> images = RandomImages(program, 2, 9);
  PlatformOptions options = OptionsFor(config, GetParam());
  options.memory.latency = sc_core::sc_time(70, sc_core::SC_NS);
  Platform platform("platform", options);
  RunFacts facts;
  platform.Run([&](driver::Device& device) { facts = RunImages(device, program, images); });

  config.memory.latency_cycles = 11;
  sim::ModelDevice plain(config.device, config.memory);
  EXPECT_EQ(facts, RunImages(plain, program, images));
}

// The end of a job is found a little later, but no job takes other cycles.
TEST(Quantum, ChangesNoJob) {
  const sim::Config config = ConfigFor(false);
  const driver::Program program = driver::Compile(ShippedNetwork("fashion_cnn_3bit"),
                                                  sim::CapabilitiesOf(config.device),
                                                  {1, config.memory.bytes});
  const std::vector<driver::Image> images = RandomImages(program, 2, 9);
  tlm::tlm_global_quantum::instance().set(sc_core::sc_time(3, sc_core::SC_US));
  Platform platform("platform", OptionsFor(config, BodyKind::kModel));
  RunFacts facts;
  platform.Run([&](driver::Device& device) { facts = RunImages(device, program, images); });
  sim::ModelDevice plain(config.device, config.memory);
  const RunFacts expected = RunImages(plain, program, images);
  EXPECT_EQ(facts.outputs, expected.outputs);
  EXPECT_EQ(facts.job_cycles, expected.job_cycles);
  EXPECT_EQ(facts.layer_cycles, expected.layer_cycles);
  EXPECT_GT(facts.end, expected.end);
}

INSTANTIATE_TEST_SUITE_P(Body,
                         Latency,
                         ::testing::Values(BodyKind::kFunctional, BodyKind::kModel, BodyKind::kRtl),
                         [](const auto& test) { return NameOf(test.param); });

INSTANTIATE_TEST_SUITE_P(Shipped, Bodies, ::testing::ValuesIn(AllCases()), [](const auto& test) {
  return test.param.Name();
});

}  // namespace
}  // namespace denseshift::systemc::testing

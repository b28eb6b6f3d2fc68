// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/systemc/run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <random>

#include <gtest/gtest.h>

#include "driver/network/import.h"

namespace denseshift::systemc::testing {

bool RunFacts::operator==(const RunFacts& other) const {
  return outputs == other.outputs && job_cycles == other.job_cycles &&
         layer_cycles == other.layer_cycles && end == other.end;
}

std::ostream& operator<<(std::ostream& out, const RunFacts& facts) {
  return out << fmt::format("jobs of {} cycles, layers of {}, end in cycle {}",
                            fmt::join(facts.job_cycles, ", "),
                            fmt::join(facts.layer_cycles, " and "),
                            facts.end);
}

RunFacts RunImages(driver::Device& device,
                   const driver::Program& program,
                   const std::vector<driver::Image>& images) {
  driver::Runtime runtime(device, program);
  RunFacts facts;
  for (const driver::Image& image : images) {
    facts.outputs.push_back(runtime.Run({image}).front());
    facts.job_cycles.push_back(runtime.JobCycles());
    facts.layer_cycles.push_back(runtime.LayerCycles());
  }
  facts.end = device.Cycles();
  return facts;
}

std::vector<driver::Image> RandomImages(const driver::Program& program,
                                        std::size_t count,
                                        std::uint32_t seed) {
  const driver::Tensor& input = program.tensors.at(static_cast<std::size_t>(program.input)).tensor;
  std::mt19937 random(seed);
  std::vector<driver::Image> images(count, driver::Image(input.Elements()));
  for (driver::Image& image : images) {
    for (std::int8_t& value : image)
      value = static_cast<std::int8_t>(static_cast<int>(random() % 256U) - 128);
  }
  return images;
}

driver::Network ShippedNetwork(const std::string& name) {
  return driver::ImportOnnx(fmt::format("{}/{}.onnx", DENSESHIFT_NETWORKS, name), {});
}

PlatformOptions OptionsFor(const sim::Config& config, BodyKind body) {
  PlatformOptions options;
  options.accelerator.device = config.device;
  options.accelerator.bus = config.memory;
  options.accelerator.body = body;
  options.memory.bytes = config.memory.bytes;
  options.monitors = true;
  return options;
}

std::uint64_t ExpectAllEnded(Platform& platform) {
  std::uint64_t transactions = 0;
  for (const auto& monitor : platform.monitors()) {
    EXPECT_EQ(monitor->rules().open(), 0U) << monitor->name();
    transactions += monitor->transactions();
  }
  return transactions;
}

}  // namespace denseshift::systemc::testing

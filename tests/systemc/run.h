// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SYSTEMC_RUN_H_
#define DENSESHIFT_TESTS_SYSTEMC_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/device.h"
#include "driver/network/network.h"
#include "driver/program/program.h"
#include "driver/runtime.h"
#include "sim/config/config.h"
#include "sim/systemc/platform/platform.h"

namespace denseshift::systemc::testing {

// All that a device does for some jobs.
struct RunFacts {
  std::vector<driver::Image> outputs;
  std::vector<std::uint64_t> job_cycles;
  std::vector<std::vector<std::uint64_t>> layer_cycles;
  std::uint64_t end = 0;  // device cycles after the last job

  [[nodiscard]] bool operator==(const RunFacts& other) const;
};

// For messages: cycles of the jobs and the end.
std::ostream& operator<<(std::ostream& out, const RunFacts& facts);

// Runs the images one after the other.
[[nodiscard]] RunFacts RunImages(driver::Device& device,
                                 const driver::Program& program,
                                 const std::vector<driver::Image>& images);

// The same values for the same seed.
[[nodiscard]] std::vector<driver::Image> RandomImages(const driver::Program& program,
                                                      std::size_t count,
                                                      std::uint32_t seed);

// A network of tests/data/networks.
[[nodiscard]] driver::Network ShippedNetwork(const std::string& name);

// A platform of one accelerator for a configuration, with monitors.
[[nodiscard]] PlatformOptions OptionsFor(const sim::Config& config, BodyKind body);

// Transactions that the monitors have seen end. Fails the test if some have not.
std::uint64_t ExpectAllEnded(Platform& platform);

}  // namespace denseshift::systemc::testing

#endif  // DENSESHIFT_TESTS_SYSTEMC_RUN_H_

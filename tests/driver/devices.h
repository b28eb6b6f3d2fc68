// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_DEVICES_H_
#define DENSESHIFT_TESTS_DRIVER_DEVICES_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "driver/capabilities.h"
#include "driver/program/program.h"
#include "sim/device_parameters.h"

namespace denseshift::driver::testing {

struct DeviceCase {
  std::string name;
  Capabilities capabilities;
};

inline std::ostream& operator<<(std::ostream& stream, const DeviceCase& device) {
  return stream << device.name;
}

// Builds that differ in every parameter, from the default down to buffers that hold next to
// nothing.
inline std::vector<DeviceCase> TestDevices() {
  // lanes, columns, code bits, AccW, AccDepth, bus, ActBytes, WgtBytes, OutBytes, ParamEntries
  return {
      {"Default", {16, 16, 4, 32, 256, 16, 131072, 65536, 65536, 256}},
      {"Tiny", {16, 16, 4, 32, 16, 16, 4096, 2048, 2048, 8}},
      {"Smallest", {4, 4, 4, 32, 16, 8, 2048, 512, 512, 2}},
      {"NarrowBus", {8, 8, 3, 32, 32, 8, 8192, 4096, 1024, 16}},
      {"WideBus", {32, 32, 4, 32, 128, 32, 16384, 4096, 4096, 4}},
      {"Largest", {64, 64, 4, 32, 64, 32, 65536, 8192, 8192, 8}},
      {"LargeTight", {64, 64, 4, 32, 16, 8, 8192, 2048, 2048, 2}},
      {"MoreLanes", {32, 8, 4, 32, 64, 16, 16384, 2048, 2048, 32}},
      {"MoreColumns", {4, 32, 2, 24, 64, 16, 8192, 1024, 1024, 4}},
      {"OneWeightTile", {16, 8, 4, 28, 16, 16, 4096, 64, 1024, 2}},
  };
}

inline sim::DeviceParameters ToParameters(const Capabilities& c) {
  sim::DeviceParameters parameters;
  parameters.lanes = c.lanes;
  parameters.columns = c.columns;
  parameters.max_code_bits = c.max_code_bits;
  parameters.acc_bits = c.accumulator_bits;
  parameters.acc_depth = c.accumulator_depth;
  parameters.bus_bytes = c.bus_bytes;
  parameters.act_bytes = c.act_bytes;
  parameters.wgt_bytes = c.wgt_bytes;
  parameters.out_bytes = c.out_bytes;
  parameters.param_entries = c.param_entries;
  return parameters;
}

// Device memory for a program, in whole pages.
inline std::size_t MemoryFor(const Program& program) {
  constexpr std::size_t kPage = 4096;
  return (static_cast<std::size_t>(program.memory_bytes) + kPage - 1) / kPage * kPage;
}

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_DEVICES_H_

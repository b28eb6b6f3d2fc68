// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_CAPABILITIES_H_
#define DENSESHIFT_DRIVER_CAPABILITIES_H_

#include <array>
#include <string>

#include "driver/device.h"

namespace denseshift::driver {

// What a device was built with; docs/architecture.md "Parameters". The default is the 16x16 build.
struct Capabilities {
  int lanes = 16;
  int columns = 16;
  int max_code_bits = 4;
  int accumulator_bits = 32;
  int accumulator_depth = 256;  // positions of one stripe
  int bus_bytes = 16;
  int act_bytes = 131072;  // both groups together
  int wgt_bytes = 65536;
  int out_bytes = 65536;
  int param_entries = 256;

  // Lanes of a VECTOR command.
  [[nodiscard]] int VectorLanes() const { return lanes < columns ? lanes : columns; }
};

// One field of Capabilities with its name and the values a device may have.
struct CapabilityField {
  const char* name;           // as in docs/architecture.md
  const char* register_name;  // as in docs/registers.md
  int Capabilities::*member;
  int min;
  int max;
  bool power_of_two;
};

[[nodiscard]] const std::array<CapabilityField, 10>& CapabilityFields();

// Reads and checks the identification and capability registers.
//
// Errors  std::runtime_error naming register, value and what was expected, if the device is not a
//         DenseShift accelerator, has another register map or command set version, does not
//         compute on int8, or reports an impossible value.
[[nodiscard]] Capabilities ReadCapabilities(Device& device);

// Checks capabilities that did not come from a device.
//
// Errors  std::invalid_argument naming parameter, value and what is allowed.
void ValidateCapabilities(const Capabilities& capabilities);

// The first difference as "Lanes is 16 here and 32 there", or "" if there is none.
[[nodiscard]] std::string DescribeDifference(const Capabilities& here, const Capabilities& there);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_CAPABILITIES_H_

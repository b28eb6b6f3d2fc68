// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/capabilities.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/registers.h"
#include "sim/functional/functional_device.h"
#include "tests/driver/devices.h"
#include "tests/driver/fake_device.h"

namespace denseshift::driver::testing {
namespace {

// Expects an error that holds all of `parts`.
void ExpectRefused(FakeDevice& device, const std::vector<std::string>& parts) {
  try {
    static_cast<void>(ReadCapabilities(device));
    FAIL() << "accepted";
  } catch (const std::runtime_error& error) {
    for (const std::string& part : parts) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
          << "'" << part << "' is missing in: " << error.what();
    }
  }
}

TEST(Capabilities, AreReadFromEveryDevice) {
  for (const DeviceCase& device_case : TestDevices()) {
    SCOPED_TRACE(device_case.name);
    sim::FunctionalDevice device(ToParameters(device_case.capabilities), 4096);
    EXPECT_EQ(DescribeDifference(ReadCapabilities(device), device_case.capabilities), "");
    FakeDevice fake(device_case.capabilities);
    EXPECT_EQ(DescribeDifference(ReadCapabilities(fake), device_case.capabilities), "");
  }
}

TEST(Capabilities, RefuseAnotherChip) {
  FakeDevice device({});
  device.registers[registers::kId] = 0x12345678;
  ExpectRefused(device, {"ID", "0x12345678", "0x54465344"});
}

TEST(Capabilities, RefuseUnknownVersions) {
  for (const std::uint32_t version : {0x00020001U, 0x00010002U, 0U}) {
    FakeDevice device({});
    device.registers[registers::kVersion] = version;
    ExpectRefused(device, {"VERSION", "0x00010001"});
  }
}

TEST(Capabilities, RefuseDevicesWithoutInt8) {
  FakeDevice device({});
  device.registers[registers::kCapArray] ^= 1U << 20U;
  ExpectRefused(device, {"CAP_ARRAY", "formats", "int8"});
}

TEST(Capabilities, RefuseImpossibleValues) {
  for (const CapabilityField& field : CapabilityFields()) {
    std::vector<int> bad = {field.min - 1, field.max + 1};
    if (field.power_of_two && field.max >= 3 * field.min) {
      bad.push_back(3 * field.min);
    }
    for (const int value : bad) {
      SCOPED_TRACE(std::string(field.name) + " = " + std::to_string(value));
      Capabilities capabilities;
      capabilities.*(field.member) = value;
      EXPECT_THROW(ValidateCapabilities(capabilities), std::invalid_argument);
      if (value < 0 || (std::string(field.name) == "AccDepth" && value > 65535)) {
        continue;  // a register cannot say so
      }
      FakeDevice device(capabilities);
      if (std::string(field.register_name) != "CAP_ARRAY" || value < 16) {
        ExpectRefused(device, {field.name, field.register_name, std::to_string(value), "expected"});
      }
    }
  }
}

TEST(Capabilities, DifferencesNameBothValues) {
  Capabilities a;
  Capabilities b;
  EXPECT_EQ(DescribeDifference(a, b), "");
  b.wgt_bytes = 4096;
  const std::string text = DescribeDifference(a, b);
  EXPECT_NE(text.find("WgtBytes"), std::string::npos);
  EXPECT_NE(text.find("65536"), std::string::npos);
  EXPECT_NE(text.find("4096"), std::string::npos);
}

}  // namespace
}  // namespace denseshift::driver::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/device_parameters.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/functional/functional_device.h"

namespace denseshift::sim {
namespace {

// The message of the exception Validate throws, empty if it throws none.
std::string Message(const DeviceParameters& parameters) {
  try {
    parameters.Validate();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

std::string MessageFor(int DeviceParameters::*field, int value) {
  DeviceParameters parameters;
  parameters.*field = value;
  return Message(parameters);
}

TEST(DeviceParameters, DefaultsAreValid) {
  EXPECT_EQ(Message(DeviceParameters()), "");
}

TEST(DeviceParameters, NamesFieldValueAndRange) {
  EXPECT_EQ(MessageFor(&DeviceParameters::lanes, 12),
            "device parameter lanes is 12, allowed is a power of two, 4..64");
  EXPECT_EQ(MessageFor(&DeviceParameters::acc_bits, 33),
            "device parameter acc_bits is 33, allowed is 16..32");
}

struct Limits {
  const char* name;
  int DeviceParameters::*field;
  int lowest;
  int highest;
  bool is_power;
};

TEST(DeviceParameters, AcceptTheLimitsAndRefuseTheirNeighbours) {
  const Limits all[] = {
      {"lanes", &DeviceParameters::lanes, 4, 64, true},
      {"columns", &DeviceParameters::columns, 4, 64, true},
      {"max_code_bits", &DeviceParameters::max_code_bits, 2, 4, false},
      {"acc_bits", &DeviceParameters::acc_bits, 16, 32, false},
      {"acc_depth", &DeviceParameters::acc_depth, 16, 1024, true},
      {"bus_bytes", &DeviceParameters::bus_bytes, 8, 32, true},
  };
  for (const Limits& limits : all) {
    EXPECT_EQ(MessageFor(limits.field, limits.lowest), "") << limits.name;
    EXPECT_EQ(MessageFor(limits.field, limits.highest), "") << limits.name;
    const int below = limits.is_power ? limits.lowest / 2 : limits.lowest - 1;
    const int above = limits.is_power ? limits.highest * 2 : limits.highest + 1;
    for (const int value : {below, above, limits.is_power ? limits.lowest + 1 : below, 0, -1}) {
      const std::string message = MessageFor(limits.field, value);
      EXPECT_NE(message.find(std::string(limits.name) + " is " + std::to_string(value)),
                std::string::npos)
          << message;
    }
  }
}

// Buffer limits of an array of 4 x 64 with 8-byte words and one of 64 x 4 with 32-byte words.
TEST(DeviceParameters, BufferLimitsFollowArrayAndBus) {
  DeviceParameters wide;
  wide.lanes = 4;
  wide.columns = 64;
  wide.bus_bytes = 8;
  wide.param_entries = 2;
  DeviceParameters deep;
  deep.lanes = 64;
  deep.columns = 4;
  deep.bus_bytes = 32;

  const struct {
    const char* name;
    DeviceParameters base;
    int DeviceParameters::*field;
    int lowest;
    int highest;
  } all[] = {
      {"act_bytes", wide, &DeviceParameters::act_bytes, 64, 1 << 20},
      {"act_bytes", deep, &DeviceParameters::act_bytes, 512, 1 << 22},
      {"wgt_bytes", wide, &DeviceParameters::wgt_bytes, 16, 1 << 19},
      {"wgt_bytes", deep, &DeviceParameters::wgt_bytes, 64, 1 << 21},
      {"out_bytes", wide, &DeviceParameters::out_bytes, 256, 1 << 19},
      {"out_bytes", deep, &DeviceParameters::out_bytes, 128, 1 << 21},
      {"param_entries", wide, &DeviceParameters::param_entries, 2, 1024},
      {"param_entries", deep, &DeviceParameters::param_entries, 2, 65536},
  };

  for (const auto& limits : all) {
    DeviceParameters parameters = limits.base;
    for (const int value : {limits.lowest, limits.highest}) {
      parameters.*limits.field = value;
      EXPECT_EQ(Message(parameters), "");
    }
    for (const int value :
         {limits.lowest / 2, limits.highest * 2, limits.highest / 2 + limits.lowest, 0, -64}) {
      parameters.*limits.field = value;
      const std::string expected = std::string(limits.name) + " is " + std::to_string(value);
      EXPECT_NE(Message(parameters).find(expected), std::string::npos) << Message(parameters);
    }
  }
}

TEST(DeviceParameters, AreCheckedByTheDevice) {
  DeviceParameters parameters;
  parameters.columns = 6;
  EXPECT_THROW(FunctionalDevice(parameters, 4096), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim

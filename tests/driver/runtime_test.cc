// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/runtime.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/registers.h"
#include "sim/functional/functional_device.h"
#include "tests/driver/devices.h"
#include "tests/driver/fake_device.h"
#include "tests/driver/random_network.h"
#include "tests/driver/reference.h"

namespace denseshift::driver::testing {
namespace {

// A convolution on 3x5x3 images: rows of 15 bytes, so that device rows have a gap.
class RuntimeTest : public ::testing::Test {
 protected:
  RuntimeTest() : builder_(1, {}) {
    builder_.Conv(builder_.Input(3, 5, 3), {}, 4, 3);
    CompileOptions options;
    options.batch = 3;
    program_ = Compile(builder_.Finish(), {}, options);
  }

  NetworkBuilder builder_;
  Program program_;
};

// Runs `action` and returns the text of what it throws.
template <typename Error, typename Action>
std::string ErrorOf(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing thrown";
  return "";
}

void ExpectParts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is missing in: " << text;
  }
}

TEST_F(RuntimeTest, RunsFewerImagesThanTheBatchAndRunsAgain) {
  sim::FunctionalDevice device(ToParameters({}), MemoryFor(program_));
  Runtime runtime(device, program_);
  for (const std::size_t count : {1U, 3U, 2U}) {
    std::vector<Image> images;
    for (std::size_t n = 0; n < count; ++n) {
      images.push_back(builder_.RandomImage());
    }
    const std::vector<Image> outputs = runtime.Run(images);
    ASSERT_EQ(outputs.size(), count);
    for (std::size_t n = 0; n < count; ++n) {
      EXPECT_EQ(outputs[n], RunReference(builder_.Finish(), images[n])[1]);
      EXPECT_EQ(runtime.ReadTensor(0, static_cast<int>(n)), images[n]);
    }
  }
}

TEST_F(RuntimeTest, RefusesAnotherDevice) {
  Capabilities other;
  other.act_bytes = 65536;
  FakeDevice device(other);
  ExpectParts(ErrorOf<std::invalid_argument>([&] { Runtime(device, program_); }),
              {"ActBytes", "65536", "131072"});
}

TEST_F(RuntimeTest, RefusesTooLittleMemory) {
  FakeDevice device({}, 128);
  ExpectParts(ErrorOf<std::invalid_argument>([&] { Runtime(device, program_); }),
              {std::to_string(program_.memory_bytes), "128"});
}

TEST_F(RuntimeTest, RefusesWrongImages) {
  FakeDevice device({});
  Runtime runtime(device, program_);
  EXPECT_THROW(runtime.Run({}), std::invalid_argument);
  EXPECT_THROW(runtime.Run(std::vector<Image>(4, Image(45))), std::invalid_argument);
  ExpectParts(ErrorOf<std::invalid_argument>([&] { runtime.Run({Image(44)}); }), {"44", "45"});
  EXPECT_THROW(static_cast<void>(runtime.ReadTensor(9)), std::out_of_range);
  EXPECT_THROW(static_cast<void>(runtime.ReadTensor(0, 3)), std::out_of_range);
}

TEST_F(RuntimeTest, UploadsAndStartsAsTheRegisterMapSays) {
  FakeDevice device({});
  RuntimeOptions options;
  options.watchdog = 1234;
  options.limit_cycles = 5678;
  Runtime runtime(device, program_, options);
  for (const Segment& segment : program_.segments) {
    EXPECT_TRUE(std::equal(
        segment.bytes.begin(), segment.bytes.end(), device.memory.begin() + segment.address));
  }
  const std::uint32_t first = program_.commands[1][2];
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(device.memory[program_.command_address + 64 + 8 + i],
              static_cast<std::uint8_t>(first >> (8 * i)));
  }
  bool started = false;
  device.job = [&] {
    started = device.registers[registers::kCtrl] == registers::kCtrlStart;
    return true;
  };
  runtime.Run({Image(45, 7)});
  EXPECT_TRUE(started);
  EXPECT_EQ(device.registers[registers::kCmdAddr], program_.command_address);
  EXPECT_EQ(device.registers[registers::kCmdCount], program_.commands.size());
  EXPECT_EQ(device.registers[registers::kWatchdog], 1234U);
  EXPECT_EQ(device.last_limit, 5678U);
  // Rows of 15 bytes lie 16 apart; images not given hold the zero point.
  const ProgramTensor& input = program_.tensors[0];
  EXPECT_EQ(device.memory[input.address + 14], 7);
  EXPECT_EQ(device.memory[input.address + 15], 0);
  EXPECT_EQ(device.memory[input.address + 16], 7);
  EXPECT_EQ(static_cast<std::int8_t>(device.memory[input.address + input.image_pitch]),
            input.tensor.zero_point);
}

TEST_F(RuntimeTest, DecodesAJobError) {
  FakeDevice device({});
  Runtime runtime(device, program_);
  device.job = [&] {
    device.registers[registers::kError] = 3U | 1U << 8U;
    device.registers[registers::kErrorCommand] = 0;
    device.registers[registers::kErrorAddress] = 0xABCD0;
    return true;
  };
  try {
    runtime.Run({Image(45)});
    FAIL() << "nothing thrown";
  } catch (const JobError& error) {
    EXPECT_EQ(error.failure().code, 3U);
    EXPECT_EQ(error.failure().unit, 1U);
    EXPECT_EQ(error.failure().command, 0U);
    EXPECT_EQ(error.failure().address, 0xABCD0U);
    ExpectParts(error.what(), {"DECERR", "unit load", "0xabcd0", "'Conv0'", "LOAD"});
  }
  // Registers nobody documents still give a message.
  device.job = [&] {
    device.registers[registers::kError] = 200U | 100U << 8U;
    device.registers[registers::kErrorCommand] = 0xFFFFFFFF;
    return true;
  };
  ExpectParts(ErrorOf<JobError>([&] { runtime.Run({Image(45)}); }), {"200", "100", "outside"});
}

TEST_F(RuntimeTest, GivesUpAtTheLimit) {
  FakeDevice device({});
  RuntimeOptions options;
  options.limit_cycles = 99;
  Runtime runtime(device, program_, options);
  device.job = [] { return false; };
  ExpectParts(ErrorOf<std::runtime_error>([&] { runtime.Run({Image(45)}); }), {"99 cycles"});
}

TEST_F(RuntimeTest, ReportsARealDeviceError) {
  Program broken = program_;
  for (CommandWords& words : broken.commands) {
    if ((words[0] & 0xFFU) == 2) {
      words[11] = words[11] | 0xFFFFU;  // weights beyond the buffer
    }
  }
  sim::FunctionalDevice device(ToParameters({}), MemoryFor(program_));
  Runtime runtime(device, broken);
  ExpectParts(ErrorOf<JobError>([&] { runtime.Run({Image(45)}); }),
              {"outside the buffer", "'Conv0'", "CONV"});
}

TEST(RuntimeCycles, LayersAreDifferencesOfStampsAndTheLastEndsWithTheJob) {
  NetworkBuilder builder(1, {});
  int tensor = builder.Conv(builder.Input(3, 5, 3), {}, 4, 3);
  tensor = builder.MaxPool(tensor, {});
  builder.MaxPool(tensor, {});
  const Program program = Compile(builder.Finish(), {});
  FakeDevice device({});
  Runtime runtime(device, program);
  device.job = [&] {
    device.memory[program.layers[0].stamp + 1] = 1;  // 256
    device.memory[program.layers[1].stamp] = 44;     // 44 + 2^32
    device.memory[program.layers[1].stamp + 4] = 1;
    device.registers[registers::kCyclesLo] = 5;
    device.registers[registers::kCyclesHi] = 2;
    return true;
  };
  runtime.Run({Image(45)});
  const std::uint64_t second = (std::uint64_t{1} << 32U) + 44;
  const std::uint64_t job = (std::uint64_t{2} << 32U) + 5;
  EXPECT_EQ(runtime.JobCycles(), job);
  EXPECT_EQ(runtime.LayerCycles(), (std::vector<std::uint64_t>{256, second - 256, job - second}));
}

}  // namespace
}  // namespace denseshift::driver::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Large layers on every device: all accesses inside the buffers, and cycle targets on the default
// one.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "tests/driver/access_checker.h"
#include "tests/driver/devices.h"
#include "tests/driver/random_network.h"
#include "tests/driver/token_simulator.h"

namespace denseshift::driver::testing {
namespace {

Window Square(int kernel, int stride, int pad, int dilation = 1) {
  Window w;
  w.kernel_h = w.kernel_w = kernel;
  w.stride_h = w.stride_w = stride;
  w.dilation_h = w.dilation_w = dilation;
  w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = pad;
  return w;
}

struct Shape {
  const char* name;
  int height;
  int width;
  int channels;
  Window window;
  int out_channels;
};

std::vector<Shape> LayerShapes() {
  return {{"first", 112, 112, 3, Square(7, 2, 3), 64},
          {"conv64", 56, 56, 64, Square(3, 1, 1), 64},
          {"downsample", 28, 28, 96, Square(1, 2, 0), 130},
          {"deep", 7, 7, 256, Square(3, 1, 1), 256},
          {"dilated", 30, 31, 40, Square(3, 1, 2, 2), 40},
          {"wide", 3, 700, 5, Square(3, 1, 1), 7},
          {"tall", 700, 3, 5, Square(3, 2, 1), 7},
          {"large_kernel", 40, 40, 4, Square(15, 3, 7), 9},
          {"many_outputs", 5, 5, 16, Square(1, 1, 0), 1000}};
}

class TilerOnEveryDevice : public ::testing::TestWithParam<DeviceCase> {};

TEST_P(TilerOnEveryDevice, KeepsLargeLayersInsideTheBuffers) {
  const Capabilities& capabilities = GetParam().capabilities;
  int compiled = 0;
  for (const Shape& shape : LayerShapes()) {
    for (const int batch : {1, 2}) {
      SCOPED_TRACE(std::string(shape.name) + ", batch " + std::to_string(batch));
      NetworkBuilder builder(7, capabilities);
      const int input = builder.Input(shape.height, shape.width, shape.channels);
      builder.Conv(input, shape.window, shape.out_channels, 2);
      CompileOptions options;
      options.batch = batch;
      Program program;
      try {
        program = Compile(builder.Finish(), capabilities, options);
      } catch (const std::invalid_argument& error) {
        // Only what cannot fit may be refused, with the parameter to raise.
        const std::string text = error.what();
        EXPECT_NE(text.find("Conv0"), std::string::npos) << text;
        EXPECT_NE(text.find("raise "), std::string::npos) << text;
        continue;
      }
      ++compiled;
      ASSERT_EQ(FindViolation(program), "");
      ASSERT_TRUE(Simulate(program.commands, capabilities, {}).finished);
    }
  }
  EXPECT_GE(compiled, 10);
}

INSTANTIATE_TEST_SUITE_P(Devices,
                         TilerOnEveryDevice,
                         ::testing::ValuesIn(TestDevices()),
                         [](const auto& device) { return device.param.name; });

// What the random and the large layers must have exercised, or the tests above prove little.
TEST(Tiler, TestsReachEveryWayToCutALayer) {
  int split_sums = 0;
  int column_tiles = 0;
  int dual = 0;
  int odd_par = 0;
  int relays = 0;
  int reloaded_weights = 0;
  for (const DeviceCase& device : TestDevices()) {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
      NetworkBuilder builder(seed, device.capabilities);
      builder.RandomLayer(
          builder.Input(builder.Pick(1, 14), builder.Pick(1, 14), builder.Pick(1, 40)));
      const Program program = Compile(builder.Finish(), device.capabilities);
      int stamps = 0;
      int weight_words = 0;
      for (const CommandWords& words : program.commands) {
        const Command command = Decode(words);
        if (const auto* conv = std::get_if<ConvCommand>(&command)) {
          split_sums += conv->last == 0 ? 1 : 0;
          dual += conv->dual != 0 ? 1 : 0;
          odd_par += conv->par != 0 ? 1 : 0;
        } else if (const auto* store = std::get_if<StoreCommand>(&command)) {
          column_tiles += store->head != 0 ? 1 : 0;
        } else if (const auto* load = std::get_if<LoadCommand>(&command)) {
          weight_words += load->destination == 1 ? static_cast<int>(load->words) : 0;
        }
        stamps += std::holds_alternative<StampCommand>(command) ? 1 : 0;
      }
      relays += stamps;
      reloaded_weights += weight_words * device.capabilities.bus_bytes >
                                  static_cast<int>(program.segments.front().bytes.size())
                              ? 1
                              : 0;
    }
  }
  EXPECT_GT(split_sums, 50);
  EXPECT_GT(column_tiles, 50);
  EXPECT_GT(dual, 50);
  EXPECT_GT(odd_par, 20);
  EXPECT_GT(relays, 20);
  EXPECT_GT(reloaded_weights, 20);
}

// Cycles of a network of one layer on the default device, by the token simulator's estimate.
std::int64_t CyclesOf(NetworkBuilder& builder) {
  const Program program = Compile(builder.Finish(), {});
  const SimulationResult result = Simulate(program.commands, {}, {});
  EXPECT_TRUE(result.finished);
  return result.cycles;
}

TEST(Tiler, KeepsTheArrayBusyOnAMiddleLayer) {
  NetworkBuilder builder(1, {});
  builder.Conv(builder.Input(56, 56, 64), Square(3, 1, 1), 64, 3);
  const std::int64_t macs = std::int64_t{56} * 56 * 64 * 64 * 9;
  EXPECT_LE(CyclesOf(builder) * 256 * 97, macs * 100);  // at least 97 % of 256 a cycle
}

TEST(Tiler, PacksTheFirstLayerDensely) {
  NetworkBuilder builder(1, {});
  builder.Conv(builder.Input(224, 224, 3), Square(7, 2, 3), 64, 3);
  const std::int64_t macs = std::int64_t{112} * 112 * 64 * 147;
  EXPECT_LE(CyclesOf(builder) * 256 * 90, macs * 100);
}

TEST(Tiler, KeepsTheBusBusyOnAFullyConnectedLayer) {
  for (const int bits : {2, 3, 4}) {
    SCOPED_TRACE(bits);
    NetworkBuilder builder(1, {});
    builder.Conv(builder.Input(1, 1, 1024), Square(1, 1, 0), 1024, bits);
    const std::int64_t bus_words = std::int64_t{1024} * 1024 * bits / 8 / 16;
    EXPECT_LE(CyclesOf(builder) * 100, bus_words * 110);
  }
}

TEST(Tiler, RunsOneLayerIntoTheNext) {
  // Two layers take little longer than the work in them: no gap while data goes through memory.
  NetworkBuilder builder(1, {});
  const int middle = builder.Conv(builder.Input(28, 28, 64), Square(3, 1, 1), 64, 3);
  builder.Conv(middle, Square(3, 1, 1), 64, 3);
  const std::int64_t macs = std::int64_t{2} * 28 * 28 * 64 * 64 * 9;
  EXPECT_LE(CyclesOf(builder) * 256 * 97, macs * 100);
}

TEST(Tiler, RefusesWhatCannotFitAndSaysWhatToRaise) {
  struct Case {
    Capabilities capabilities;
    int channels;
    int out_channels;
    const char* raise;
  };

  Capabilities small_act;
  small_act.act_bytes = 4096;
  Capabilities small_out;
  small_out.out_bytes = 1024;
  Capabilities small_wgt;
  small_wgt.wgt_bytes = 64;
  for (const Case& test : {Case{small_act, 4096, 8, "ActBytes"},
                           Case{small_out, 16, 2000, "OutBytes"},
                           Case{small_wgt, 16, 16, "WgtBytes"}}) {
    NetworkBuilder builder(1, test.capabilities);
    builder.Conv(builder.Input(2, 2, test.channels), Square(1, 1, 0), test.out_channels, 4);
    try {
      static_cast<void>(Compile(builder.Finish(), test.capabilities));
      FAIL() << "accepted without " << test.raise;
    } catch (const std::invalid_argument& error) {
      const std::string text = error.what();
      EXPECT_NE(text.find("'Conv0'"), std::string::npos) << text;
      EXPECT_NE(text.find(std::string("raise ") + test.raise), std::string::npos) << text;
    }
  }
}

TEST(Tiler, SaysHowMuchMemoryIsMissing) {
  NetworkBuilder builder(1, {});
  builder.Conv(builder.Input(64, 64, 16), Square(1, 1, 0), 16, 3);
  CompileOptions options;
  const Program program = Compile(builder.Finish(), {});
  options.memory_bytes = program.memory_bytes;
  EXPECT_NO_THROW(static_cast<void>(Compile(builder.Finish(), {}, options)));
  options.memory_bytes = program.memory_bytes - 1;
  try {
    static_cast<void>(Compile(builder.Finish(), {}, options));
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find(std::to_string(program.memory_bytes)),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace denseshift::driver::testing

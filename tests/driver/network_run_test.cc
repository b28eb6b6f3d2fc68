// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Compiled networks run on the functional device give what plain loops give, in every tensor.

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/runtime.h"
#include "sim/functional/functional_device.h"
#include "tests/driver/access_checker.h"
#include "tests/driver/devices.h"
#include "tests/driver/random_network.h"
#include "tests/driver/reference.h"

namespace denseshift::driver::testing {
namespace {

void ExpectSame(const Image& actual, const Image& expected, const std::string& what) {
  ASSERT_EQ(actual.size(), expected.size()) << what;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(static_cast<int>(actual[i]), static_cast<int>(expected[i]))
        << what << ", element " << i << " of " << actual.size();
  }
}

std::string Describe(const Network& network) {
  std::string text;
  for (const Layer& layer : network.layers) {
    const Tensor& in = network.tensors[static_cast<std::size_t>(layer.inputs[0])];
    const Tensor& out = network.tensors[static_cast<std::size_t>(layer.output)];
    const Window& w = layer.window;
    std::ostringstream line;
    line << layer.name << " " << in.height << "x" << in.width << "x" << in.channels << " -> "
         << out.height << "x" << out.width << "x" << out.channels << " kernel " << w.kernel_h << "x"
         << w.kernel_w << " stride " << w.stride_h << "," << w.stride_w << " dilation "
         << w.dilation_h << "," << w.dilation_w << " pads " << w.pad_top << "," << w.pad_left << ","
         << w.pad_bottom << "," << w.pad_right << " bits " << layer.code_bits << "\n";
    text += line.str();
  }
  return text;
}

// Runs on the functional device and compares every tensor of every image.
void CheckNetworkRun(NetworkBuilder& builder, const Capabilities& capabilities, int batch) {
  const Network network = builder.Finish();
  SCOPED_TRACE(Describe(network));
  CompileOptions options;
  options.batch = batch;
  const Program program = Compile(network, capabilities, options);
  ASSERT_NO_THROW(ValidateProgram(program));
  ASSERT_EQ(FindViolation(program), "");
  sim::FunctionalDevice device(ToParameters(capabilities), MemoryFor(program));
  Runtime runtime(device, program);
  std::vector<Image> images(static_cast<std::size_t>(batch));
  for (Image& image : images) {
    image = builder.RandomImage();
  }
  runtime.Run(images);
  for (int n = 0; n < batch; ++n) {
    const auto expected = RunReference(network, images[static_cast<std::size_t>(n)]);
    for (std::size_t t = 0; t < expected.size(); ++t) {
      ExpectSame(runtime.ReadTensor(t, n),
                 expected[t],
                 network.tensors[t].name + " of image " + std::to_string(n));
      if (::testing::Test::HasFatalFailure()) {
        return;
      }
    }
  }
}

class EveryDevice : public ::testing::TestWithParam<DeviceCase> {};

TEST_P(EveryDevice, RunsRandomLayers) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    NetworkBuilder builder(seed, GetParam().capabilities);
    const int input = builder.Input(builder.Pick(1, 14), builder.Pick(1, 14), builder.Pick(1, 40));
    builder.RandomLayer(input);
    CheckNetworkRun(builder, GetParam().capabilities, builder.Pick(1, 3));
    if (HasFatalFailure()) {
      return;
    }
  }
}

TEST_P(EveryDevice, RunsRandomNetworks) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    NetworkBuilder builder(seed, GetParam().capabilities);
    int tensor = builder.Input(builder.Pick(6, 16), builder.Pick(6, 16), builder.Pick(1, 20));
    for (int layer = 0; layer < 6; ++layer) {
      tensor = builder.RandomLayer(tensor);
    }
    CheckNetworkRun(builder, GetParam().capabilities, builder.Pick(1, 2));
    if (HasFatalFailure()) {
      return;
    }
  }
}

// Whole steps, so that the first sweep can be cut.
TEST_P(EveryDevice, RunsLayersOfWholeSteps) {
  const Capabilities& capabilities = GetParam().capabilities;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    NetworkBuilder builder(seed, capabilities);
    const int channels = capabilities.lanes * builder.Pick(1, 3);
    const int input = builder.Input(builder.Pick(3, 9), builder.Pick(3, 9), channels);
    Window window;
    window.kernel_h = builder.Pick(1, 3);
    window.kernel_w = builder.Pick(1, 3);
    window.stride_h = builder.Pick(1, 2);
    window.stride_w = builder.Pick(1, 2);
    window.pad_bottom = builder.Pick(0, window.kernel_h == 1 ? 2 : 0);
    const int filters = builder.Pick(1, 5 * capabilities.columns);
    builder.Conv(input, window, filters, builder.Pick(2, capabilities.max_code_bits));
    CheckNetworkRun(builder, capabilities, builder.Pick(1, 2));
    if (HasFatalFailure()) {
      return;
    }
  }
}

// Tiles whose first column tile is computed in parts.
TEST(ConvCompiler, CutsTheFirstSweepOfALayerOnly) {
  Capabilities capabilities;
  capabilities.act_bytes = 32768;
  NetworkBuilder builder(1, capabilities);
  Window window;
  window.kernel_h = window.kernel_w = 3;
  builder.Conv(builder.Input(40, 16, 128), window, 128, 4);
  const Program program = Compile(builder.Finish(), capabilities);
  std::vector<std::int64_t> parted;
  std::int64_t tiles = 0;
  for (const CommandWords& words : program.commands) {
    const Command command = Decode(words);
    if (const auto* conv = std::get_if<ConvCommand>(&command)) {
      tiles = std::max(tiles, conv->tile + 1);
      if (conv->last == 0) {
        parted.push_back(conv->tile);
      }
    }
  }
  EXPECT_GT(tiles, 1);
  EXPECT_GE(parted.size(), 3U);
  EXPECT_EQ(std::count(parted.begin(), parted.end(), 0),
            static_cast<std::ptrdiff_t>(parted.size()));
}

// What is planned without weights is what is compiled with them.
TEST(PlanProgram, GivesTheCommandsAndPlacesOfTheProgram) {
  for (const DeviceCase& device : TestDevices()) {
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
      SCOPED_TRACE(device.name + ", seed " + std::to_string(seed));
      NetworkBuilder builder(seed, device.capabilities);
      int tensor = builder.Input(builder.Pick(6, 16), builder.Pick(6, 16), builder.Pick(1, 20));
      for (int layer = 0; layer < 3; ++layer) {
        tensor = builder.RandomLayer(tensor);
      }
      Network network = builder.Finish();
      const Program program = Compile(network, device.capabilities);
      for (Layer& layer : network.layers) {
        layer.codes.clear();
        layer.bias.clear();
        layer.scale.clear();
      }
      const ProgramPlan plan = PlanProgram(network, device.capabilities);
      std::vector<CommandWords> words;
      for (const Command& command : plan.commands) {
        words.push_back(Encode(command));
      }
      EXPECT_EQ(words, program.commands);
      EXPECT_EQ(plan.program.command_address, program.command_address);
      EXPECT_EQ(plan.program.memory_bytes, program.memory_bytes);
      EXPECT_TRUE(plan.program.segments.empty());
      EXPECT_TRUE(plan.program.commands.empty());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices,
                         EveryDevice,
                         ::testing::ValuesIn(TestDevices()),
                         [](const auto& device) { return device.param.name; });

}  // namespace
}  // namespace denseshift::driver::testing

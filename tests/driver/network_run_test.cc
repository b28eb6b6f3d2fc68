// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Compiled networks run on the functional device give what plain loops give, in every tensor.

#include <cstddef>
#include <sstream>
#include <string>
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

INSTANTIATE_TEST_SUITE_P(Devices,
                         EveryDevice,
                         ::testing::ValuesIn(TestDevices()),
                         [](const auto& device) { return device.param.name; });

}  // namespace
}  // namespace denseshift::driver::testing

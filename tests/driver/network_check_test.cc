// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

// A convolution, a pool and an addition.
Network GoodNetwork() {
  NetworkBuilder builder(1, {});
  const int a = builder.Conv(builder.Input(4, 4, 3), {}, 4, 3);
  builder.Add(a, builder.AveragePool(a, {}, true));
  return builder.Finish();
}

struct Break {
  void (*change)(Network&);
  const char* part;  // of the error
};

TEST(NetworkCheck, NamesTheLayerAndWhatIsWrong) {
  EXPECT_NO_THROW(static_cast<void>(Compile(GoodNetwork(), {})));
  const std::vector<Break> breaks = {
      {[](Network& n) { n.layers[0].code_bits = 5; }, "'Conv0': weights have 5 bits"},
      {[](Network& n) { n.layers[0].code_bits = 2; }, "does not fit 2 bits"},
      {[](Network& n) { n.layers[0].codes.pop_back(); }, "'Conv0': has 11 codes"},
      {[](Network& n) { n.layers[0].bias.pop_back(); }, "3 biases"},
      {[](Network& n) { n.layers[0].scale[0].shift = 64; }, "shift 64"},
      {[](Network& n) { n.layers[0].window.stride_h = 0; }, "must be positive"},
      {[](Network& n) { n.layers[0].window.pad_left = -1; }, "not negative"},
      {[](Network& n) { n.tensors[1].height = 5; }, "height 5 is too large"},
      {[](Network& n) { n.layers[0].lo = 5, n.layers[0].hi = 4; }, "clamps to 5 .. 4"},
      {[](Network& n) { n.layers[0].hi = 128; }, "128"},
      {[](Network& n) { n.layers[0].inputs = {7}; }, "'Conv0'"},
      {[](Network& n) { n.layers[0].inputs = {}; }, "needs 1 inputs"},
      {[](Network& n) { n.layers[1].pool_scale.clear(); }, "windows of 1 taps"},
      {[](Network& n) { n.tensors[2].channels = 3; }, "'AveragePool1'"},
      {[](Network& n) { n.tensors[3].width = 3; }, "same shape"},
      {[](Network& n) { n.layers[2].inputs = {1}; }, "needs 2 inputs"},
      {[](Network& n) { std::swap(n.layers[0], n.layers[1]); }, "no layer before it writes"},
      {[](Network& n) { n.layers[1].output = 1; }, "a second time"},
      {[](Network& n) { n.layers.pop_back(); }, "no layer writes the network's output"},
      {[](Network& n) { n.tensors[0].zero_point = 200; }, "zero point 200"},
      {[](Network& n) { n.tensors[0].width = 0; }, "4 x 0 x 3"},
      {[](Network& n) { n.input = 9; }, "input or output"},
  };
  for (const Break& test : breaks) {
    Network network = GoodNetwork();
    test.change(network);
    try {
      static_cast<void>(Compile(network, {}));
      FAIL() << "accepted instead of: " << test.part;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(test.part), std::string::npos)
          << "'" << test.part << "' is missing in: " << error.what();
    }
  }
}

TEST(NetworkCheck, RefusesImpossibleOptions) {
  CompileOptions options;
  options.batch = 0;
  EXPECT_THROW(static_cast<void>(Compile(GoodNetwork(), {}, options)), std::invalid_argument);
  options.batch = 1;
  options.memory_bytes = (std::uint64_t{1} << 32U) + 1;
  EXPECT_THROW(static_cast<void>(Compile(GoodNetwork(), {}, options)), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::driver::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/random_network.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace denseshift::driver::testing {

int WindowOutput(int in, int kernel, int stride, int dilation, int pads) {
  return (in + pads - (kernel - 1) * dilation - 1) / stride + 1;
}

int NetworkBuilder::AddTensor(int height, int width, int channels) {
  Tensor tensor;
  tensor.name = "t" + std::to_string(network_.tensors.size());
  tensor.height = height;
  tensor.width = width;
  tensor.channels = channels;
  tensor.zero_point = Pick(-128, 127);
  network_.tensors.push_back(tensor);
  return static_cast<int>(network_.tensors.size()) - 1;
}

int NetworkBuilder::AddWindowOutput(int input, const Window& w, int channels) {
  const Tensor in = tensor(input);
  return AddTensor(
      WindowOutput(in.height, w.kernel_h, w.stride_h, w.dilation_h, w.pad_top + w.pad_bottom),
      WindowOutput(in.width, w.kernel_w, w.stride_w, w.dilation_w, w.pad_left + w.pad_right),
      channels);
}

Layer& NetworkBuilder::AddLayer(const std::string& type,
                                Operator op,
                                const std::vector<int>& inputs,
                                int output) {
  Layer layer;
  layer.name = type + std::to_string(network_.layers.size());
  layer.onnx_type = type;
  layer.op = op;
  layer.inputs = inputs;
  layer.output = output;
  if (Pick(0, 3) == 0) {
    layer.lo = Pick(-128, 0);
    layer.hi = Pick(1, 127);
  }
  network_.layers.push_back(layer);
  return network_.layers.back();
}

// A multiplier and shift that spread sums of this size over the int8 range.
FixedPoint NetworkBuilder::RandomScale(double largest_sum) {
  const int shift =
      15 + static_cast<int>(std::ceil(std::log2(std::max(largest_sum, 128.0) / 128.0)));
  return {static_cast<std::uint16_t>(Pick(32768, 65535)), static_cast<std::uint8_t>(shift)};
}

int NetworkBuilder::Conv(int input, const Window& window, int out_channels, int code_bits) {
  const int output = AddWindowOutput(input, window, out_channels);
  const Tensor in = tensor(input);
  Layer& layer = AddLayer("Conv", Operator::kConv, {input}, output);
  layer.window = window;
  layer.code_bits = code_bits;
  const std::size_t reduction = static_cast<std::size_t>(window.kernel_h) *
                                static_cast<std::size_t>(window.kernel_w) *
                                static_cast<std::size_t>(in.channels);
  layer.codes.resize(reduction * static_cast<std::size_t>(out_channels));
  for (std::uint8_t& code : layer.codes) {
    code = static_cast<std::uint8_t>(Pick(0, (1 << code_bits) - 1));
  }
  for (int i = 0; i < out_channels; ++i) {
    layer.bias.push_back(Pick(-2000, 2000));
    const double spread = std::sqrt(static_cast<double>(reduction)) * 64.0 * (1 << code_bits);
    layer.scale.push_back(Pick(0, 15) == 0 ? FixedPoint{} : RandomScale(spread));
  }
  return output;
}

int NetworkBuilder::Gemm(int input, int out_channels, int code_bits) {
  Window window;
  window.kernel_h = tensor(input).height;
  window.kernel_w = tensor(input).width;
  return Conv(input, window, out_channels, code_bits);
}

int NetworkBuilder::MaxPool(int input, const Window& window) {
  const int output = AddWindowOutput(input, window, tensor(input).channels);
  Layer& layer = AddLayer("MaxPool", Operator::kMaxPool, {input}, output);
  layer.window = window;
  layer.pool_scale[1] = RandomScale(256);
  return output;
}

int NetworkBuilder::AveragePool(int input, const Window& window, bool count_include_pad) {
  const int output = AddWindowOutput(input, window, tensor(input).channels);
  Layer& layer = AddLayer("AveragePool", Operator::kAveragePool, {input}, output);
  layer.window = window;
  layer.count_include_pad = count_include_pad;
  const int taps = window.kernel_h * window.kernel_w;
  for (int count = count_include_pad ? taps : 1; count <= taps; ++count) {
    layer.pool_scale[count] = RandomScale(64.0 * count);
  }
  return output;
}

int NetworkBuilder::Add(int a, int b) {
  const Tensor shape = tensor(a);
  const int output = AddTensor(shape.height, shape.width, shape.channels);
  Layer& layer = AddLayer("Add", Operator::kAdd, {a, b}, output);
  layer.add_scale[0] = RandomScale(256);
  layer.add_scale[1] = RandomScale(256);
  layer.add_scale[0].shift = layer.add_scale[1].shift;
  return output;
}

// Whether the input of one output position fits: half the rows, with a word to spare on both sides.
bool NetworkBuilder::HasRoom(const Tensor& input, const Window& w) const {
  const int rows = (w.kernel_h - 1) * w.dilation_h + 1;
  const int columns = (w.kernel_w - 1) * w.dilation_w + 1;
  const int bytes = (rows + 1) / 2 * (columns * input.channels + 4 * capabilities_.bus_bytes);
  return bytes <= capabilities_.act_bytes / 2;
}

Window NetworkBuilder::RandomWindow(const Tensor& input, bool pool) {
  Window w;
  do {
    const bool dilated = Pick(0, 3) == 0;
    w.kernel_h = Pick(1, std::min(4, input.height));
    w.kernel_w = Pick(1, std::min(4, input.width));
    w.dilation_h = dilated ? Pick(1, 3) : 1;
    w.dilation_w = dilated ? Pick(1, 3) : 1;
    w.stride_h = Pick(1, 3);
    w.stride_w = Pick(1, 3);
    // Pools must see the image in every window; windows of convolutions may lie outside.
    const int most_h = pool ? w.kernel_h - 1 : (w.kernel_h - 1) * w.dilation_h + 2;
    const int most_w = pool ? w.kernel_w - 1 : (w.kernel_w - 1) * w.dilation_w + 2;
    w.pad_top = Pick(0, most_h);
    w.pad_bottom = Pick(0, most_h);
    w.pad_left = Pick(0, most_w);
    w.pad_right = Pick(0, most_w);
    if (Pick(0, 2) == 0) {
      w.pad_top = w.pad_bottom = w.pad_left = w.pad_right = 0;
    }
  } while (!HasRoom(input, w) ||
           input.height + w.pad_top + w.pad_bottom <= (w.kernel_h - 1) * w.dilation_h ||
           input.width + w.pad_left + w.pad_right <= (w.kernel_w - 1) * w.dilation_w);
  return w;
}

int NetworkBuilder::RandomLayer(int input) {
  const Tensor in = tensor(input);
  const int kind = Pick(0, 9);
  Window whole;
  whole.kernel_h = in.height;
  whole.kernel_w = in.width;
  if (kind == 0) {
    return MaxPool(input, RandomWindow(in, true));
  }
  if (kind == 1) {
    const Window w = RandomWindow(in, true);
    return AveragePool(input, w, Pick(0, 1) == 0);
  }
  if (kind == 2) {
    int other = input;
    for (int i = 0; i < input; ++i) {
      const Tensor& t = tensor(i);
      if (t.height == in.height && t.width == in.width && t.channels == in.channels) {
        other = i;
      }
    }
    return Add(other, input);
  }
  const int bits = Pick(2, capabilities_.max_code_bits);
  // One output position may take half the output buffer.
  const int channels = Pick(1, std::min(80, capabilities_.out_bytes / 2));
  if (kind == 3 && HasRoom(in, whole)) {
    return Gemm(input, channels, bits);
  }
  if (kind == 4 && HasRoom(in, whole)) {
    return AveragePool(input, whole, true);
  }
  return Conv(input, RandomWindow(in, false), channels, bits);
}

Network NetworkBuilder::Finish() const {
  Network network = network_;
  network.name = "random";
  network.input = 0;
  network.output = network.layers.back().output;
  return network;
}

std::vector<std::int8_t> NetworkBuilder::RandomImage() {
  std::vector<std::int8_t> image(tensor(0).Elements());
  for (std::int8_t& value : image) {
    value = static_cast<std::int8_t>(Pick(-128, 127));
  }
  return image;
}

Network Convolutions(int channels, int layers) {
  NetworkBuilder builder(1, Capabilities());
  Window window;
  window.kernel_h = window.kernel_w = 3;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
  int tensor = builder.Input(13, 13, channels);
  for (int layer = 0; layer < layers; ++layer) {
    tensor = builder.Conv(tensor, window, channels, 4);
  }
  return builder.Finish();
}

}  // namespace denseshift::driver::testing

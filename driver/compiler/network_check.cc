// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/network_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxShift = 63;
constexpr std::size_t kMaxLayers = 65536;  // layer tag of a command

[[noreturn]] void Fail(const Layer& layer, const std::string& what) {
  throw std::invalid_argument(fmt::format("layer '{}': {}", layer.name, what));
}

bool IsInt8(int value) {
  return value >= -128 && value <= 127;
}

void CheckTensor(const Tensor& tensor) {
  if (tensor.height < 1 || tensor.width < 1 || tensor.channels < 1 || !IsInt8(tensor.zero_point)) {
    throw std::invalid_argument(fmt::format(
        "tensor '{}' is {} x {} x {} with zero point {}; sizes must be positive and the "
        "zero point within -128 .. 127",
        tensor.name,
        tensor.height,
        tensor.width,
        tensor.channels,
        tensor.zero_point));
  }
}

void CheckScale(const Layer& layer, const FixedPoint& scale) {
  if (scale.shift > kMaxShift) {
    Fail(layer, fmt::format("scale has shift {}, at most {}", scale.shift, kMaxShift));
  }
}

// Every window must begin inside the padded input.
void CheckAxis(const Layer& layer, const char* axis, std::int64_t padded, int out, int stride) {
  if ((out - 1) * std::int64_t{stride} >= padded) {
    Fail(layer,
         fmt::format("output {} {} is too large for a padded input of {}", axis, out, padded));
  }
}

void CheckWindow(const Layer& layer, const Tensor& input, const Tensor& output) {
  const Window& w = layer.window;
  if (std::min({w.kernel_h, w.kernel_w, w.stride_h, w.stride_w, w.dilation_h, w.dilation_w}) < 1 ||
      std::min({w.pad_top, w.pad_left, w.pad_bottom, w.pad_right}) < 0) {
    Fail(layer, "kernel, stride and dilation must be positive and padding not negative");
  }
  const std::int64_t rows = std::int64_t{input.height} + w.pad_top + w.pad_bottom;
  const std::int64_t columns = std::int64_t{input.width} + w.pad_left + w.pad_right;
  CheckAxis(layer, "height", rows, output.height, w.stride_h);
  CheckAxis(layer, "width", columns, output.width, w.stride_w);
}

// Weights and biases of a convolution.
void CheckConstants(const Layer& layer,
                    const Tensor& input,
                    const Tensor& output,
                    const Capabilities& capabilities) {
  const auto channels = static_cast<std::size_t>(output.channels);
  const std::size_t codes = channels * static_cast<std::size_t>(layer.window.kernel_h) *
                            static_cast<std::size_t>(layer.window.kernel_w) *
                            static_cast<std::size_t>(input.channels);
  if (layer.codes.size() != codes || layer.bias.size() != channels ||
      layer.scale.size() != channels) {
    Fail(layer,
         fmt::format("has {} codes, {} biases and {} scales; its shape needs {}, {} and {}",
                     layer.codes.size(),
                     layer.bias.size(),
                     layer.scale.size(),
                     codes,
                     channels,
                     channels));
  }
  const auto widest = std::max_element(layer.codes.begin(), layer.codes.end());
  if (*widest >> static_cast<unsigned>(layer.code_bits) != 0) {
    Fail(layer, fmt::format("code {} does not fit {} bits", *widest, layer.code_bits));
  }
  for (const FixedPoint& scale : layer.scale) {
    CheckScale(layer, scale);
  }
  CheckOverflow(layer, SumWeights(layer), input.zero_point, capabilities.accumulator_bits);
}

void CheckConv(const Layer& layer,
               const Tensor& input,
               const Tensor& output,
               const Capabilities& capabilities) {
  CheckWindow(layer, input, output);
  if (layer.code_bits < 2 || layer.code_bits > capabilities.max_code_bits) {
    Fail(layer,
         fmt::format("weights have {} bits; the device runs 2 .. {}, raise MaxCodeBits",
                     layer.code_bits,
                     capabilities.max_code_bits));
  }
}

void CheckPool(const Layer& layer, const Tensor& input, const Tensor& output) {
  CheckWindow(layer, input, output);
  if (input.channels != output.channels) {
    Fail(layer,
         fmt::format("a pool of {} channels cannot give {}", input.channels, output.channels));
  }
  for (const auto& [count, scale] : layer.pool_scale) {
    CheckScale(layer, scale);
  }
}

void CheckAdd(const Layer& layer, const Tensor& a, const Tensor& b, const Tensor& output) {
  const auto same = [&](const Tensor& t) {
    return t.height == output.height && t.width == output.width && t.channels == output.channels;
  };
  if (!same(a) || !same(b)) {
    Fail(layer, "an addition needs two inputs and an output of the same shape");
  }
  CheckScale(layer, layer.add_scale[0]);
  CheckScale(layer, layer.add_scale[1]);
}

void CheckLayer(const Network& network,
                const Layer& layer,
                const Capabilities& capabilities,
                bool constants) {
  const auto count = static_cast<int>(network.tensors.size());
  const auto valid = [&](int index) { return index >= 0 && index < count; };
  const std::size_t inputs = layer.op == Operator::kAdd ? 2 : 1;
  if (layer.inputs.size() != inputs || !valid(layer.output) ||
      !std::all_of(layer.inputs.begin(), layer.inputs.end(), valid)) {
    Fail(layer, fmt::format("needs {} inputs and an output among the network's tensors", inputs));
  }
  if (!IsInt8(layer.lo) || !IsInt8(layer.hi) || layer.lo > layer.hi) {
    Fail(layer, fmt::format("clamps to {} .. {}, which is not an int8 range", layer.lo, layer.hi));
  }
  const auto tensor = [&](int index) -> const Tensor& {
    return network.tensors[static_cast<std::size_t>(index)];
  };
  const Tensor& input = tensor(layer.inputs[0]);
  const Tensor& output = tensor(layer.output);
  switch (layer.op) {
    case Operator::kConv:
      CheckConv(layer, input, output, capabilities);
      if (constants) {
        CheckConstants(layer, input, output, capabilities);
      }
      break;
    case Operator::kMaxPool:
    case Operator::kAveragePool:
      CheckPool(layer, input, output);
      break;
    case Operator::kAdd:
      CheckAdd(layer, input, tensor(layer.inputs[1]), output);
      break;
  }
}

// Each tensor but the network's input is written by exactly one layer, before any layer reads it.
void CheckOrder(const Network& network) {
  std::vector<bool> written(network.tensors.size());
  written[static_cast<std::size_t>(network.input)] = true;
  for (const Layer& layer : network.layers) {
    for (const int input : layer.inputs) {
      if (!written[static_cast<std::size_t>(input)]) {
        Fail(layer,
             fmt::format("reads tensor '{}', which no layer before it writes",
                         network.tensors[static_cast<std::size_t>(input)].name));
      }
    }
    const auto output = static_cast<std::size_t>(layer.output);
    if (written[output]) {
      Fail(layer, fmt::format("writes tensor '{}' a second time", network.tensors[output].name));
    }
    written[output] = true;
  }
  if (!written[static_cast<std::size_t>(network.output)]) {
    throw std::invalid_argument("no layer writes the network's output");
  }
}

}  // namespace

void CheckNetwork(const Network& network, const Capabilities& capabilities, bool constants) {
  const auto count = static_cast<int>(network.tensors.size());
  if (network.input < 0 || network.input >= count || network.output < 0 ||
      network.output >= count) {
    throw std::invalid_argument("the network's input or output is not among its tensors");
  }
  if (network.layers.size() > kMaxLayers) {
    throw std::invalid_argument(fmt::format(
        "the network has {} layers, at most {} are supported", network.layers.size(), kMaxLayers));
  }
  for (const Tensor& tensor : network.tensors) {
    CheckTensor(tensor);
  }
  for (const Layer& layer : network.layers) {
    CheckLayer(network, layer, capabilities, constants);
  }
  CheckOrder(network);
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "driver/network/frontend/denseshift_weights.h"
#include "driver/network/frontend/lower_node.h"
#include "driver/network/frontend/window.h"

namespace denseshift::driver::frontend {
namespace {

const ActivationShape& RequireImage(const Lowering& lowering) {
  const ActivationShape& shape = lowering.Activation(0).shape;
  if (!shape.IsImage()) {
    FailAt(lowering.node,
           fmt::format("input '{}' has shape {}; an image [N, C, H, W] is needed",
                       lowering.inputs[0]->name,
                       DimsText(shape.dims)));
  }
  return shape;
}

// Reorders every channel's codes from [in channel][taps] to [taps][in channel].
void ChannelsInnermost(std::size_t in_channels, DenseShiftTensor* weights) {
  const std::size_t count = weights->codes.size() / weights->alpha.size();
  const std::size_t taps = count / in_channels;
  std::vector<std::uint8_t> reordered(weights->codes.size());
  for (std::size_t o = 0; o < weights->alpha.size(); ++o) {
    for (std::size_t c = 0; c < in_channels; ++c) {
      for (std::size_t tap = 0; tap < taps; ++tap) {
        reordered[o * count + tap * in_channels + c] = weights->codes[o * count + c * taps + tap];
      }
    }
  }
  weights->codes = std::move(reordered);
}

// Weights [out, in, ..] in the order of Layer::codes, or how many there are if only that matters.
DenseShiftTensor WeightsOf(const Lowering& lowering, const Array& weight) {
  const std::string& name = lowering.inputs[1]->name;
  if (lowering.options.weights == ImportWeights::kShapesOnly) {
    return UnknownWeights(name, weight, lowering.options.code_bits);
  }
  DenseShiftTensor recognized = RecognizeDenseShift(name, weight, lowering.options.max_code_bits);
  ChannelsInnermost(static_cast<std::size_t>(lowering.Activation(0).shape.channels), &recognized);
  return recognized;
}

// A convolution with weights [out, in, ..] whose `in` is the device's channels or, for a window
// over the whole image, [C, H, W] in one axis.
Draft ConvDraft(const Lowering& lowering, const Array& weight) {
  DenseShiftTensor weights = WeightsOf(lowering, weight);
  Draft draft;
  draft.node = &lowering.node;
  draft.op = Operator::kConv;
  draft.inputs = {lowering.quantizer->Require(lowering.node, *lowering.inputs[0])};
  draft.factor = weights.alpha;
  for (double& factor : draft.factor) {
    factor *= lowering.quantizer->Of(draft.inputs[0]).scale;
  }
  draft.offset.assign(weights.alpha.size(), 0.0);
  draft.weights = std::make_shared<const DenseShiftTensor>(std::move(weights));
  return draft;
}

// A window over the whole image, as a fully connected layer needs it.
Window WholeImage(const ActivationShape& shape) {
  Window window;
  window.kernel_h = shape.height;
  window.kernel_w = shape.width;
  return window;
}

// [rows, columns] -> [columns, rows].
Array Transposed(const Array& matrix) {
  const auto rows = static_cast<std::size_t>(matrix.dims[0]);
  const auto columns = static_cast<std::size_t>(matrix.dims[1]);
  Array result(matrix.type, {matrix.dims[1], matrix.dims[0]});
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      result.values[column * rows + row] = matrix.values[row * columns + column];
    }
  }
  return result;
}

}  // namespace

Value LowerAddition(const Lowering& lowering) {
  const Value& a = lowering.Activation(0);
  const Value& b = lowering.Activation(1);
  if (a.shape.dims != b.shape.dims || a.shape.channels != b.shape.channels ||
      a.shape.height != b.shape.height) {
    FailAt(lowering.node,
           fmt::format("inputs have shapes {} and {}; activations are only added element by "
                       "element, without broadcasting",
                       DimsText(a.shape.dims),
                       DimsText(b.shape.dims)));
  }
  Draft draft;
  draft.node = &lowering.node;
  draft.op = Operator::kAdd;
  draft.factor = {1.0};
  draft.inputs = {lowering.quantizer->Require(lowering.node, a),
                  lowering.quantizer->Require(lowering.node, b)};
  return DraftValue(lowering.node, draft, a.shape);
}

Value LowerAveragePool(const Lowering& lowering) {
  const ActivationShape& shape = RequireImage(lowering);
  const PlacedWindow placed = PlaceWindow(lowering.node, shape.height, shape.width);
  Draft draft =
      IdentityDraft(lowering.node, lowering.quantizer->Require(lowering.node, *lowering.inputs[0]));
  draft.op = Operator::kAveragePool;
  draft.window = placed.window;
  draft.count_include_pad = lowering.node.Int("count_include_pad", 0) != 0;
  return DraftValue(
      lowering.node,
      draft,
      ImageShape(
          lowering.node, shape.dims[0], shape.channels, placed.out_height, placed.out_width));
}

Value LowerConv(const Lowering& lowering) {
  const Node& node = lowering.node;
  const ActivationShape& shape = lowering.Activation(0).shape;
  const Array& weight = lowering.Constant(1);
  if (weight.Rank() != 4 || shape.dims.size() != 4) {
    FailAt(node,
           fmt::format("weight {} on input {}; only two spatial dimensions are supported",
                       DimsText(weight.dims),
                       DimsText(shape.dims)));
  }
  if (node.Int("group", 1) != 1) {
    FailAt(node,
           fmt::format("group is {}; only 1 is supported: use a full convolution",
                       node.Int("group", 1)));
  }
  const std::vector<std::int64_t> kernel = {weight.dims[2], weight.dims[3]};
  if (weight.dims[1] != shape.dims[1] || node.Ints("kernel_shape", kernel) != kernel) {
    FailAt(node,
           fmt::format("weight {} does not fit input {} or kernel_shape",
                       DimsText(weight.dims),
                       DimsText(shape.dims)));
  }
  const PlacedWindow placed = PlaceWindow(node, kernel[0], kernel[1], shape.dims[2], shape.dims[3]);
  Draft draft = ConvDraft(lowering, weight);
  draft.window = placed.window;
  if (!shape.IsImage()) {
    // [N, C * H * W, 1, 1]: a fully connected layer.
    if (placed.out_height != 1 || placed.out_width != 1 || kernel[0] != 1 || kernel[1] != 1) {
      FailAt(node, "a flattened input can only be convolved with a 1x1 kernel");
    }
    draft.window = WholeImage(shape);
  }
  if (lowering.Has(2)) {
    const Array& bias = lowering.Constant(2);
    if (bias.values.size() != draft.offset.size()) {
      FailAt(node, fmt::format("bias of shape {} does not fit", DimsText(bias.dims)));
    }
    ShiftDraft(node, bias.values, &draft);
  }
  return DraftValue(
      node,
      draft,
      ImageShape(node, shape.dims[0], weight.dims[0], placed.out_height, placed.out_width));
}

Value LowerGemm(const Lowering& lowering) {
  const Node& node = lowering.node;
  const ActivationShape& shape = lowering.Activation(0).shape;
  if (node.Int("transA", 0) != 0) {
    FailAt(node, "transA is set; only transA = 0 is supported");
  }
  Array weight = lowering.Constant(1);
  if (weight.Rank() == 2 && node.Int("transB", 0) == 0) {
    weight = Transposed(weight);
  }
  if (weight.Rank() != 2 || !shape.IsVector() || weight.dims[1] != shape.Features()) {
    FailAt(node,
           fmt::format("cannot multiply {} by '{}' of shape {}",
                       DimsText(shape.dims),
                       lowering.inputs[1]->name,
                       DimsText(lowering.Constant(1).dims)));
  }
  Draft draft = ConvDraft(lowering, weight);
  draft.window = WholeImage(shape);
  ScaleDraft(node, {node.Float("alpha", 1.0)}, &draft);
  if (lowering.Has(2)) {
    std::vector<double> bias = lowering.Constant(2).values;
    if (bias.size() != 1 && bias.size() != draft.offset.size()) {
      FailAt(node,
             fmt::format("bias of shape {} for {} columns",
                         DimsText(lowering.Constant(2).dims),
                         draft.offset.size()));
    }
    for (double& value : bias) {
      value *= node.Float("beta", 1.0);
    }
    ShiftDraft(node, bias, &draft);
  }
  ActivationShape out = ImageShape(node, shape.dims[0], weight.dims[0], 1, 1);
  out.dims.resize(2);
  return DraftValue(node, draft, out);
}

Value LowerGlobalAveragePool(const Lowering& lowering) {
  const Node& node = lowering.node;
  const ActivationShape& shape = RequireImage(lowering);
  if (node.op_type == "ReduceMean") {
    std::vector<std::int64_t> axes = node.Ints("axes", {});
    if (lowering.Has(1)) {
      axes = ToIntegers(lowering.Constant(1));
    }
    for (std::int64_t& axis : axes) {
      axis += axis < 0 ? 4 : 0;
    }
    if (axes != std::vector<std::int64_t>{2, 3} && axes != std::vector<std::int64_t>{3, 2}) {
      FailAt(node, fmt::format("axes are {}; only [2, 3] is supported", DimsText(axes)));
    }
  }
  Draft draft = IdentityDraft(node, lowering.quantizer->Require(node, *lowering.inputs[0]));
  draft.op = Operator::kAveragePool;
  draft.window = WholeImage(shape);
  ActivationShape out = ImageShape(node, shape.dims[0], shape.channels, 1, 1);
  if (node.Int("keepdims", 1) == 0) {
    out.dims.resize(2);
  }
  return DraftValue(node, draft, out);
}

Value LowerMaxPool(const Lowering& lowering) {
  const ActivationShape& shape = RequireImage(lowering);
  const PlacedWindow placed = PlaceWindow(lowering.node, shape.height, shape.width);
  Draft draft =
      IdentityDraft(lowering.node, lowering.quantizer->Require(lowering.node, *lowering.inputs[0]));
  draft.window = placed.window;
  return DraftValue(
      lowering.node,
      draft,
      ImageShape(
          lowering.node, shape.dims[0], shape.channels, placed.out_height, placed.out_width));
}

}  // namespace denseshift::driver::frontend

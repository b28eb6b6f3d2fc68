// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/driver/network/error_case.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

constexpr int kInt32 = onnx::TensorProto::INT32;
constexpr int kInt8 = onnx::TensorProto::INT8;

class LayerError : public ImportError {};

TEST_P(LayerError, NamesWhatIsWrong) {
  ExpectMessage(GetParam());
}

const std::vector<ErrorCase> kConvCases = {
    {"Group",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Int("group", 2); },
     {"node 'conv' (Conv): group is 2; only 1"}},
    {"AutoPad",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).String("auto_pad", "SAME"); },
     {"auto_pad is 'SAME'; NOTSET, VALID, SAME_UPPER and SAME_LOWER"}},
    {"OneDimension",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("strides", {2}); },
     {"attribute 'strides' has 1 values; only two spatial dimensions"}},
    {"PadsCount",
     [](OnnxBuilder* m) {
       NodeBuilder(&NodeOf(m, 2)).Ints("pads", {1, 1});
     },
     {"attribute 'pads' has 2 values; four are needed"}},
    {"ZeroStride",
     [](OnnxBuilder* m) {
       NodeBuilder(&NodeOf(m, 2)).Ints("strides", {0, 1});
     },
     {"stride is 0; it must lie in 1"}},
    {"NegativePad",
     [](OnnxBuilder* m) {
       NodeBuilder(&NodeOf(m, 2)).Ints("pads", {-1, 0, 0, 0});
     },
     {"padding is -1"}},
    {"HugePad",
     [](OnnxBuilder* m) {
       NodeBuilder(&NodeOf(m, 2)).Ints("pads", {1 << 20, 0, 0, 1 << 20});
     },
     {"more than 16777216 elements"}},
    {"KernelShape",
     [](OnnxBuilder* m) {
       NodeBuilder(&NodeOf(m, 2)).Ints("kernel_shape", {3, 3});
     },
     {"weight [3, 2, 1, 1] does not fit"}},
    {"KernelTooLarge",
     [](OnnxBuilder* m) {
       m->Floats("large", {1, 2, 5, 1}, std::vector<float>(10, 1.0F));
       NodeOf(m, 2).set_input(1, "large");
       NodeOf(m, 2).mutable_input()->RemoveLast();
     },
     {"the window reaches over 5 elements, the padded image has 4"}},
    {"WeightChannels",
     [](OnnxBuilder* m) {
       TensorOf(m, "w").set_dims(0, 2);
       TensorOf(m, "w").set_dims(1, 3);
     },
     {"weight [2, 3, 1, 1] does not fit input [1, 2, 4, 4]"}},
    {"WeightRank",
     [](OnnxBuilder* m) { TensorOf(m, "w").mutable_dims()->RemoveLast(); },
     {"weight [3, 2, 1] on input [1, 2, 4, 4]"}},
    {"WeightIsActivation",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(1, "x"); },
     {"input 'x' depends on the network's input"}},
    {"ConstantActivation",
     [](OnnxBuilder* m) {
       NodeOf(m, 2).set_input(0, "w");
       NodeOf(m, 3).set_input(0, "conv");
     },
     {"node 'conv' (Conv): input 'w' is constant; an activation is needed"}},
    {"BiasSize",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(2, "output_scale"); },
     {"bias of shape [] does not fit"}},
    {"WeightsNotDenseShift",
     [](OnnxBuilder* m) { TensorOf(m, "w").set_float_data(3, 5.0F); },
     {"tensor 'w', output channel 1: not DenseShift weights: mantissas differ at element 1 (5 "
      "against 4 at element 0)"}},
    {"BiasTooLarge",
     [](OnnxBuilder* m) { TensorOf(m, "b").set_float_data(1, 1e12F); },
     {"node 'conv' (Conv): output channel 1: its bias is 249999998976", "does not fit 32 bits"}},
    {"BiasNotFinite",
     [](OnnxBuilder* m) {
       TensorOf(m, "b").set_float_data(1, std::numeric_limits<float>::infinity());
     },
     {"node 'conv' (Conv): a constant is infinite"}},
    {"ScaleTooLarge",
     [](OnnxBuilder* m) { TensorOf(m, "output_scale").set_float_data(0, 1e-6F); },
     {"node 'conv' (Conv): output channel 0: scale 1", "is 2^16 or more", "larger output scale"}},
};
INSTANTIATE_TEST_SUITE_P(Conv, LayerError, testing::ValuesIn(kConvCases), CaseName);

const std::vector<ErrorCase> kQuantizationCases = {
    {"NoPair",
     [](OnnxBuilder* m) {
       m->Floats("v", {1, 3, 1, 1}, {1, 1, 1});
       m->Node("Conv", {"relu", "v"}, "conv2");
       Finish(m, "conv2");
     },
     {"node 'conv2' (Conv): tensor 'relu' has no QuantizeLinear / DequantizeLinear pair",
      "give calibration images"}},
    {"OutputNotQuantized",
     [](OnnxBuilder* m) { m->Graph().mutable_output(0)->set_name("relu"); },
     {"node 'relu' (graph output): tensor 'relu' has no QuantizeLinear"}},
    {"InputNotQuantized",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(0, "input"); },
     {"node 'conv' (Conv): tensor 'input' has no QuantizeLinear"}},
    {"UsedWithoutDequantize",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(0, "x_q"); },
     {"node 'conv' (Conv): tensor 'x_q' is used without DequantizeLinear"}},
    {"QuantizedTwice",
     [](OnnxBuilder* m) { NodeOf(m, 4).set_input(0, "x_q"); },
     {"tensor 'x_q' is quantized already"}},
    {"DequantizedReal",
     [](OnnxBuilder* m) { NodeOf(m, 5).set_input(0, "relu"); },
     {"tensor 'relu' holds no quantized integers"}},
    {"DifferentScales",
     [](OnnxBuilder* m) {
       m->Floats("s", {}, {2.0F});
       NodeOf(m, 5).set_input(1, "s");
     },
     {"node 'output' (DequantizeLinear): tensor 'output_q' is quantized with scale 3, zero point 0 "
      "(uint8) but dequantized with scale 2, zero point 0 (uint8)"}},
    {"InputQuantizedTwice",
     [](OnnxBuilder* m) {
       m->Pair("input", "y", 2.0F, 3, kInt8);
       m->Node("Add", {"x", "y"}, "sum");
       Finish(m, "sum");
     },
     {"quantizes the network's input with scale 2"}},
    {"PerChannelActivation",
     [](OnnxBuilder* m) {
       m->Floats("s", {2}, {1, 2});
       NodeOf(m, 0).set_input(1, "s");
     },
     {"scale has 2 elements; activations are quantized per tensor"}},
    {"NegativeScale",
     [](OnnxBuilder* m) { TensorOf(m, "output_scale").set_float_data(0, -1.0F); },
     {"scale is -1; it must be a positive number"}},
    {"Int32ZeroPoint",
     [](OnnxBuilder* m) { TensorOf(m, "x_zero").set_data_type(kInt32); },
     {"zero point is INT32 of shape []"}},
    {"ZeroPointNotConstant",
     [](OnnxBuilder* m) { NodeOf(m, 4).set_input(1, "relu"); },
     {"input 'relu' depends on the network's input"}},
    {"OutputIsInput",
     [](OnnxBuilder* m) { m->Graph().mutable_output(0)->set_name("x"); },
     {"node 'x' (graph output): is the input; the graph has no layer"}},
    {"OutputIsConstant",
     [](OnnxBuilder* m) { m->Graph().mutable_output(0)->set_name("w"); },
     {"node 'w' (graph output): is constant"}},
    {"UnsignedInputWithSignedZeroPoint",
     [](OnnxBuilder* m) {
       m->Graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
           onnx::TensorProto::UINT8);
       NodeOf(m, 1).set_input(0, "input");
     },
     {"the zero point has another type than the input"}},
};
INSTANTIATE_TEST_SUITE_P(Quantization, LayerError, testing::ValuesIn(kQuantizationCases), CaseName);

}  // namespace
}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/driver/network/error_case.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

class FoldingError : public ImportError {};

TEST_P(FoldingError, NamesWhatIsWrong) {
  ExpectMessage(GetParam());
}

// Adds a node that reads tensor `from` and quantizes its result.
std::function<void(OnnxBuilder*)> After(const std::string& from,
                                        const std::string& op_type,
                                        const Dims& dims,
                                        const std::vector<float>& constant) {
  return [=](OnnxBuilder* m) {
    m->Floats("c", dims, constant);
    m->Node(op_type, {from, "c"}, "next");
    Finish(m, "next");
  };
}

const std::vector<ErrorCase> kFoldingCases = {
    {"ScalesAfterRelu",
     After("relu", "Mul", {3, 1, 1}, {1, -2, 3}),
     {"node 'next' (Mul): cannot be folded into node 'conv' (Conv): a Relu or Clip lies between"}},
    {"ConstantsAfterRelu",
     After("relu", "Add", {3, 1, 1}, {1, -2, 3}),
     {"node 'next' (Add): cannot be folded", "a Relu or Clip lies between"}},
    {"ScalesOnAQuantizedTensor",
     After("output", "Mul", {3, 1, 1}, {1, 2, 3}),
     {"node 'next' (Mul): cannot be folded", "only a single positive factor"}},
    {"ConstantOnAQuantizedTensor",
     After("output", "Sub", {}, {1}),
     {"node 'next' (Sub): cannot be folded", "no constant can be added"}},
    {"ConstantPerPixel",
     After("conv", "Mul", {4}, {1, 2, 3, 4}),
     {"constant of shape [4] on activation [1, 3, 4, 4]: only scalars and one value per channel"}},
    {"ConstantOfHigherRank",
     After("conv", "Mul", {1, 1, 1, 1, 1}, {1}),
     {"constant of shape [1, 1, 1, 1, 1]"}},
    {"DivisionByZero",
     After("conv", "Div", {}, {0}),
     {"node 'next' (Div): a constant is infinite"}},
    {"DivisionOfAConstant",
     [](OnnxBuilder* m) {
       m->Floats("c", {}, {1});
       m->Node("Div", {"c", "conv"}, "next");
       Finish(m, "next");
     },
     {"divides a constant by an activation"}},
    {"ProductOfActivations",
     [](OnnxBuilder* m) {
       m->Node("Mul", {"x", "x"}, "next");
       Finish(m, "next");
     },
     {"node 'next' (Mul): is only supported with a constant"}},
    {"AddBroadcasts",
     [](OnnxBuilder* m) {
       m->Node("Add", {"x", "output"}, "next");
       Finish(m, "next");
     },
     {"inputs have shapes [1, 2, 4, 4] and [1, 3, 4, 4]", "without broadcasting"}},
    {"BatchNormalizationOfAPool",
     [](OnnxBuilder* m) {
       m->Node("GlobalAveragePool", {"output"}, "pool");
       m->Node("BatchNormalization", {"pool", "b", "b", "b", "b"}, "next");
       Finish(m, "next");
     },
     {"node 'next' (BatchNormalization): cannot be folded into node 'pool'"}},
    {"BatchNormalizationSize",
     [](OnnxBuilder* m) {
       m->Floats("c", {2}, {1, 1});
       m->Node("BatchNormalization", {"conv", "b", "b", "b", "c"}, "next");
       Finish(m, "next");
     },
     {"node 'next' (BatchNormalization): input 'c' has 2 elements for 3 channels"}},
    {"BatchNormalizationTraining",
     [](OnnxBuilder* m) {
       m->Node("BatchNormalization", {"conv", "b", "b", "b", "b"}, "next").Int("training_mode", 1);
       Finish(m, "next");
     },
     {"only inference (training_mode 0"}},
    {"BatchNormalizationNegativeVariance",
     [](OnnxBuilder* m) {
       m->Floats("c", {3}, {1, -1, 1});
       m->Node("BatchNormalization", {"conv", "b", "b", "b", "c"}, "next");
       Finish(m, "next");
     },
     {"node 'next' (BatchNormalization): a constant is infinite or not a number"}},
    {"ClipBoundIsNoScalar",
     After("conv", "Clip", {2}, {1, 2}),
     {"node 'next' (Clip): 'min' must be a scalar"}},
    {"ClipBoundIsNan", After("conv", "Clip", {}, {std::stof("nan")}), {"'min' is not a number"}},
};
INSTANTIATE_TEST_SUITE_P(Folding, FoldingError, testing::ValuesIn(kFoldingCases), CaseName);

const std::vector<ErrorCase> kShapeCases = {
    {"ReshapeMixesTheBatch",
     [](OnnxBuilder* m) {
       m->Int64s("shape", {2}, {-1, 3});
       m->Node("Reshape", {"output", "shape"}, "next");
       Finish(m, "next");
     },
     {"turns [1, 3, 4, 4] into [16, 3]; the batch must stay"}},
    {"ReshapeToAnotherImage",
     [](OnnxBuilder* m) {
       m->Int64s("shape", {4}, {1, 12, 2, 2});
       m->Node("Reshape", {"output", "shape"}, "image");
       m->Node("MaxPool", {"image"}, "next").Ints("kernel_shape", {1, 1});
       Finish(m, "next");
     },
     {"input 'image' has shape [1, 12, 2, 2]; an image [N, C, H, W] is needed"}},
    {"OutputOfAnotherRank",
     [](OnnxBuilder* m) {
       m->Int64s("shape", {3}, {1, 3, 16});
       m->Node("Reshape", {"output", "shape"}, "next");
       Finish(m, "next");
     },
     {"node 'end' (graph output): has shape [1, 3, 16]"}},
    {"TransposedActivation",
     [](OnnxBuilder* m) {
       m->Node("Transpose", {"output"}, "next").Ints("perm", {0, 2, 3, 1});
       Finish(m, "next");
     },
     {"node 'next' (Transpose): is only supported on constants"}},
    {"GemmOnAnImage",
     [](OnnxBuilder* m) {
       m->Floats("v", {4, 2}, {1, 1, 1, 1, 1, 1, 1, 1});
       m->Node("MatMul", {"output", "v"}, "next");
       Finish(m, "next");
     },
     {"cannot multiply [1, 3, 4, 4] by 'v' of shape [4, 2]"}},
    {"GemmTransposesTheActivation",
     [](OnnxBuilder* m) {
       m->Node("Flatten", {"output"}, "flat");
       m->Floats("v", {48, 1}, std::vector<float>(48, 1.0F));
       m->Node("Gemm", {"flat", "v"}, "next").Int("transA", 1);
       Finish(m, "next");
     },
     {"transA is set"}},
    {"GemmBias",
     [](OnnxBuilder* m) {
       m->Node("Flatten", {"output"}, "flat");
       m->Floats("v", {48, 1}, std::vector<float>(48, 1.0F));
       m->Node("Gemm", {"flat", "v", "b"}, "next");
       Finish(m, "next");
     },
     {"bias of shape [3] for 1 columns"}},
    {"FlattenedConvolution",
     [](OnnxBuilder* m) {
       m->Int64s("shape", {4}, {0, 48, 1, 1});
       m->Node("Reshape", {"output", "shape"}, "flat");
       m->Floats("v", {1, 48, 3, 3}, std::vector<float>(432, 1.0F));
       m->Node("Conv", {"flat", "v"}, "next").Ints("pads", {1, 1, 1, 1});
       Finish(m, "next");
     },
     {"a flattened input can only be convolved with a 1x1 kernel"}},
    {"ReduceMeanOverChannels",
     [](OnnxBuilder* m) {
       m->Node("ReduceMean", {"output"}, "next").Ints("axes", {1});
       Finish(m, "next");
     },
     {"axes are [1]; only [2, 3]"}},
    {"PoolWithoutKernel",
     [](OnnxBuilder* m) {
       m->Node("MaxPool", {"output"}, "next");
       Finish(m, "next");
     },
     {"attribute 'kernel_shape' is missing"}},
    {"WindowInThePadding",
     [](OnnxBuilder* m) {
       m->Node("MaxPool", {"output"}, "next")
           .Ints("kernel_shape", {2, 2})
           .Ints("pads", {2, 0, 0, 0});
       Finish(m, "next");
     },
     {"node 'next' (MaxPool): a window lies entirely in the padding"}},
    {"CeilModeThatCountsPadding",
     [](OnnxBuilder* m) {
       m->Node("AveragePool", {"output"}, "next")
           .Ints("kernel_shape", {3, 3})
           .Ints("strides", {2, 2})
           .Int("ceil_mode", 1)
           .Int("count_include_pad", 1);
       Finish(m, "next");
     },
     {"ceil_mode together with count_include_pad"}},
    {"DenseShiftWeightBits",
     [](OnnxBuilder* m) {
       m->Bytes("codes", {1}, {0});
       m->Node("DenseShiftWeight", {"codes"}, "v").Domain("org.denseshift").Ints("shape", {1});
       m->Node("Mul", {"conv", "v"}, "next");
       Finish(m, "next");
     },
     {"node 'v' (org.denseshift::DenseShiftWeight): attribute 'bits' is 0"}},
    {"DenseShiftWeightSize",
     [](OnnxBuilder* m) {
       m->Bytes("codes", {1}, {0});
       m->Node("DenseShiftWeight", {"codes"}, "v")
           .Domain("org.denseshift")
           .Int("bits", 3)
           .Ints("shape", {3, 1, 1});
       m->Node("Mul", {"conv", "v"}, "next");
       Finish(m, "next");
     },
     {"1 bytes of codes; shape [3, 1, 1] at 3 bits needs 2"}},
    {"DenseShiftWeightType",
     [](OnnxBuilder* m) {
       m->Floats("codes", {1}, {0});
       m->Node("DenseShiftWeight", {"codes"}, "v")
           .Domain("org.denseshift")
           .Int("bits", 2)
           .Ints("shape", {1});
       m->Node("Mul", {"conv", "v"}, "next");
       Finish(m, "next");
     },
     {"codes must be a UINT8 tensor"}},
};
INSTANTIATE_TEST_SUITE_P(Shape, FoldingError, testing::ValuesIn(kShapeCases), CaseName);

}  // namespace
}  // namespace denseshift::driver

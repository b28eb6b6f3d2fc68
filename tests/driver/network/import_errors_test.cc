// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/network/import.h"
#include "tests/driver/network/float_check.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

using testing::HasSubstr;

constexpr int kInt8 = onnx::TensorProto::INT8;
constexpr int kInt32 = onnx::TensorProto::INT32;

std::string ErrorOf(OnnxBuilder* model, const ImportOptions& options = {}) {
  const std::filesystem::path path = model->Save();
  try {
    (void)ImportOnnx(path, options);
  } catch (const std::runtime_error& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.rfind(path.string() + ": ", 0), 0U) << text;
    return text.substr(path.string().size() + 2);
  }
  return "no error";
}

// A model that imports; a case changes one thing. Nodes: 0 QuantizeLinear, 1 DequantizeLinear,
// 2 Conv, 3 Relu, 4 QuantizeLinear, 5 DequantizeLinear.
OnnxBuilder GoodModel() {
  OnnxBuilder model;
  model.Input({-1, 2, 4, 4}).Pair("input", "x", 1.0F, 3, kInt8);
  model.Floats("w", {3, 2, 1, 1}, {1, 2, 4, -8, 1, 1}).Floats("b", {3}, {1, 2, 3});
  model.Node("Conv", {"x", "w", "b"}, "conv");
  model.Node("Relu", {"conv"}, "relu");
  model.Pair("relu", "output", 3.0F);
  return model;
}

// Makes "output" of a tensor that is not quantized.
void Finish(OnnxBuilder* model, const std::string& from) {
  model->Graph().mutable_output(0)->set_name("end");
  model->Pair(from, "end", 3.0F, 0, kInt8);
}

onnx::NodeProto& NodeOf(OnnxBuilder* model, int index) {
  return *model->Graph().mutable_node(index);
}

onnx::TensorProto& TensorOf(OnnxBuilder* model, const std::string& name) {
  for (onnx::TensorProto& tensor : *model->Graph().mutable_initializer()) {
    if (tensor.name() == name) {
      return tensor;
    }
  }
  throw std::logic_error("no initializer " + name);
}

onnx::TensorShapeProto& InputShape(OnnxBuilder* model) {
  return *model->Graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
}

struct ErrorCase {
  const char* name;
  std::function<void(OnnxBuilder*)> change;
  std::vector<std::string> message;
};

void PrintTo(const ErrorCase& error_case, std::ostream* out) {
  *out << error_case.name;
}

class ImportError : public testing::TestWithParam<ErrorCase> {};

TEST_P(ImportError, NamesWhatIsWrong) {
  OnnxBuilder model = GoodModel();
  GetParam().change(&model);
  const std::string error = ErrorOf(&model);
  for (const std::string& part : GetParam().message) {
    EXPECT_THAT(error, HasSubstr(part));
  }
}

std::string CaseName(const testing::TestParamInfo<ErrorCase>& info) {
  return info.param.name;
}

TEST(ImportGoodModel, Imports) {
  OnnxBuilder model = GoodModel();
  EXPECT_EQ(ErrorOf(&model), "no error");
}

const std::vector<ErrorCase> kFileCases = {
    {"NoGraph",
     [](OnnxBuilder* m) { m->Model().clear_graph(); },
     {"holds no graph"}},
    {"NoOpset",
     [](OnnxBuilder* m) { m->Model().clear_opset_import(); },
     {"imports no opset"}},
    {"OldOpset",
     [](OnnxBuilder* m) { m->Model().mutable_opset_import(0)->set_version(6); },
     {"opset 6; versions 7 to 23"}},
    {"TwoOutputs",
     [](OnnxBuilder* m) { m->Graph().add_output()->set_name("conv"); },
     {"2 outputs; exactly one"}},
    {"OutputNotComputed",
     [](OnnxBuilder* m) { m->Graph().mutable_output(0)->set_name("nothing"); },
     {"nothing computes the output 'nothing'"}},
    {"TwoInputs",
     [](OnnxBuilder* m) {
       *m->Graph().add_input() = m->Graph().input(0);
       m->Graph().mutable_input(1)->set_name("other");
     },
     {"2 inputs; exactly one"}},
    {"SequenceInput",
     [](OnnxBuilder* m) {
       m->Graph().mutable_input(0)->mutable_type()->mutable_sequence_type();
     },
     {"input 'input' is no tensor"}},
    {"DynamicHeight",
     [](OnnxBuilder* m) { InputShape(m).mutable_dim(2)->set_dim_param("H"); },
     {"input 'input' of shape [-1, 2, -1, 4]", "only the first dimension"}},
    {"RankThree",
     [](OnnxBuilder* m) { InputShape(m).mutable_dim()->RemoveLast(); },
     {"[N, C, H, W] or [N, C] is needed"}},
    {"HugeInput",
     [](OnnxBuilder* m) { InputShape(m).mutable_dim(3)->set_dim_value(1LL << 40); },
     {"more than 16777216 elements"}},
    {"IntegerInput",
     [](OnnxBuilder* m) {
       m->Graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(kInt32);
     },
     {"type INT32 is not supported"}},
    {"ExternalData",
     [](OnnxBuilder* m) {
       TensorOf(m, "w").set_data_location(onnx::TensorProto::EXTERNAL);
     },
     {"tensor 'w'", "another file"}},
    {"StringTensor",
     [](OnnxBuilder* m) { TensorOf(m, "w").set_data_type(onnx::TensorProto::STRING); },
     {"tensor 'w': data type 8 is not supported"}},
    {"TooFewValues",
     [](OnnxBuilder* m) { TensorOf(m, "w").mutable_float_data()->RemoveLast(); },
     {"tensor 'w': 5 values for shape [3, 2, 1, 1]"}},
    {"RawDataSize",
     [](OnnxBuilder* m) { TensorOf(m, "w").set_raw_data("12345"); },
     {"tensor 'w': 5 bytes of data for shape [3, 2, 1, 1] of FLOAT"}},
    {"NegativeDimension",
     [](OnnxBuilder* m) { TensorOf(m, "w").set_dims(0, -3); },
     {"tensor 'w': shape [-3, 2, 1, 1] has a dimension outside"}},
    {"TooManyElements",
     [](OnnxBuilder* m) {
       TensorOf(m, "w").set_dims(0, 1 << 20);
       TensorOf(m, "w").set_dims(1, 1 << 20);
     },
     {"tensor 'w'", "more than 268435456 elements"}},
    {"Segment",
     [](OnnxBuilder* m) { TensorOf(m, "w").mutable_segment(); },
     {"tensor 'w': segmented"}},
    {"SparseInitializer",
     [](OnnxBuilder* m) { m->Graph().add_sparse_initializer(); },
     {"sparse initializers are not supported"}},
};
INSTANTIATE_TEST_SUITE_P(File, ImportError, testing::ValuesIn(kFileCases), CaseName);

const std::vector<ErrorCase> kNodeCases = {
    {"UnknownOperator",
     [](OnnxBuilder* m) { NodeOf(m, 3).set_op_type("Sigmoid"); },
     {"node 'relu' (Sigmoid): this operator is not supported; supported are: Add, AveragePool"}},
    {"UnknownDomain",
     [](OnnxBuilder* m) { NodeOf(m, 3).set_domain("com.example"); },
     {"node 'relu' (com.example::Relu): this operator is not supported"}},
    {"SoftmaxInTheMiddle",
     [](OnnxBuilder* m) { NodeOf(m, 3).set_op_type("Softmax"); },
     {"node 'relu' (Softmax)", "end the graph at the logits"}},
    {"ArgMaxAtTheEnd",
     [](OnnxBuilder* m) {
       m->Node("ArgMax", {"output"}, "best");
       m->Graph().mutable_output(0)->set_name("best");
     },
     {"node 'best' (ArgMax)", "end the graph at the logits"}},
    {"SoftmaxOverAnotherAxis",
     [](OnnxBuilder* m) {
       m->Node("Softmax", {"output"}, "soft").Int("axis", 2);
       m->Graph().mutable_output(0)->set_name("soft");
     },
     {"node 'soft' (Softmax): axis is 2"}},
    {"UnknownAttribute",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Int("surprise", 1); },
     {"node 'conv' (Conv): attribute 'surprise' is not supported; supported: auto_pad"}},
    {"AttributeType",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Int("pads", 1); },
     {"node 'conv' (Conv): attribute 'pads' has the wrong type"}},
    {"MissingInput",
     [](OnnxBuilder* m) { NodeOf(m, 2).mutable_input()->DeleteSubrange(1, 2); },
     {"has 1 inputs; the operator takes 2 to 3"}},
    {"OmittedInput",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(1, ""); },
     {"node 'conv' (Conv): input 1 is missing"}},
    {"UnknownTensor",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(1, "nowhere"); },
     {"node 'conv' (Conv): reads tensor 'nowhere'"}},
    {"NodeWithoutName",
     [](OnnxBuilder* m) {
       NodeOf(m, 3).clear_name();
       NodeOf(m, 3).set_op_type("Tanh");
     },
     {"node 'relu' (Tanh)"}},
    {"Cycle",
     [](OnnxBuilder* m) { NodeOf(m, 2).set_input(0, "output"); },
     {"reads tensor"}},
    {"ComputedTwice",
     [](OnnxBuilder* m) { *m->Graph().add_node() = m->Graph().node(5); },
     {"computes tensor 'output' a second time"}},
};
INSTANTIATE_TEST_SUITE_P(Node, ImportError, testing::ValuesIn(kNodeCases), CaseName);

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
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("pads", {1, 1}); },
     {"attribute 'pads' has 2 values; four are needed"}},
    {"ZeroStride",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("strides", {0, 1}); },
     {"stride is 0; it must lie in 1"}},
    {"NegativePad",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("pads", {-1, 0, 0, 0}); },
     {"padding is -1"}},
    {"HugePad",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("pads", {1 << 20, 0, 0, 1 << 20}); },
     {"more than 16777216 elements"}},
    {"KernelShape",
     [](OnnxBuilder* m) { NodeBuilder(&NodeOf(m, 2)).Ints("kernel_shape", {3, 3}); },
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
     [](OnnxBuilder* m) { TensorOf(m, "b").set_float_data(1, std::numeric_limits<float>::infinity()); },
     {"node 'conv' (Conv): a constant is infinite"}},
    {"ScaleTooLarge",
     [](OnnxBuilder* m) { TensorOf(m, "output_scale").set_float_data(0, 1e-6F); },
     {"node 'conv' (Conv): output channel 0: scale 1", "is 2^16 or more", "larger output scale"}},
};
INSTANTIATE_TEST_SUITE_P(Conv, ImportError, testing::ValuesIn(kConvCases), CaseName);

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
INSTANTIATE_TEST_SUITE_P(Quantization, ImportError, testing::ValuesIn(kQuantizationCases), CaseName);

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
    {"ClipBoundIsNan",
     After("conv", "Clip", {}, {std::stof("nan")}),
     {"'min' is not a number"}},
};
INSTANTIATE_TEST_SUITE_P(Folding, ImportError, testing::ValuesIn(kFoldingCases), CaseName);

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
       m->Floats("v", {1, 48, 3, 3}, std::vector<float>(48 * 9, 1.0F));
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
INSTANTIATE_TEST_SUITE_P(Shape, ImportError, testing::ValuesIn(kShapeCases), CaseName);

TEST(ImportErrors, MissingFile) {
  try {
    (void)ImportOnnx("does/not/exist.onnx");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "does/not/exist.onnx: no such file");
  }
}

TEST(ImportErrors, NotAnOnnxFile) {
  const std::filesystem::path path = TemporaryFile(".onnx");
  WriteFile(path, "this is text, not a model");
  EXPECT_THROW((void)ImportOnnx(path), std::runtime_error);
}

TEST(ImportErrors, TooWideForTheDevice) {
  OnnxBuilder model = GoodModel();
  ImportOptions options;
  options.max_code_bits = 2;
  EXPECT_EQ(ErrorOf(&model, options), "no error");
  TensorOf(&model, "w").set_float_data(3, -32.0F);
  EXPECT_THAT(ErrorOf(&model, options),
              HasSubstr("tensor 'w', output channel 1: not DenseShift weights: exponent span 3 "
                        "needs 3 bits, codes have at most 2"));
}

TEST(ImportErrors, DeadChannelThatCannotBeRepresented) {
  constexpr std::size_t kInputs = 20000;
  OnnxBuilder model;
  model.Input({-1, kInputs}).Pair("input", "x", 1.0F, 0, kInt8);
  model.Floats("w", {1, kInputs}, std::vector<float>(kInputs, 0.0F)).Floats("b", {1}, {381});
  model.Node("Gemm", {"x", "w", "b"}, "gemm").Int("transB", 1);
  model.Pair("gemm", "output", 3.0F, 0, kInt8);
  EXPECT_THAT(ErrorOf(&model), HasSubstr("node 'gemm' (Gemm): output channel 0: its bias is"));
}

TEST(ImportErrors, OptionsOutOfRange) {
  OnnxBuilder model = GoodModel();
  const std::filesystem::path path = model.Save();
  for (const int bits : {1, 5}) {
    ImportOptions options;
    options.max_code_bits = bits;
    EXPECT_THROW((void)ImportOnnx(path, options), std::invalid_argument);
  }
  for (const double percentile : {50.0, 100.1, -1.0}) {
    ImportOptions options;
    options.calibration_percentile = percentile;
    EXPECT_THROW((void)ImportOnnx(path, options), std::invalid_argument);
  }
  for (const std::size_t size : {0U, 31U, 33U}) {
    ImportOptions options;
    options.calibration = {std::vector<float>(size, 1.0F)};
    EXPECT_THROW((void)ImportOnnx(path, options), std::invalid_argument);
  }
}

}  // namespace
}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/network/error_case.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

using testing::HasSubstr;

constexpr int kInt32 = onnx::TensorProto::INT32;
constexpr int kInt8 = onnx::TensorProto::INT8;

class FileError : public ImportError {};

TEST_P(FileError, NamesWhatIsWrong) {
  ExpectMessage(GetParam());
}

TEST(ImportGoodModel, Imports) {
  OnnxBuilder model = GoodModel();
  EXPECT_EQ(ErrorOf(&model), "no error");
}

const std::vector<ErrorCase> kFileCases = {
    {"NoGraph", [](OnnxBuilder* m) { m->Model().clear_graph(); }, {"holds no graph"}},
    {"NoOpset", [](OnnxBuilder* m) { m->Model().clear_opset_import(); }, {"imports no opset"}},
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
     [](OnnxBuilder* m) { m->Graph().mutable_input(0)->mutable_type()->mutable_sequence_type(); },
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
     [](OnnxBuilder* m) { TensorOf(m, "w").set_data_location(onnx::TensorProto::EXTERNAL); },
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
INSTANTIATE_TEST_SUITE_P(File, FileError, testing::ValuesIn(kFileCases), CaseName);

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
    {"Cycle", [](OnnxBuilder* m) { NodeOf(m, 2).set_input(0, "output"); }, {"reads tensor"}},
    {"ComputedTwice",
     [](OnnxBuilder* m) { *m->Graph().add_node() = m->Graph().node(5); },
     {"computes tensor 'output' a second time"}},
};
INSTANTIATE_TEST_SUITE_P(Node, FileError, testing::ValuesIn(kNodeCases), CaseName);

TEST(ImportErrors, MissingFile) {
  try {
    (void)ImportOnnx("does/not/exist.onnx");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "does/not/exist.onnx: no such file");
  }
}

TEST(ImportErrors, TooLargeAFile) {
  const std::filesystem::path path = TemporaryFile(".onnx");
  WriteFile(path, "x");
  std::filesystem::resize_file(path, (std::uintmax_t{512} << 20) + 1);  // sparse
  try {
    (void)ImportOnnx(path);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("536870913 bytes; models of up to 536870912"));
  }
  std::filesystem::remove(path);
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

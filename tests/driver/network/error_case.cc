// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/error_case.h"

#include <filesystem>
#include <stdexcept>

#include <gmock/gmock.h>

namespace denseshift::driver {
namespace {

constexpr int kInt8 = onnx::TensorProto::INT8;

}  // namespace

std::string ErrorOf(OnnxBuilder* model, const ImportOptions& options) {
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

OnnxBuilder GoodModel() {
  OnnxBuilder model;
  model.Input({-1, 2, 4, 4}).Pair("input", "x", 1.0F, 3, kInt8);
  model.Floats("w", {3, 2, 1, 1}, {1, 2, 4, -8, 1, 1}).Floats("b", {3}, {1, 2, 3});
  model.Node("Conv", {"x", "w", "b"}, "conv");
  model.Node("Relu", {"conv"}, "relu");
  model.Pair("relu", "output", 3.0F);
  return model;
}

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

void PrintTo(const ErrorCase& error_case, std::ostream* out) {
  *out << error_case.name;
}

std::string CaseName(const testing::TestParamInfo<ErrorCase>& info) {
  return info.param.name;
}

void ImportError::ExpectMessage(const ErrorCase& error_case) {
  OnnxBuilder model = GoodModel();
  error_case.change(&model);
  const std::string error = ErrorOf(&model);
  for (const std::string& part : error_case.message) {
    EXPECT_THAT(error, testing::HasSubstr(part));
  }
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_ERROR_CASE_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_ERROR_CASE_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/network/import.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {

// The message with which the model is refused, without the file name it must begin with; "no error"
// if it imports.
[[nodiscard]] std::string ErrorOf(OnnxBuilder* model, const ImportOptions& options = {});

// A model that imports. Nodes: 0 QuantizeLinear, 1 DequantizeLinear ("x"), 2 Conv of "w" and "b"
// ("conv"), 3 Relu ("relu"), 4 QuantizeLinear, 5 DequantizeLinear ("output").
[[nodiscard]] OnnxBuilder GoodModel();

// Makes a tensor that is not quantized yet the output.
void Finish(OnnxBuilder* model, const std::string& from);

// Parts of a model, to damage them.
[[nodiscard]] onnx::NodeProto& NodeOf(OnnxBuilder* model, int index);
[[nodiscard]] onnx::TensorProto& TensorOf(OnnxBuilder* model, const std::string& name);
[[nodiscard]] onnx::TensorShapeProto& InputShape(OnnxBuilder* model);

// One change to the good model, and what the message must then hold.
struct ErrorCase {
  const char* name;
  std::function<void(OnnxBuilder*)> change;
  std::vector<std::string> message;
};

void PrintTo(const ErrorCase& error_case, std::ostream* out);

[[nodiscard]] std::string CaseName(const testing::TestParamInfo<ErrorCase>& info);

// Applies the change and expects the message.
class ImportError : public testing::TestWithParam<ErrorCase> {
 protected:
  static void ExpectMessage(const ErrorCase& error_case);
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_ERROR_CASE_H_

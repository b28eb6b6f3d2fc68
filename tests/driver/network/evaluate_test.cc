// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// The float executor against the golden inputs and outputs of Debian's libonnx-testdata.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <onnx/onnx_pb.h>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/network/frontend/calibrate.h"
#include "driver/network/frontend/onnx_reader.h"
#include "driver/network/frontend/onnx_tensor.h"
#include "driver/network/frontend/operators.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver::frontend {
namespace {

namespace fs = std::filesystem;

Array ReadPb(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  onnx::TensorProto tensor;
  if (!tensor.ParseFromIstream(&file)) {
    throw std::runtime_error(path.string() + " does not parse");
  }
  return ReadTensor(tensor);
}

// True if the executor's result is the golden one: equal for integers, else within float32 error.
bool Matches(const Array& actual, const Array& expected) {
  if (actual.type != expected.type || actual.dims != expected.dims) {
    return false;
  }
  const double tolerance = IsFloatingPoint(actual.type) ? 1e-5 : 0.0;
  for (std::size_t i = 0; i < actual.values.size(); ++i) {
    const double allowed = tolerance * std::max(1.0, std::fabs(expected.values[i]));
    if (!(std::fabs(actual.values[i] - expected.values[i]) <= allowed)) {
      return false;
    }
  }
  return true;
}

// Runs a one-operator model on the first data set of its folder in the test data.
void ExpectGolden(const fs::path& model, const fs::path& folder) {
  const Graph graph = ReadOnnx(model);
  const fs::path data = folder / "test_data_set_0";
  std::map<std::string, Array> feeds;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    feeds[graph.inputs[i].name] = ReadPb(data / fmt::format("input_{}.pb", i));
  }
  bool found = false;
  Execute(graph, feeds, [&](const std::string& name, const Array& value) {
    if (name == graph.outputs.front()) {
      found = true;
      EXPECT_TRUE(Matches(value, ReadPb(data / "output_0.pb"))) << folder;
    }
  });
  EXPECT_TRUE(found) << folder;
}

fs::path NodeTest(const std::string& name) {
  return fs::path(DS_ONNX_TEST_DATA) / "node" / ("test_" + name);
}

class GoldenNode : public testing::TestWithParam<const char*> {};

TEST_P(GoldenNode, Matches) {
  const fs::path folder = NodeTest(GetParam());
  ExpectGolden(folder / "model.onnx", folder);
}

// The test data has these for opset 1 only; the operators have not changed since.
class GoldenOldNode : public testing::TestWithParam<const char*> {};

TEST_P(GoldenOldNode, MatchesAtTheLowestOpset) {
  const fs::path folder = NodeTest(GetParam());
  std::ifstream file(folder / "model.onnx", std::ios::binary);
  onnx::ModelProto model;
  ASSERT_TRUE(model.ParseFromIstream(&file));
  model.mutable_opset_import(0)->set_version(kMinOpset);
  const fs::path path = TemporaryFile(".onnx");
  WriteFile(path, model.SerializeAsString());
  ExpectGolden(path, folder);
}

INSTANTIATE_TEST_SUITE_P(Layers,
                         GoldenOldNode,
                         testing::Values("globalaveragepool", "globalaveragepool_precomputed"));

// clang-format off
INSTANTIATE_TEST_SUITE_P(Layers, GoldenNode, testing::Values(
    "averagepool_2d_ceil", "averagepool_2d_default", "averagepool_2d_pads",
    "averagepool_2d_pads_count_include_pad", "averagepool_2d_precomputed_pads",
    "averagepool_2d_precomputed_pads_count_include_pad", "averagepool_2d_precomputed_same_upper",
    "averagepool_2d_precomputed_strides", "averagepool_2d_same_lower",
    "averagepool_2d_same_upper", "averagepool_2d_strides",
    "basic_conv_with_padding", "basic_conv_without_padding",
    "conv_with_autopad_same", "conv_with_strides_and_asymmetric_padding",
    "conv_with_strides_no_padding", "conv_with_strides_padding",
    "gemm_alpha", "gemm_beta", "gemm_default_matrix_bias",
    "gemm_default_no_bias", "gemm_default_scalar_bias",
    "gemm_default_single_elem_vector_bias", "gemm_default_vector_bias", "gemm_default_zero_bias",
    "gemm_transposeB", "matmul_2d",
    "maxpool_2d_ceil", "maxpool_2d_default", "maxpool_2d_dilations", "maxpool_2d_pads",
    "maxpool_2d_precomputed_pads", "maxpool_2d_precomputed_same_upper",
    "maxpool_2d_precomputed_strides", "maxpool_2d_same_lower", "maxpool_2d_same_upper",
    "maxpool_2d_strides", "maxpool_2d_uint8"));

INSTANTIATE_TEST_SUITE_P(Elementwise, GoldenNode, testing::Values(
    "add", "add_bcast", "batchnorm_epsilon", "batchnorm_example", "clip", "clip_default_inbounds",
    "clip_default_int8_inbounds", "clip_default_int8_max", "clip_default_int8_min",
    "clip_default_max", "clip_default_min", "clip_example", "clip_inbounds", "clip_outbounds",
    "clip_splitbounds", "dequantizelinear", "dequantizelinear_axis", "div", "div_bcast",
    "div_example", "mul", "mul_bcast", "mul_example", "quantizelinear", "quantizelinear_axis",
    "relu", "sub", "sub_bcast", "sub_example"));

INSTANTIATE_TEST_SUITE_P(Layout, GoldenNode, testing::Values(
    "cast_DOUBLE_to_FLOAT", "cast_DOUBLE_to_FLOAT16", "cast_FLOAT16_to_DOUBLE",
    "cast_FLOAT16_to_FLOAT", "cast_FLOAT_to_DOUBLE", "cast_FLOAT_to_FLOAT16", "concat_1d_axis_0",
    "concat_1d_axis_negative_1", "concat_2d_axis_0", "concat_2d_axis_1",
    "concat_2d_axis_negative_1", "concat_2d_axis_negative_2", "concat_3d_axis_0",
    "concat_3d_axis_1", "concat_3d_axis_2", "concat_3d_axis_negative_1",
    "concat_3d_axis_negative_2", "concat_3d_axis_negative_3", "constant", "dropout_default",
    "dropout_default_old", "dropout_default_ratio", "dropout_random_old", "flatten_axis0",
    "flatten_axis1", "flatten_axis2", "flatten_axis3", "flatten_default_axis",
    "flatten_negative_axis1", "flatten_negative_axis2", "flatten_negative_axis3",
    "flatten_negative_axis4", "gather_0", "gather_1", "gather_2d_indices",
    "gather_negative_indices", "identity", "reshape_extended_dims", "reshape_negative_dim",
    "reshape_negative_extended_dims", "reshape_one_dim", "reshape_reduced_dims",
    "reshape_reordered_all_dims", "reshape_reordered_last_dims",
    "reshape_zero_and_negative_dim", "reshape_zero_dim", "shape", "shape_clip_end",
    "shape_clip_start", "shape_end_1", "shape_end_negative_1", "shape_example", "shape_start_1",
    "shape_start_1_end_2", "shape_start_1_end_negative_1", "shape_start_negative_1", "slice",
    "slice_default_axes", "slice_default_steps", "slice_end_out_of_bounds", "slice_neg",
    "slice_neg_steps", "slice_negative_axes", "slice_start_out_of_bounds", "squeeze",
    "squeeze_negative_axes", "transpose_all_permutations_0", "transpose_all_permutations_1",
    "transpose_all_permutations_2", "transpose_all_permutations_3",
    "transpose_all_permutations_4", "transpose_all_permutations_5", "transpose_default",
    "unsqueeze_axis_0", "unsqueeze_axis_1", "unsqueeze_axis_2", "unsqueeze_negative_axes",
    "unsqueeze_three_axes", "unsqueeze_two_axes", "unsqueeze_unsorted_axes"));
// clang-format on

}  // namespace
}  // namespace denseshift::driver::frontend

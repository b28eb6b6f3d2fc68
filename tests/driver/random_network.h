// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_RANDOM_NETWORK_H_
#define DENSESHIFT_TESTS_DRIVER_RANDOM_NETWORK_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "driver/capabilities.h"
#include "driver/network/network.h"

namespace denseshift::driver::testing {

// Builds networks layer by layer with random constants.
class NetworkBuilder {
 public:
  NetworkBuilder(std::uint32_t seed, const Capabilities& capabilities)
      : random_(seed), capabilities_(capabilities) {}

  // Uniform in [low, high].
  int Pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  // The network's input, index 0.
  int Input(int height, int width, int channels) { return AddTensor(height, width, channels); }

  // Each appends a layer and returns the index of its output tensor.
  int Conv(int input, const Window& window, int out_channels, int code_bits);
  int MaxPool(int input, const Window& window);
  int AveragePool(int input, const Window& window, bool count_include_pad);
  int Add(int a, int b);

  // A layer over the whole input: kernel as large as the image.
  int Gemm(int input, int out_channels, int code_bits);

  // A random layer the device has room for, behind tensor `input`.
  int RandomLayer(int input);

  // The network so far, its output the last layer's.
  [[nodiscard]] Network Finish() const;

  [[nodiscard]] std::vector<std::int8_t> RandomImage();

  [[nodiscard]] const Tensor& tensor(int index) const {
    return network_.tensors[static_cast<std::size_t>(index)];
  }

 private:
  int AddTensor(int height, int width, int channels);
  int AddWindowOutput(int input, const Window& window, int channels);
  Layer& AddLayer(const std::string& type, Operator op, const std::vector<int>& inputs, int output);
  Window RandomWindow(const Tensor& input, bool pool);
  [[nodiscard]] bool HasRoom(const Tensor& input, const Window& window) const;
  FixedPoint RandomScale(double largest_sum);

  std::mt19937 random_;
  Capabilities capabilities_;
  Network network_;
};

// 3x3 convolutions with 4-bit weights of images of 13 x 13, all of so many channels.
[[nodiscard]] Network Convolutions(int channels, int layers = 1);

// Rows or columns of the output of a window.
[[nodiscard]] int WindowOutput(int in, int kernel, int stride, int dilation, int pads);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_RANDOM_NETWORK_H_

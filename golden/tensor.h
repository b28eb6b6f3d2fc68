// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_TENSOR_H_
#define DENSESHIFT_GOLDEN_TENSOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace denseshift::golden {

// The int8 activations of one image, [height, width, channels], channels innermost (NHWC).
struct Tensor {
  int height = 0;
  int width = 0;
  int channels = 0;
  std::vector<std::int8_t> data;

  Tensor() = default;

  // All zeros.
  Tensor(int h, int w, int c) : height(h), width(w), channels(c), data(Elements()) {}

  [[nodiscard]] std::size_t Elements() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
           static_cast<std::size_t>(channels);
  }

  [[nodiscard]] std::size_t Index(int h, int w, int c) const {
    const auto row = static_cast<std::size_t>(h);
    const auto column = static_cast<std::size_t>(w);
    const std::size_t pixel = row * static_cast<std::size_t>(width) + column;
    return pixel * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c);
  }

  [[nodiscard]] std::int8_t& At(int h, int w, int c) { return data[Index(h, w, c)]; }

  [[nodiscard]] std::int8_t At(int h, int w, int c) const { return data[Index(h, w, c)]; }
};

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_TENSOR_H_

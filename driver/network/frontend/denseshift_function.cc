// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

#include "driver/network/frontend/kernels.h"

namespace denseshift::driver::frontend {

Array DenseShiftWeight(const Node& node, const Inputs& inputs) {
  const Array& codes = *inputs[0];
  const std::int64_t bits = node.Int("bits", 0);
  if (bits < 2 || bits > 8) {
    FailAt(node, fmt::format("attribute 'bits' is {}; it must be given and lie in 2 .. 8", bits));
  }
  if (!node.HasAttribute("shape")) {
    FailAt(node, "attribute 'shape' is missing");
  }
  if (codes.type != ElementType::kUint8 || codes.Rank() != 1) {
    FailAt(node, "codes must be a UINT8 tensor of rank 1");
  }
  const std::vector<std::int64_t> shape = node.Ints("shape", {});
  const auto n = static_cast<std::size_t>(bits);
  const std::size_t bytes = (ElementCount(shape) * n + 7) / 8;
  if (codes.values.size() != bytes) {
    FailAt(node,
           fmt::format("{} bytes of codes; shape {} at {} bits needs {}",
                       codes.values.size(),
                       DimsText(shape),
                       bits,
                       bytes));
  }
  Array weight(ElementType::kFloat32, shape);
  for (std::size_t i = 0; i < weight.values.size(); ++i) {
    unsigned code = 0;
    for (std::size_t bit = 0; bit < n; ++bit) {
      const std::size_t at = i * n + bit;
      const auto byte = static_cast<unsigned>(codes.values[at / 8]);
      code |= ((byte >> (at % 8)) & 1U) << bit;
    }
    const auto exponent = static_cast<int>(code & ((1U << (n - 1)) - 1U));
    const bool negative = (code >> (n - 1)) != 0;
    weight.values[i] = std::ldexp(negative ? -1.0 : 1.0, exponent);
  }
  return weight;
}

}  // namespace denseshift::driver::frontend

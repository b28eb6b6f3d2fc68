// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/network.h"

namespace denseshift::driver {

std::uint64_t Layer::Macs(const std::vector<Tensor>& tensors) const {
  if (op != Operator::kConv) {
    return 0;
  }
  const Tensor& from = tensors.at(static_cast<std::size_t>(inputs.at(0)));
  const Tensor& to = tensors.at(static_cast<std::size_t>(output));
  return static_cast<std::uint64_t>(to.Elements()) * static_cast<std::uint64_t>(window.kernel_h) *
         static_cast<std::uint64_t>(window.kernel_w) * static_cast<std::uint64_t>(from.channels);
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CHECK_GOLDEN_NETWORK_H_
#define DENSESHIFT_SIM_CHECK_GOLDEN_NETWORK_H_

#include <cstddef>
#include <vector>

#include "driver/network/network.h"
#include "golden/layers/add.h"
#include "golden/layers/conv.h"
#include "golden/layers/pool.h"
#include "golden/tensor.h"

namespace denseshift::sim {

// A network computed by golden/layers, one layer at a time.
//
// The only place where the driver's description of a layer meets golden arithmetic.
class GoldenNetwork {
 public:
  // Keeps a reference to `network`. Throws std::invalid_argument if a layer is not consistent.
  explicit GoldenNetwork(const driver::Network& network);

  // Output of layer `layer`. `tensors` holds the values of all tensors known so far, in the order
  // of Network::tensors; only the layer's inputs are read.
  //
  // Errors  std::invalid_argument if shapes disagree.
  [[nodiscard]] golden::Tensor Run(std::size_t layer,
                                   const std::vector<golden::Tensor>& tensors) const;

 private:
  [[nodiscard]] golden::ConvLayer MakeConv(const driver::Layer& layer) const;
  [[nodiscard]] golden::Tensor RunPool(const driver::Layer& layer, const golden::Tensor& in) const;
  [[nodiscard]] golden::AddLayer MakeAdd(const driver::Layer& layer) const;

  const driver::Network& network_;
  std::vector<golden::ConvLayer> convs_;  // by layer; empty for other layers
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CHECK_GOLDEN_NETWORK_H_

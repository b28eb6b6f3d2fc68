// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_LAYER_H_
#define DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_LAYER_H_

#include <cstdint>
#include <string>

#include "driver/network/network.h"

namespace denseshift::sim {

// What the rows of a topology file are.
enum class TopologyKind {
  kConvolution,
  kGemm  // matrix products
};

// One layer of a topology: `groups` convolutions of the same shape, for each of `batch` images.
//
// A matrix product of M rows is an image of M rows and one column, K channels deep, under a 1x1
// kernel.
struct TopologyLayer {
  std::string name;
  TopologyKind kind = TopologyKind::kConvolution;
  int line = 0;  // in the file, from 1

  int in_h = 1, in_w = 1;
  int channels = 1;  // inputs of one group
  int filters = 1;   // outputs of one group
  // The padding at the bottom and on the right holds what SCALE-Sim's rounding adds.
  driver::Window window;
  int out_h = 1, out_w = 1;
  int groups = 1;
  int batch = 1;
  int bits = 0;  // of a weight's code, 2 .. 4

  // Multiply-accumulates of all groups and images.
  [[nodiscard]] std::uint64_t Macs() const;
};

// One group of the layer as a network of one convolution with shapes only: its codes, bias and
// scale are empty. The batch is not part of a network.
[[nodiscard]] driver::Network MakeNetwork(const TopologyLayer& layer);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_LAYER_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_NETWORK_TILER_H_
#define DENSESHIFT_DRIVER_COMPILER_NETWORK_TILER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "driver/compiler/memory_speed.h"
#include "driver/compiler/tiling.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// How a network is cut. Layers that are alike are cut alike.
struct NetworkTiling {
  std::vector<LayerTiling> kinds;
  std::vector<std::size_t> layers;  // of which kind each layer is
  std::int64_t cost = 0;            // of all layers, as the next
  std::int64_t issue = 0;

  [[nodiscard]] const LayerTiling& Of(std::size_t layer) const { return kinds[layers[layer]]; }
};

// Whether two tilings of a network for the same device give the same commands.
[[nodiscard]] bool IsCutAlike(const NetworkTiling& a, const NetworkTiling& b);

// Chooses how each layer of a network is cut. Networks repeat their layers; each is looked at once.
class NetworkTiler {
 public:
  // tensors  of the network, placed
  // Errors   std::invalid_argument naming a layer that does not fit the device even in the smallest
  //          pieces, and the remedy.
  NetworkTiler(const Network& network,
               const std::vector<ProgramTensor>& tensors,
               int batch,
               const Capabilities& capabilities);

  // What costs least with such a memory; the others as in TilingTarget.
  [[nodiscard]] NetworkTiling Choose(const MemorySpeed& memory, bool roughly = false) const;

 private:
  using Tile = std::function<LayerTiling(const TilingTarget&)>;

  void AddLayer(const Layer& layer, const std::vector<ProgramTensor>& tensors, int batch);

  TilingTarget target_;
  std::vector<Tile> kinds_;
  std::map<std::vector<std::int64_t>, std::size_t> known_;  // kinds by all that decides a tiling
  std::vector<std::size_t> layers_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_NETWORK_TILER_H_

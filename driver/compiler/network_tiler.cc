// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/network_tiler.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <utility>

#include "driver/compiler/add_tiler.h"
#include "driver/compiler/conv_tiler.h"
#include "driver/compiler/pool_tiler.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {
namespace {

// All of a shape but fill and addresses.
std::vector<std::int64_t> KeyOf(const WindowShape& shape) {
  const Window& w = shape.window;
  return {shape.images,
          shape.in_rows,
          shape.in_columns,
          shape.in_channels,
          shape.out_rows,
          shape.out_columns,
          shape.out_channels,
          w.kernel_h,
          w.kernel_w,
          w.stride_h,
          w.stride_w,
          w.dilation_h,
          w.dilation_w,
          w.pad_top,
          w.pad_left};
}

void Check(const Layer& layer, const std::string& misfit) {
  if (!misfit.empty()) {
    throw std::invalid_argument(fmt::format("layer '{}': {}", layer.name, misfit));
  }
}

}  // namespace

bool IsCutAlike(const NetworkTiling& a, const NetworkTiling& b) {
  // Tile and numbers of pieces decide everything else.
  return std::equal(a.kinds.begin(),
                    a.kinds.end(),
                    b.kinds.begin(),
                    b.kinds.end(),
                    [](const LayerTiling& one, const LayerTiling& other) {
                      const ConvPlan& p = one.plan;
                      const ConvPlan& q = other.plan;
                      return p.tile.rows == q.tile.rows && p.tile.columns == q.tile.columns &&
                             p.chunks.size() == q.chunks.size() &&
                             p.blocks.size() == q.blocks.size();
                    });
}

NetworkTiler::NetworkTiler(const Network& network,
                           const std::vector<ProgramTensor>& tensors,
                           int batch,
                           const Capabilities& capabilities)
    : target_(capabilities) {
  for (const Layer& layer : network.layers) {
    AddLayer(layer, tensors, batch);
  }
}

void NetworkTiler::AddLayer(const Layer& layer,
                            const std::vector<ProgramTensor>& tensors,
                            int batch) {
  const ProgramTensor& input = tensors[static_cast<std::size_t>(layer.inputs[0])];
  const ProgramTensor& output = tensors[static_cast<std::size_t>(layer.output)];
  const Capabilities& capabilities = target_.capabilities;
  std::vector<std::int64_t> key;
  Tile tile;
  if (layer.op == Operator::kAdd) {
    Check(layer, DescribeAddMisfit(capabilities));
    const Tensor& sums = output.tensor;
    const AddShape shape{std::int64_t{batch} * sums.height,
                         std::int64_t{sums.width} * sums.channels};
    key = {shape.rows, shape.row_bytes};
    tile = [shape](const TilingTarget& target) { return TileAdd(shape, target); };
  } else {
    const WindowShape shape = MakeWindowShape(layer, input, output, batch, 0);
    key = KeyOf(shape);
    if (layer.op == Operator::kConv) {
      const int bits = layer.code_bits;
      Check(layer, DescribeConvMisfit(shape, bits, capabilities));
      key.push_back(bits);
      tile = [shape, bits](const TilingTarget& target) { return TileConv(shape, bits, target); };
    } else {
      Check(layer, DescribePoolMisfit(shape, capabilities));
      const PoolCommands commands = CountPoolCommands(layer, shape);
      key.insert(key.end(), {commands.columns, commands.entries});
      tile = [shape, commands](const TilingTarget& target) {
        return TilePool(shape, commands, target);
      };
    }
  }
  key.push_back(static_cast<std::int64_t>(layer.op));
  const auto [known, is_new] = known_.try_emplace(std::move(key), kinds_.size());
  if (is_new) {
    kinds_.push_back(std::move(tile));
  }
  layers_.push_back(known->second);
}

NetworkTiling NetworkTiler::Choose(const MemorySpeed& memory, bool roughly) const {
  TilingTarget target = target_;
  target.memory = memory;
  target.roughly = roughly;
  NetworkTiling tiling;
  tiling.layers = layers_;
  for (const Tile& tile : kinds_) {
    tiling.kinds.push_back(tile(target));
  }
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    tiling.cost += tiling.Of(layer).cost;
    tiling.issue += tiling.Of(layer).issue;
  }
  return tiling;
}

}  // namespace denseshift::driver

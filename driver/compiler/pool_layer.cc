// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
#include "driver/compiler/pool_borders.h"
#include "driver/compiler/tile_size.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

// The part of [begin, begin + count) inside a class.
BorderClass Intersect(const BorderClass& border, int begin, int count) {
  const int low = std::max(border.begin, begin);
  const int high = std::min(border.begin + border.count, begin + count);
  return {low, high - low, border.taps};
}

// Commands of one max or average pool.
class PoolCompiler {
 public:
  PoolCompiler(LayerContext& context, const Layer& layer)
      : context_(context),
        layer_(layer),
        input_(context.tensors[static_cast<std::size_t>(layer.inputs[0])]),
        output_(context.tensors[static_cast<std::size_t>(layer.output)]),
        max_(layer.op == Operator::kMaxPool),
        shape_(MakeWindowShape(
            layer, input_, output_, context.batch, max_ ? -128 : input_.tensor.zero_point)),
        borders_(CutPoolBorders(layer, shape_)),
        parameters_(MakeParameters()) {}

  void Compile() {
    int tile_index = 0;
    for (int image = 0; image < shape_.images; ++image) {
      ForEachTile(shape_, context_.tiling.plan.tile, [&](const TileRange& tile) {
        AddTile(image, tile, tile_index++);
      });
    }
  }

 private:
  // One entry for each divisor, the same for all lanes. A piece is one entry.
  ConstantLoader MakeParameters() {
    const int taps = max_ ? 1 : layer_.window.kernel_h * layer_.window.kernel_w;
    std::vector<ParameterSet> sets;
    for (const auto& [count, scale] : layer_.pool_scale) {
      counts_.push_back(count);
      sets.insert(sets.end(),
                  static_cast<std::size_t>(context_.capabilities.columns),
                  ParameterSet{-taps * input_.tensor.zero_point, scale});
    }
    std::vector<std::int64_t> words(counts_.size(), context_.sizes.entry_words);
    const std::int64_t address = AddParameters(context_, sets);
    return {context_, Destination::kParameter, address, std::move(words)};
  }

  // Index of the entry that divides by `count`.
  [[nodiscard]] std::size_t EntryOf(int count) const {
    const auto found = std::find(counts_.begin(), counts_.end(), count);
    if (found == counts_.end()) {
      throw std::invalid_argument(
          fmt::format("the network gives no scale for windows of {} taps", count));
    }
    return static_cast<std::size_t>(found - counts_.begin());
  }

  void AddTile(int image, const TileRange& tile, int tile_index) {
    CommandHeader tag;
    tag.layer = context_.index;
    tag.tile = tile_index;
    const PlacedTile placed(context_, shape_, image, tile, tag);
    for (const BorderClass& row_class : borders_.rows) {
      const BorderClass rows = Intersect(row_class, tile.row, tile.rows);
      for (const BorderClass& column_class : borders_.columns) {
        const BorderClass columns = Intersect(column_class, tile.column, tile.columns);
        if (rows.count > 0 && columns.count > 0) {
          AddCommand(placed, rows, columns, tag);
        }
      }
    }
    context_.schedule.Add(placed.store());
  }

  void AddCommand(const PlacedTile& placed,
                  const BorderClass& rows,
                  const BorderClass& columns,
                  const CommandHeader& tag) {
    const int lanes = context_.capabilities.VectorLanes();
    VectorCommand vector;
    static_cast<CommandHeader&>(vector) = tag;
    placed.Place({rows.begin, rows.count, columns.begin, columns.count}, 0, vector);
    vector.runs_x = shape_.window.kernel_w;
    vector.runs_y = shape_.window.kernel_h;
    vector.run_step =
        vector.runs_x > 1 ? std::int64_t{shape_.window.dilation_w} * shape_.in_channels : 0;
    vector.zero_out = output_.tensor.zero_point;
    vector.lo = layer_.lo;
    vector.hi = layer_.hi;
    vector.groups = CeilDivide(shape_.out_channels, lanes);
    vector.valid_lanes = shape_.out_channels - (vector.groups - 1) * lanes;
    vector.operation =
        static_cast<std::int64_t>(max_ ? VectorOperation::kMaximum : VectorOperation::kSum);
    const std::size_t entry = max_ ? EntryOf(1) : EntryOf(rows.taps * columns.taps);
    vector.parameter_base =
        parameters_.Use(entry, 1, static_cast<int>(tag.tile)) / context_.sizes.entry_words;
    context_.schedule.Add(vector);
  }

  LayerContext& context_;
  const Layer& layer_;
  const ProgramTensor& input_;
  const ProgramTensor& output_;
  bool max_;
  WindowShape shape_;
  std::vector<int> counts_;  // divisor of each parameter entry
  PoolBorders borders_;
  ConstantLoader parameters_;
};

}  // namespace

void CompilePool(LayerContext& context, const Layer& layer) {
  PoolCompiler(context, layer).Compile();
}

}  // namespace denseshift::driver

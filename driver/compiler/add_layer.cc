// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>

#include "driver/compiler/add_tiler.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
#include "driver/compiler/tile_size.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

// A rectangle of rows (of all images, one after the other) and words of a row.
struct AddTile {
  std::int64_t row = 0;
  std::int64_t rows = 1;
  std::int64_t word = 0;
  std::int64_t words = 1;
};

// Commands of one addition. A row is one output position of W * C channels, its two taps lie one
// region of the activation buffer apart.
class AddCompiler {
 public:
  AddCompiler(LayerContext& context, const Layer& layer)
      : context_(context),
        layer_(layer),
        a_(context.tensors[static_cast<std::size_t>(layer.inputs[0])]),
        b_(context.tensors[static_cast<std::size_t>(layer.inputs[1])]),
        output_(context.tensors[static_cast<std::size_t>(layer.output)]),
        rows_(std::int64_t{context.batch} * output_.tensor.height),
        row_bytes_(std::int64_t{output_.tensor.width} * output_.tensor.channels),
        row_words_(CeilDivide(row_bytes_, context.sizes.bus_bytes)),
        parameters_(MakeParameters()) {}

  void Compile() {
    const TileSize& size = context_.tiling.plan.tile;
    int index = 0;
    for (std::int64_t row = 0; row < rows_; row += size.rows) {
      for (std::int64_t word = 0; word < row_words_; word += size.columns) {
        Add({row,
             std::min<std::int64_t>(size.rows, rows_ - row),
             word,
             std::min<std::int64_t>(size.columns, row_words_ - word)},
            index++);
      }
    }
  }

 private:
  // Two entries, loaded together.
  ConstantLoader MakeParameters() {
    const auto columns = static_cast<std::size_t>(context_.capabilities.columns);
    std::vector<ParameterSet> sets(columns, {-a_.tensor.zero_point, layer_.add_scale[0]});
    sets.insert(sets.end(), columns, {-b_.tensor.zero_point, layer_.add_scale[1]});
    const std::int64_t address = AddParameters(context_, sets);
    return {
        context_, Destination::kParameter, address, {std::int64_t{2} * context_.sizes.entry_words}};
  }

  [[nodiscard]] std::int64_t GroupsOf(std::int64_t bytes) const {
    return CeilDivide(bytes, context_.capabilities.VectorLanes());
  }

  void Add(const AddTile& tile, int index) {
    const int bus_bytes = context_.sizes.bus_bytes;
    const std::int64_t half = AddActWords(tile.rows, tile.words) / 2;
    const std::int64_t act_base = context_.act_ring.Allocate(2 * half);
    const std::int64_t out_base = context_.out_ring.Allocate(tile.rows * tile.words);
    AddLoad(a_, tile, act_base, index);
    AddLoad(b_, tile, act_base + half, index);

    const int lanes = context_.capabilities.VectorLanes();
    const std::int64_t bytes = std::min(tile.words * bus_bytes, row_bytes_ - tile.word * bus_bytes);
    VectorCommand vector;
    vector.layer = context_.index;
    vector.tile = index;
    vector.act_base = act_base;
    vector.pitch = tile.words;
    vector.row_stride_odd = 1;
    vector.runs_x = 2;
    vector.run_step = half * bus_bytes;
    vector.out_rows = tile.rows;
    vector.groups = GroupsOf(bytes);
    vector.valid_lanes = bytes - (vector.groups - 1) * lanes;
    vector.operation = static_cast<std::int64_t>(VectorOperation::kAddition);
    vector.out_base = out_base * bus_bytes;
    vector.out_row_pitch = tile.words;
    vector.zero_out = output_.tensor.zero_point;
    vector.lo = layer_.lo;
    vector.hi = layer_.hi;
    vector.parameter_base = parameters_.Use(0, 1, index) / context_.sizes.entry_words;
    context_.schedule.Add(vector);
    AddStore(tile, out_base, bytes, index);
  }

  void AddLoad(const ProgramTensor& tensor, const AddTile& tile, std::int64_t base, int index) {
    LoadCommand load;
    load.layer = context_.index;
    load.tile = index;
    load.address =
        tensor.address + tile.row * tensor.row_pitch + tile.word * context_.sizes.bus_bytes;
    load.row_stride = tensor.row_pitch;
    load.rows = tile.rows;
    load.words = tile.words;
    load.destination = static_cast<std::int64_t>(Destination::kActivation);
    load.tail = context_.sizes.bus_bytes;
    load.base = base;
    load.pitch = tile.words;
    context_.schedule.Add(load);
  }

  void AddStore(const AddTile& tile, std::int64_t base, std::int64_t bytes, int index) {
    const int bus_bytes = context_.sizes.bus_bytes;
    StoreCommand store;
    store.layer = context_.index;
    store.tile = index;
    store.address = output_.address + tile.row * output_.row_pitch + tile.word * bus_bytes;
    store.row_stride = output_.row_pitch;
    store.rows = tile.rows;
    store.words = tile.words;
    store.tail = bytes - (tile.words - 1) * bus_bytes;
    store.base = base;
    store.pitch = tile.words;
    context_.schedule.Add(store);
  }

  LayerContext& context_;
  const Layer& layer_;
  const ProgramTensor& a_;
  const ProgramTensor& b_;
  const ProgramTensor& output_;
  std::int64_t rows_;
  std::int64_t row_bytes_;
  std::int64_t row_words_;
  ConstantLoader parameters_;
};

}  // namespace

void CompileAdd(LayerContext& context, const Layer& layer) {
  AddCompiler(context, layer).Compile();
}

}  // namespace denseshift::driver

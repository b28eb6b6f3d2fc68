// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_size.h"
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
    const AddTile size = ChooseSize();
    int index = 0;
    for (std::int64_t row = 0; row < rows_; row += size.rows) {
      for (std::int64_t word = 0; word < row_words_; word += size.words) {
        Add({row, std::min(size.rows, rows_ - row), word, std::min(size.words, row_words_ - word)},
            index++);
      }
    }
  }

 private:
  // Two entries, loaded together.
  ConstantLoader MakeParameters() {
    if (context_.sizes.param_entries < 2) {
      throw std::invalid_argument(fmt::format(
          "an addition takes 2 parameter entries, the device has {}; raise ParamEntries",
          context_.sizes.param_entries));
    }
    const auto columns = static_cast<std::size_t>(context_.capabilities.columns);
    std::vector<ParameterSet> sets(columns, {-a_.tensor.zero_point, layer_.add_scale[0]});
    sets.insert(sets.end(), columns, {-b_.tensor.zero_point, layer_.add_scale[1]});
    const std::int64_t address = AddParameters(context_, sets);
    return {
        context_, Destination::kParameter, address, {std::int64_t{2} * context_.sizes.entry_words}};
  }

  // Words of both groups of the activation buffer that `rows` rows of both inputs take.
  static std::int64_t ActWords(std::int64_t rows, std::int64_t words) {
    return 2 * CeilDivide(rows, 2) * words;
  }

  // The size that costs least, of those that fit both buffers and the fields of a command. Rows are
  // cut only if two of them do not fit.
  [[nodiscard]] AddTile ChooseSize() const {
    const BufferSizes& sizes = context_.sizes;
    if (sizes.act_words < 2) {
      throw std::invalid_argument("ActBytes holds no word of each input; raise ActBytes");
    }
    constexpr std::int64_t kFieldLimit = 65535;  // rows, groups
    const auto fits = [&](std::int64_t rows, std::int64_t words) {
      return ActWords(rows, words) <= sizes.act_words && rows * words <= sizes.out_words &&
             std::max(rows, GroupsOf(words * sizes.bus_bytes)) <= kFieldLimit;
    };
    AddTile best;
    LayerPipeline::Cycle least = std::numeric_limits<LayerPipeline::Cycle>::max();
    bool two_fit = false;
    ForEachSize(static_cast<int>(row_words_), [&](int words) {
      if (two_fit) {
        return;
      }
      two_fit = fits(1, 2 * std::int64_t{words});
      ForEachSize(static_cast<int>(rows_), [&](int rows) {
        if (!fits(rows, words) || LeastCost(rows, words) >= least) {
          return;
        }
        const LayerPipeline::Cycle cost = Cost({0, rows, 0, words}, least);
        if (cost < least) {
          least = cost;
          best = {0, rows, 0, words};
        }
      });
    });
    return best;
  }

  [[nodiscard]] std::int64_t GroupsOf(std::int64_t bytes) const {
    return CeilDivide(bytes, context_.capabilities.VectorLanes());
  }

  [[nodiscard]] LayerPipeline::Cycle IssueCycles(std::int64_t rows, std::int64_t words) const {
    return 2 * rows * GroupsOf(words * context_.sizes.bus_bytes);
  }

  // What Cost() is at least.
  [[nodiscard]] LayerPipeline::Cycle LeastCost(std::int64_t rows, std::int64_t words) const {
    constexpr std::int64_t kCommands = 4;  // of a tile
    const std::int64_t tiles = CeilDivide(rows_, rows) * CeilDivide(row_words_, words);
    return rows_ * IssueCycles(1, row_words_) +
           LayerPipeline::Burden(kCommands * tiles, 2 * rows_ * row_words_);
  }

  // Cost of the layer in tiles of that size; `limit` or more if it is not less.
  [[nodiscard]] LayerPipeline::Cycle Cost(const AddTile& size, LayerPipeline::Cycle limit) const {
    LayerPipeline pipeline(context_.sizes);
    const std::int64_t entries = std::int64_t{2} * context_.sizes.entry_words;
    for (std::int64_t row = 0; row < rows_; row += size.rows) {
      for (std::int64_t word = 0; word < row_words_; word += size.words) {
        const std::int64_t rows = std::min(size.rows, rows_ - row);
        const std::int64_t words = std::min(size.words, row_words_ - word);
        pipeline.Load(Destination::kActivation, ActWords(rows, words), rows * words);
        pipeline.Load(Destination::kActivation, 0, rows * words);
        pipeline.StartOutput(rows * words);
        if (row + word == 0) {
          pipeline.Load(Destination::kParameter, entries, entries);
        }
        LayerPipeline::Work work;
        work.issue = IssueCycles(rows, words);
        work.drain = work.issue;
        work.last_drain = 1;
        pipeline.Compute(work);
        pipeline.Store(rows * words);
        if (pipeline.issued() + pipeline.burden() >= limit) {
          return limit;
        }
      }
    }
    return pipeline.cycles() + pipeline.burden();
  }

  void Add(const AddTile& tile, int index) {
    const int bus_bytes = context_.sizes.bus_bytes;
    const std::int64_t half = ActWords(tile.rows, tile.words) / 2;
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

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_LAYER_CONTEXT_H_
#define DENSESHIFT_DRIVER_COMPILER_LAYER_CONTEXT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/buffers.h"
#include "driver/compiler/schedule.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/weights.h"
#include "driver/compiler/window_shape.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// Hands out device memory from address 0 up.
class MemoryPlan {
 public:
  explicit MemoryPlan(std::uint64_t limit) : limit_(limit) {}

  // Address of `bytes` bytes, a multiple of 64. Places beyond the limit are counted but useless:
  // call CheckLimit() before using any.
  std::int64_t Allocate(std::uint64_t bytes);

  [[nodiscard]] std::uint64_t used() const { return next_; }

  // Errors  std::invalid_argument naming bytes needed and available.
  void CheckLimit() const;

 private:
  std::uint64_t limit_;
  std::uint64_t next_ = 0;
};

// What compiling one layer needs and adds to.
struct LayerContext {
  const Capabilities& capabilities;
  const BufferSizes& sizes;
  const std::vector<ProgramTensor>& tensors;
  int batch;
  int index;  // of the layer
  const LayerTiling& tiling;
  ScheduleBuilder& schedule;
  MemoryPlan& memory;
  std::vector<Segment>* segments;  // nullptr: constants only get their places
  Ring& act_ring;                  // words of a group
  Ring& weight_ring;               // words
  Ring& param_ring;                // words
  Ring& out_ring;                  // words

  // Places `bytes` bytes of constants in memory, made by `make` if they are wanted. Returns their
  // address.
  std::int64_t AddSegment(std::int64_t bytes,
                          const std::function<std::vector<std::uint8_t>()>& make);
};

// Places parameter sets as LayerContext::AddSegment does.
std::int64_t AddParameters(LayerContext& context, const std::vector<ParameterSet>& sets);

// Constants a layer loads piece by piece: weights or parameters.
//
// Loads a piece when it is used first, or again if not all pieces fit into the buffer together.
class ConstantLoader {
 public:
  // Pieces lie one after the other in memory from `address` on; sizes are in bus words.
  ConstantLoader(LayerContext& context,
                 Destination destination,
                 std::int64_t address,
                 std::vector<std::int64_t> piece_words);

  // The word of the buffer at which `count` pieces lie one after the other for the command added
  // next.
  std::int64_t Use(std::size_t first, std::size_t count, int tile);

 private:
  [[nodiscard]] Ring& RingOf() const;
  void Load(std::size_t first, std::int64_t words, std::int64_t place, int tile);

  LayerContext& context_;
  Destination destination_;
  std::vector<std::int64_t> words_;
  std::vector<std::int64_t> offsets_;  // words from the first piece
  std::int64_t address_;
  bool resident_ = false;           // all pieces fit together
  std::int64_t base_ = -1;          // of the first piece if resident, else of the current piece
  std::vector<bool> loaded_;        // if resident
  std::size_t current_ = SIZE_MAX;  // else: the first piece that lies at base_ ...
  std::size_t current_count_ = 0;   // ... and how many
};

// A tile with its places in the buffers.
class PlacedTile {
 public:
  // Allocates both regions and adds the command that loads the input.
  PlacedTile(LayerContext& context,
             const WindowShape& shape,
             int image,
             const TileRange& tile,
             const CommandHeader& tag);

  // Fills in where a command reads and writes for a part of the tile, for the kernel rows from
  // `kernel_row` on. Leaves runs_x, runs_y, run_step.
  void Place(const TileRange& part, int kernel_row, WindowCommand& window) const;

  // The command that stores the tile's output.
  [[nodiscard]] const StoreCommand& store() const { return output_.store; }

 private:
  const WindowShape& shape_;
  TileRange tile_;
  int bus_bytes_;
  ActivationRegion input_;
  OutputRegion output_;
};

// Each adds the commands of one layer.
//
// Errors  std::invalid_argument saying what does not fit (without the layer's name).
void CompileConv(LayerContext& context, const Layer& layer);
void CompilePool(LayerContext& context, const Layer& layer);
void CompileAdd(LayerContext& context, const Layer& layer);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_LAYER_CONTEXT_H_

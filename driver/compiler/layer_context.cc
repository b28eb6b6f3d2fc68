// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/layer_context.h"

#include <fmt/format.h>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "driver/compiler/integers.h"

namespace denseshift::driver {

std::int64_t MemoryPlan::Allocate(std::uint64_t bytes) {
  constexpr std::uint64_t kAlignment = 64;
  const std::uint64_t address = next_;
  next_ += (bytes + kAlignment - 1) / kAlignment * kAlignment;
  return static_cast<std::int64_t>(address);
}

void MemoryPlan::CheckLimit() const {
  if (next_ > limit_) {
    throw std::invalid_argument(
        fmt::format("the program needs {} bytes of device memory, but there are {}; use a smaller "
                    "batch or a device with more memory",
                    next_,
                    limit_));
  }
}

std::int64_t LayerContext::AddSegment(std::int64_t bytes,
                                      const std::function<std::vector<std::uint8_t>()>& make) {
  const std::int64_t address = memory.Allocate(static_cast<std::uint64_t>(bytes));
  if (segments != nullptr)
    segments->push_back({static_cast<std::uint32_t>(address), make()});
  return address;
}

std::int64_t AddParameters(LayerContext& context, const std::vector<ParameterSet>& sets) {
  return context.AddSegment(static_cast<std::int64_t>(sets.size()) * kParameterSetBytes,
                            [&] { return PackParameters(sets); });
}

ConstantLoader::ConstantLoader(LayerContext& context,
                               Destination destination,
                               std::int64_t address,
                               std::vector<std::int64_t> piece_words)
    : context_(context),
      destination_(destination),
      words_(std::move(piece_words)),
      address_(address) {
  std::int64_t total = 0;
  for (const std::int64_t words : words_) {
    offsets_.push_back(total);
    total += words;
  }
  resident_ = total <= RingOf().size();
  if (resident_) {
    base_ = RingOf().Allocate(total);
    loaded_.resize(words_.size());
  }
}

Ring& ConstantLoader::RingOf() const {
  return destination_ == Destination::kWeight ? context_.weight_ring : context_.param_ring;
}

void ConstantLoader::Load(std::size_t first, std::int64_t words, std::int64_t place, int tile) {
  LoadCommand load;
  load.layer = context_.index;
  load.tile = tile;
  load.address = address_ + offsets_[first] * context_.sizes.bus_bytes;
  load.row_stride = 0;
  load.rows = 1;
  load.words = words;
  load.destination = static_cast<std::int64_t>(destination_);
  load.tail = context_.sizes.bus_bytes;
  load.base = place;
  context_.schedule.Add(load);
}

std::int64_t ConstantLoader::Use(std::size_t first, std::size_t count, int tile) {
  if (resident_) {
    for (std::size_t piece = first; piece < first + count; ++piece) {
      if (!loaded_[piece]) {
        loaded_[piece] = true;
        Load(piece, words_[piece], base_ + offsets_[piece], tile);
      }
    }
    return base_ + offsets_[first];
  }
  if (current_ != first || current_count_ != count) {
    const std::int64_t words =
        offsets_[first + count - 1] + words_[first + count - 1] - offsets_[first];
    current_ = first;
    current_count_ = count;
    base_ = RingOf().Allocate(words);
    Load(first, words, base_, tile);
  }
  return base_;
}

PlacedTile::PlacedTile(LayerContext& context,
                       const WindowShape& shape,
                       int image,
                       const TileRange& tile,
                       const CommandHeader& tag)
    : shape_(shape),
      tile_(tile),
      bus_bytes_(context.sizes.bus_bytes),
      input_(MakeActivationRegion(shape, image, tile, bus_bytes_)),
      output_(MakeOutputRegion(shape, image, tile, bus_bytes_)) {
  input_.load.base = context.act_ring.Allocate(input_.words);
  output_.store.base = context.out_ring.Allocate(output_.words);
  static_cast<CommandHeader&>(input_.load) = tag;
  static_cast<CommandHeader&>(output_.store) = tag;
  context.schedule.Add(input_.load);
}

void PlacedTile::Place(const TileRange& part, int kernel_row, WindowCommand& window) const {
  const Window& kernel = shape_.window;
  const std::int64_t pitch = input_.load.pitch;
  const std::int64_t skipped_rows = std::int64_t{part.row - tile_.row} * kernel.stride_h +
                                    std::int64_t{kernel_row} * kernel.dilation_h;
  window.act_base = input_.load.base + skipped_rows / 2 * pitch;
  window.par = skipped_rows % 2;
  window.pitch = pitch;
  window.x_stride = std::int64_t{kernel.stride_w} * shape_.in_channels;
  window.x0 = input_.x0 + (part.column - tile_.column) * window.x_stride;
  window.out_columns = part.columns;
  window.out_rows = part.rows;
  // Steps nobody takes stay 0: they might not fit their fields.
  if (part.rows > 1) {
    window.row_stride = kernel.stride_h / 2 * pitch;
    window.row_stride_odd = kernel.stride_h % 2;
  }
  if (kernel.kernel_h > 1) {
    window.kernel_row_step = kernel.dilation_h / 2 * pitch;
    window.kernel_row_odd = kernel.dilation_h % 2;
  }
  window.out_base =
      (output_.store.base + (part.row - tile_.row) * output_.store.words) * bus_bytes_ +
      output_.head + std::int64_t{part.column - tile_.column} * shape_.out_channels;
  window.position_pitch = part.columns > 1 ? shape_.out_channels : 0;
  window.out_row_pitch = part.rows > 1 ? output_.store.words : 0;
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/access_list.h"

#include <cstddef>

namespace denseshift::driver::testing {
namespace {

class Lister {
 public:
  explicit Lister(const Capabilities& capabilities)
      : capabilities_(capabilities), bus_(capabilities.bus_bytes) {}

  void Visit(const LoadCommand& load) {
    const std::int64_t width = load.left + load.words + load.right;
    for (std::int64_t row = 0; row < load.top + load.rows + load.bottom; ++row) {
      if (load.destination == 0) {
        AddAct(load.par + row, load.base, load.pitch, 0, width, true);
      } else {
        const Space space = load.destination == 1 ? Space::kWeight : Space::kParameter;
        Add(space, load.base, load.base + width, true);
      }
    }
    for (std::int64_t row = 0; row < load.rows; ++row) {
      const std::int64_t word = (load.address + row * load.row_stride) / bus_;
      Add(Space::kMemory, word, word + load.words, false);
    }
  }

  void Visit(const ConvCommand& conv) {
    Add(Space::kWeight, conv.weight_base, conv.weight_base + conv.weight_words, false);
    ReadWindow(conv, conv.run_len);
    if (conv.last != 0) {
      ReadParameters(conv.parameter_base, conv.column_tiles);
      WriteOutput(conv, (conv.column_tiles - 1) * capabilities_.columns + conv.valid_columns);
    }
  }

  void Visit(const VectorCommand& vector) {
    const std::int64_t bytes =
        (vector.groups - 1) * capabilities_.VectorLanes() + vector.valid_lanes;
    ReadWindow(vector, bytes);
    ReadParameters(vector.parameter_base, vector.operation == 2 ? 2 : 1);
    WriteOutput(vector, bytes);
  }

  void Visit(const StoreCommand& store) {
    for (std::int64_t row = 0; row < store.rows; ++row) {
      const std::int64_t source = store.base + row * store.pitch;
      Add(Space::kOutput, source, source + store.words, false);
      const std::int64_t word = (store.address + row * store.row_stride) / bus_;
      Add(Space::kMemory, word, word + store.words, true);
    }
  }

  void Visit(const StampCommand& stamp) {
    Add(Space::kMemory, stamp.address / bus_, stamp.address / bus_ + 1, true);
  }

  std::vector<Access> Take() { return std::move(accesses_); }

 private:
  void Add(Space space, std::int64_t low, std::int64_t high, bool write) {
    accesses_.push_back({space, low, high, write});
  }

  // Words low .. high - 1 of row `row`, counted with par.
  void AddAct(std::int64_t row,
              std::int64_t base,
              std::int64_t pitch,
              std::int64_t low,
              std::int64_t high,
              bool write) {
    const std::int64_t start = base + row / 2 * pitch;
    Add(row % 2 == 0 ? Space::kAct0 : Space::kAct1, start + low, start + high, write);
  }

  void ReadWindow(const WindowCommand& w, std::int64_t bytes) {
    // Rows come two to a pitch: a step of words plus an odd flag is a number of rows.
    const auto rows = [&](std::int64_t words, std::int64_t odd) {
      return 2 * (words / w.pitch) + odd;
    };
    const std::int64_t row_stride = rows(w.row_stride, w.row_stride_odd);
    const std::int64_t kernel_step = rows(w.kernel_row_step, w.kernel_row_odd);
    const std::int64_t end =
        w.x0 + (w.out_columns - 1) * w.x_stride + (w.runs_x - 1) * w.run_step + bytes;
    for (std::int64_t oh = 0; oh < w.out_rows; ++oh) {
      for (std::int64_t ky = 0; ky < w.runs_y; ++ky) {
        if (w.run_step > w.pitch * bus_) {
          // Additions: the second input is another region.
          AddAct(w.par + oh, w.act_base, w.pitch, w.x0 / bus_, Words(w.x0 + bytes), false);
          AddAct(w.par + oh,
                 w.act_base,
                 w.pitch,
                 (w.x0 + w.run_step) / bus_,
                 Words(w.x0 + w.run_step + bytes),
                 false);
        } else {
          AddAct(w.par + oh * row_stride + ky * kernel_step,
                 w.act_base,
                 w.pitch,
                 w.x0 / bus_,
                 Words(end),
                 false);
        }
      }
    }
  }

  void ReadParameters(std::int64_t first, std::int64_t entries) {
    const std::int64_t words = std::int64_t{capabilities_.columns} * 8 / bus_;
    Add(Space::kParameter, first * words, (first + entries) * words, false);
  }

  void WriteOutput(const WindowCommand& w, std::int64_t bytes) {
    for (std::int64_t oh = 0; oh < w.out_rows; ++oh) {
      const std::int64_t start = w.out_base + oh * w.out_row_pitch * bus_;
      const std::int64_t end = start + (w.out_columns - 1) * w.position_pitch + bytes;
      Add(Space::kOutput, start / bus_, Words(end), true);
    }
  }

  [[nodiscard]] std::int64_t Words(std::int64_t bytes) const { return (bytes + bus_ - 1) / bus_; }

  const Capabilities& capabilities_;
  std::int64_t bus_;
  std::vector<Access> accesses_;
};

}  // namespace

std::vector<Access> ListAccesses(const Command& command, const Capabilities& capabilities) {
  Lister lister(capabilities);
  std::visit([&](const auto& c) { lister.Visit(c); }, command);
  return lister.Take();
}

}  // namespace denseshift::driver::testing

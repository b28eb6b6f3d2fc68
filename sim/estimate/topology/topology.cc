// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/topology/topology.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <initializer_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/csv_table.h"
#include "sim/estimate/topology/topology_columns.h"
#include "sim/estimate/topology/topology_row.h"

namespace denseshift::sim {

namespace {

constexpr int kMaxInt = std::numeric_limits<int>::max();
constexpr int kMinBits = 2;
constexpr int kMaxBits = 4;
constexpr const char* kDepthwiseMark = "DP";

// One direction of a convolution, and the column its size is in.
struct Axis {
  Column kernel_column;
  int size;
  int kernel;
  int stride;
  int dilation;
  int pad_begin;
  int pad_end;
};

// The number of outputs in one direction. SCALE-Sim rounds it up; the padding at the end then grows
// to what the last window reads.
int PlaceAxis(const TopologyRow& row, Axis* axis) {
  const std::int64_t padded = std::int64_t{axis->size} + axis->pad_begin + axis->pad_end;
  const std::int64_t reach = std::int64_t{axis->kernel - 1} * axis->dilation + 1;
  if (reach > padded) {
    row.Fail(axis->kernel_column,
             fmt::format("{} is {}, the filter reaches over {} elements; the padded input has {}",
                         ColumnName(axis->kernel_column),
                         axis->kernel,
                         reach,
                         padded));
  }
  const std::int64_t rest = (padded - reach) % axis->stride;
  std::int64_t out = (padded - reach) / axis->stride + 1;
  if (rest != 0 && !row.HasSuperset()) {
    ++out;
    axis->pad_end += static_cast<int>(axis->stride - rest);
  }
  if (out > kMaxInt) {
    row.Fail(axis->kernel_column, fmt::format("the output has {} rows or columns, too many", out));
  }
  return static_cast<int>(out);
}

// The product, which must fit 64 bits.
std::uint64_t Product(const TopologyRow& row,
                      const char* what,
                      std::initializer_list<std::int64_t> factors) {
  std::uint64_t product = 1;
  for (const std::int64_t factor : factors) {
    if (__builtin_mul_overflow(product, static_cast<std::uint64_t>(factor), &product)) {
      row.Fail(Column::kName,
               fmt::format(
                   "layer {} is too large: its {} do not fit 64 bits", Quoted(row.Name()), what));
    }
  }
  return product;
}

void CheckSizes(const TopologyRow& row, const TopologyLayer& layer) {
  const driver::Window& w = layer.window;
  (void)Product(row,
                "inputs",
                {std::int64_t{layer.in_h} + w.pad_top + w.pad_bottom,
                 std::int64_t{layer.in_w} + w.pad_left + w.pad_right,
                 layer.channels,
                 layer.groups,
                 layer.batch});
  (void)Product(row,
                "multiply-accumulates",
                {layer.out_h,
                 layer.out_w,
                 layer.filters,
                 w.kernel_h,
                 w.kernel_w,
                 layer.channels,
                 layer.groups,
                 layer.batch});
}

// The part of `column` that one group has.
int OfOneGroup(const TopologyRow& row, Column column, int groups) {
  const int all = row.Number(column, 1, kMaxInt);
  if (all % groups != 0) {
    row.Fail(Column::kGroups,
             fmt::format("{} Groups do not divide {} = {}", groups, ColumnName(column), all));
  }
  return all / groups;
}

TopologyLayer ConvolutionOf(const TopologyRow& row) {
  TopologyLayer layer;
  layer.groups = row.NumberOr(1, Column::kGroups, 1, kMaxInt);
  layer.channels = OfOneGroup(row, Column::kChannels, layer.groups);
  layer.filters = OfOneGroup(row, Column::kFilters, layer.groups);
  const int stride = row.Number(Column::kStride, 1, kMaxInt);
  Axis vertical{Column::kKernelHeight,
                row.Number(Column::kInHeight, 1, kMaxInt),
                row.Number(Column::kKernelHeight, 1, kMaxInt),
                stride,
                row.NumberOr(1, Column::kDilationHeight, 1, kMaxInt),
                row.NumberOr(0, Column::kPadTop, 0, kMaxInt),
                row.NumberOr(0, Column::kPadBottom, 0, kMaxInt)};
  Axis horizontal{Column::kKernelWidth,
                  row.Number(Column::kInWidth, 1, kMaxInt),
                  row.Number(Column::kKernelWidth, 1, kMaxInt),
                  row.NumberOr(stride, Column::kStrideWidth, 1, kMaxInt),
                  row.NumberOr(1, Column::kDilationWidth, 1, kMaxInt),
                  row.NumberOr(0, Column::kPadLeft, 0, kMaxInt),
                  row.NumberOr(0, Column::kPadRight, 0, kMaxInt)};
  layer.out_h = PlaceAxis(row, &vertical);
  layer.out_w = PlaceAxis(row, &horizontal);
  layer.in_h = vertical.size;
  layer.in_w = horizontal.size;
  layer.window = {vertical.kernel,
                  horizontal.kernel,
                  vertical.stride,
                  horizontal.stride,
                  vertical.dilation,
                  horizontal.dilation,
                  vertical.pad_begin,
                  horizontal.pad_begin,
                  vertical.pad_end,
                  horizontal.pad_end};
  return layer;
}

TopologyLayer ProductOf(const TopologyRow& row) {
  TopologyLayer layer;
  layer.kind = TopologyKind::kGemm;
  layer.in_h = row.Number(Column::kM, 1, kMaxInt);
  layer.channels = row.Number(Column::kK, 1, kMaxInt);
  layer.filters = row.Number(Column::kN, 1, kMaxInt);
  layer.out_h = layer.in_h;
  return layer;
}

// Adds the layers of one row after the other.
class TopologyReader {
 public:
  TopologyReader(const std::filesystem::path& file, TopologyKind kind, int default_bits)
      : file_(file), kind_(kind), default_bits_(default_bits) {}

  void Take(const CsvRow& fields) {
    if (!columns_) {
      columns_.emplace(file_, kind_, fields);
      return;
    }
    const TopologyRow row(file_, *columns_, fields);
    TopologyLayer layer = kind_ == TopologyKind::kGemm ? ProductOf(row) : ConvolutionOf(row);
    layer.name = row.Name();
    layer.line = row.Line();
    layer.batch = row.NumberOr(1, Column::kBatch, 1, kMaxInt);
    layer.bits = row.NumberOr(default_bits_, Column::kBits, kMinBits, kMaxBits);
    CheckSizes(row, layer);
    const bool depthwise = kind_ == TopologyKind::kConvolution && !row.Has(Column::kGroups) &&
                           layer.name.find(kDepthwiseMark) != std::string::npos;
    if (depthwise) {
      AddChannels(row, layer);
    } else {
      Add(row, layer);
    }
  }

  [[nodiscard]] std::vector<TopologyLayer> Finish() {
    if (layers_.empty()) {
      FailAt(file_,
             {},
             columns_
                 ? "the table has a header and no layer; add a row for each layer"
                 : "the file is empty; the first row names the columns, each other is a layer");
    }
    return std::move(layers_);
  }

 private:
  void Add(const TopologyRow& row, const TopologyLayer& layer) {
    if (layers_.size() == kMaxTopologyLayers) {
      row.Fail(Column::kName,
               fmt::format("more than {} layers; split the table", kMaxTopologyLayers));
    }
    if (__builtin_add_overflow(macs_, layer.Macs(), &macs_)) {
      row.Fail(Column::kName,
               "the multiply-accumulates of all layers up to this one do not fit 64 bits");
    }
    layers_.push_back(layer);
  }

  // A layer for each channel.
  void AddChannels(const TopologyRow& row, TopologyLayer layer) {
    const std::string name = layer.name;
    const int channels = std::exchange(layer.channels, 1);
    for (int channel = 0; channel < channels; ++channel) {
      layer.name = fmt::format("{}Channel_{}", name, channel);
      Add(row, layer);
    }
  }

  const std::filesystem::path& file_;
  TopologyKind kind_;
  int default_bits_;
  std::optional<TopologyColumns> columns_;
  std::uint64_t macs_ = 0;
  std::vector<TopologyLayer> layers_;
};

}  // namespace

std::vector<TopologyLayer> ReadTopology(const std::filesystem::path& file,
                                        TopologyKind kind,
                                        int default_bits) {
  if (default_bits < kMinBits || default_bits > kMaxBits) {
    throw std::invalid_argument(fmt::format(
        "default_bits is {}; it must lie in {} .. {}", default_bits, kMinBits, kMaxBits));
  }
  TopologyReader reader(file, kind, default_bits);
  ReadCsv(file, [&reader](const CsvRow& row) { reader.Take(row); });
  return reader.Finish();
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_planner.h"

#include <fmt/format.h>
#include <stdexcept>
#include <string>

#include "driver/compiler/buffers.h"
#include "driver/compiler/conv_model.h"
#include "driver/compiler/tile_choice.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

ConvPlan PlanConv(const WindowShape& shape, int code_bits, const Capabilities& capabilities) {
  const BufferSizes sizes(capabilities);
  const std::int64_t step_words = SweepWords(capabilities, code_bits, 1, 1);
  if (step_words > sizes.weight_words) {
    throw std::invalid_argument(fmt::format(
        "weights of one step take {} bytes in the weight buffer, which has {}; raise WgtBytes",
        step_words * sizes.bus_bytes,
        capabilities.wgt_bytes));
  }
  if (const std::string misfit = DescribeMisfit(shape, sizes); !misfit.empty()) {
    throw std::invalid_argument(misfit);
  }
  const ConvModel model(shape, code_bits, capabilities);
  const TileChoice choice = ChooseTile(shape, sizes, model).value();
  return model.PlanFor(choice.way, choice.size);
}

// All of a shape but fill and addresses.
std::vector<int> KeyOf(const WindowShape& shape, int code_bits) {
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
          w.pad_left,
          code_bits};
}

}  // namespace

const ConvPlan& ConvPlanner::PlanFor(const WindowShape& shape, int code_bits) {
  const std::vector<int> key = KeyOf(shape, code_bits);
  auto known = plans_.find(key);
  if (known == plans_.end()) {
    known = plans_.emplace(key, PlanConv(shape, code_bits, capabilities_)).first;
  }
  return known->second;
}

}  // namespace denseshift::driver

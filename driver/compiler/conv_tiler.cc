// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_tiler.h"

#include <cstdint>
#include <fmt/format.h>

#include "driver/compiler/buffers.h"
#include "driver/compiler/conv_model.h"
#include "driver/compiler/tile_choice.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {

LayerTiling TileConv(const WindowShape& shape, int code_bits, const TilingTarget& target) {
  const ConvModel model(shape, code_bits, target);
  const TileChoice choice = ChooseTile(shape, target, model).value();
  return {model.PlanFor(choice.way, choice.size), choice.cost, choice.issue};
}

std::string DescribeConvMisfit(const WindowShape& shape,
                               int code_bits,
                               const Capabilities& capabilities) {
  const BufferSizes sizes(capabilities);
  const std::int64_t step_words = SweepWords(capabilities, code_bits, 1, 1);
  if (step_words > sizes.weight_words) {
    return fmt::format(
        "weights of one step take {} bytes in the weight buffer, which has {}; raise WgtBytes",
        step_words * sizes.bus_bytes,
        capabilities.wgt_bytes);
  }
  return DescribeMisfit(shape, sizes);
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_plan.h"

#include "driver/compiler/integers.h"

namespace denseshift::driver {

Stripes CutStripes(std::int64_t positions, int accumulator_depth) {
  Stripes stripes;
  const std::int64_t least = CeilDivide(positions, accumulator_depth);
  stripes.length = CeilDivide(positions, least);
  stripes.count = CeilDivide(positions, stripes.length);
  stripes.last = positions - (stripes.count - 1) * stripes.length;
  return stripes;
}

}  // namespace denseshift::driver

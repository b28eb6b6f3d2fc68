// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_CONV_PLANNER_H_
#define DENSESHIFT_DRIVER_COMPILER_CONV_PLANNER_H_

#include <map>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/conv_plan.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// Chooses the plans of a network's convolutions: those that take the fewest cycles as LayerPipeline
// sees them. Networks repeat their layers; each is planned once.
class ConvPlanner {
 public:
  explicit ConvPlanner(const Capabilities& capabilities) : capabilities_(capabilities) {}

  // The plan stays where it is.
  //
  // Errors  std::invalid_argument saying what does not fit the buffers even in the smallest pieces.
  const ConvPlan& PlanFor(const WindowShape& shape, int code_bits);

 private:
  const Capabilities& capabilities_;
  std::map<std::vector<int>, ConvPlan> plans_;  // by all that decides them
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_CONV_PLANNER_H_

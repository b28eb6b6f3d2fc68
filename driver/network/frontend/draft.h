// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_DRAFT_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_DRAFT_H_

#include <limits>
#include <memory>
#include <vector>

#include "driver/network/frontend/denseshift_weights.h"
#include "driver/network/frontend/graph.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// A layer whose output is still real: what follows may be folded into it until its output is
// quantized. Its inputs are quantized tensors.
//
//   conv      out(c) = min(high, max(low, factor[c] * SUM code * (x - zero_in) + offset[c]))
//   others    out    = min(high, max(low, factor[0] * operator(real inputs)))
struct Draft {
  const Node* node = nullptr;  // names the layer
  Operator op = Operator::kConv;
  std::vector<int> inputs;  // indices into Network::tensors
  Window window;
  bool count_include_pad = false;
  std::shared_ptr<const DenseShiftTensor>
      weights;  // conv; in the order of Layer::codes, if there are codes
  std::vector<double> factor;
  std::vector<double> offset;  // conv
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  // True if the output may keep the input's quantization: a choice among input values, clamped.
  [[nodiscard]] bool Inherits() const { return op == Operator::kMaxPool && factor[0] == 1.0; }
};

// A layer that only copies a tensor: a 1x1 maximum.
[[nodiscard]] Draft IdentityDraft(const Node& node, int tensor);

// out * gain, gain with one element or one per channel. `node` names what is being folded.
// Errors  std::runtime_error if that does not fold: per channel into a layer other than a
//         convolution, or across a clamp that it does not commute with.
void ScaleDraft(const Node& node, const std::vector<double>& gain, Draft* draft);

// out + shift, as ScaleDraft.
void ShiftDraft(const Node& node, const std::vector<double>& shift, Draft* draft);

// min(high, max(low, out)).
void ClampDraft(double low, double high, Draft* draft);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_DRAFT_H_

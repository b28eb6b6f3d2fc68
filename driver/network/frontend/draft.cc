// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/draft.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace denseshift::driver::frontend {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool IsClamped(const Draft& draft) {
  return draft.low != -kInfinity || draft.high != kInfinity;
}

void CheckFinite(const Node& node, const std::vector<double>& values) {
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) {
    FailAt(node, "a constant is infinite or not a number");
  }
}

[[noreturn]] void FailFold(const Node& node, const Draft& draft, const std::string& why) {
  FailAt(node,
         "cannot be folded into node '" + draft.node->Label() + "' (" + draft.node->op_type +
             "): " + why);
}

}  // namespace

Draft IdentityDraft(const Node& node, int tensor) {
  Draft draft;
  draft.node = &node;
  draft.op = Operator::kMaxPool;
  draft.inputs = {tensor};
  draft.factor = {1.0};
  return draft;
}

void ScaleDraft(const Node& node, const std::vector<double>& gain, Draft* draft) {
  CheckFinite(node, gain);
  const bool uniform = gain.size() == 1;
  const bool positive = std::all_of(gain.begin(), gain.end(), [](double g) { return g > 0.0; });
  if (draft->op != Operator::kConv && !(uniform && positive)) {
    FailFold(node, *draft, "only a single positive factor can follow this operator");
  }
  if (IsClamped(*draft)) {
    // max(low, x) * g = max(low * g, x * g) for g > 0; one bound for all channels must remain.
    const bool at_zero = (draft->low == 0.0 || draft->low == -kInfinity) &&
                         (draft->high == 0.0 || draft->high == kInfinity);
    const bool nonzero = uniform && gain[0] != 0.0;
    if (!nonzero && !(positive && at_zero)) {
      FailFold(node, *draft, "a Relu or Clip lies between; fold the scales before it");
    }
    draft->low *= gain[0];
    draft->high *= gain[0];
    if (gain[0] < 0.0) {
      std::swap(draft->low, draft->high);
    }
  }
  for (std::size_t c = 0; c < draft->factor.size(); ++c) {
    draft->factor[c] *= gain[uniform ? 0 : c];
  }
  for (std::size_t c = 0; c < draft->offset.size(); ++c) {
    draft->offset[c] *= gain[uniform ? 0 : c];
  }
}

void ShiftDraft(const Node& node, const std::vector<double>& shift, Draft* draft) {
  CheckFinite(node, shift);
  const bool uniform = shift.size() == 1;
  if (draft->op != Operator::kConv) {
    FailFold(node, *draft, "no constant can be added after this operator");
  }
  if (IsClamped(*draft)) {
    if (!uniform) {
      FailFold(node, *draft, "a Relu or Clip lies between; fold the constants before it");
    }
    draft->low += shift[0];
    draft->high += shift[0];
  }
  for (std::size_t c = 0; c < draft->offset.size(); ++c) {
    draft->offset[c] += shift[uniform ? 0 : c];
  }
}

void ClampDraft(double low, double high, Draft* draft) {
  draft->low = std::min(high, std::max(low, draft->low));
  draft->high = std::min(high, std::max(low, draft->high));
}

}  // namespace denseshift::driver::frontend

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_LAYER_BUILDER_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_LAYER_BUILDER_H_

#include <vector>

#include "driver/network/frontend/draft.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// Turns a draft into an integer layer whose output is tensors[output].
//
//   scale(c) = ToFixedPoint(|factor[c]| / scale_out); a negative factor flips the codes' signs
//   bias(c)  = Round(offset[c] / |factor[c]|), ties away from zero
//   lo, hi   = the real clamp, quantized half up, docs/arithmetic.md section 3
//
// A channel whose sum moves the output by less than 2^-17 steps (a dead one moves it by nothing)
// is constant. It gets codes 0 and, if its constant rounds to zero_out, multiplier 0. Any other
// constant t, in steps, becomes bias t * 2^10 * K with scale 2^-10 / K for K weights: the sum, at
// most 2^8 * K, then adds less than 1/2, so the output is exactly t.
//
// Weights without codes leave codes, bias and scale empty.
//
// Errors  std::runtime_error naming the layer and the channel: a bias beyond int32, a scale of 2^16
//         or more, a factor that is not finite.
[[nodiscard]] Layer BuildLayer(const Draft& draft, const std::vector<Tensor>& tensors, int output);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_LAYER_BUILDER_H_

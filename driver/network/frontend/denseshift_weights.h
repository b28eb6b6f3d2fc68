// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_DENSESHIFT_WEIGHTS_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_DENSESHIFT_WEIGHTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/network/frontend/array.h"

namespace denseshift::driver::frontend {

// Real weights as codes: weight(c, k) = alpha[c] * (-1)^sign * 2^exponent, to the last bit.
struct DenseShiftTensor {
  int code_bits = 2;
  std::vector<std::uint8_t> codes;  // row-major [channels, weights per channel]
  std::vector<double> alpha;        // one per channel, positive; 0 for a dead channel (codes 0)
};

// Finds the codes of a weight tensor whose first axis is the output channel.
//
// A channel is DenseShift when all its mantissas are the same and its exponents span less than
// 2^(n-1). Multiplying a channel by any factor changes all of its mantissas alike, so this holds
// whatever per-channel scales a tool has folded in. alpha is the smallest magnitude of the channel.
// A channel of zeros only is dead. n is the smallest that fits the whole tensor.
//
// Errors  std::runtime_error naming tensor, channel, element and remedy: zero, subnormal, infinite
//         or NaN among other weights; different mantissas; a span that needs more than max_bits.
// Source  DenseShift, ICCV 2023: weights (-1)^s * 2^S without zero.
[[nodiscard]] DenseShiftTensor RecognizeDenseShift(const std::string& name,
                                                   const Array& weight,
                                                   int max_bits);

// Stands for weights of which only the shape is known: no codes, alpha 1 in every channel.
// Errors  std::runtime_error naming the tensor if it is empty.
[[nodiscard]] DenseShiftTensor UnknownWeights(const std::string& name,
                                              const Array& weight,
                                              int code_bits);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_DENSESHIFT_WEIGHTS_H_

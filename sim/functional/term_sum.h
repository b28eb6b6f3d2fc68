// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_TERM_SUM_H_
#define DENSESHIFT_SIM_FUNCTIONAL_TERM_SUM_H_

#include <cstddef>
#include <cstdint>

namespace denseshift::sim {

// SUM over k of (u[k] XOR flip[k]) * factor[k], modulo 2^32; docs/arithmetic.md section 2.1.
//
// Shapes    u, flip, factor [count].
// Units     u 0 .. 255, flip 0 or 255, factor 1 .. 128: 16-bit numbers so that the
//           compiler multiplies and adds pairs of them in one vector instruction.
[[nodiscard]] std::uint32_t TermSum(const std::int16_t* u,
                                    const std::int16_t* flip,
                                    const std::int16_t* factor,
                                    std::size_t count);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_TERM_SUM_H_

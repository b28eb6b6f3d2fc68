// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_ESTIMATE_REPORT_SAMPLE_ESTIMATES_H_
#define DENSESHIFT_TESTS_SIM_ESTIMATE_REPORT_SAMPLE_ESTIMATES_H_

#include <cstddef>
#include <cstdint>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// Two layers with numbers that are easy to follow, 16x16:
//   "conv,1"  Conv     51200 MACs, 1000 cycles: 400 100 300 50 20 130; 4000 bytes moved, 2000 at
//   least "pool"    MaxPool      0 MACs,   64 cycles:   0   0  60  0  1   3; 512 bytes, all needed
// and three spans: load 0..400, load 300..500 (at the same time), array 350..900.
[[nodiscard]] NetworkEstimate SmallEstimate();

// Layers and spans by chance, whose sums are right.
[[nodiscard]] NetworkEstimate RandomEstimate(std::size_t layers,
                                             std::size_t spans,
                                             std::uint64_t seed);

// As RandomEstimate, with names that are markup, script, quotes, emoji, empty, very long, control
// characters or not UTF-8.
[[nodiscard]] NetworkEstimate HostileEstimate();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_ESTIMATE_REPORT_SAMPLE_ESTIMATES_H_

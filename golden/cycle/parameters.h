// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_PARAMETERS_H_
#define DENSESHIFT_GOLDEN_CYCLE_PARAMETERS_H_

#include <algorithm>
#include <cstdint>

namespace denseshift::golden::cycle {

constexpr std::uint32_t kMaxLanes = 64;
constexpr std::uint32_t kMaxColumns = 64;
constexpr std::uint32_t kMaxBusBytes = 32;

// The parameters of one build of the hardware, docs/architecture.md "Parameters". They are taken
// as they are: whoever chooses them has checked their ranges.
struct Parameters {
  std::uint32_t lanes = 16;
  std::uint32_t columns = 16;
  std::uint32_t max_code_bits = 4;
  std::uint32_t acc_bits = 32;
  std::uint32_t acc_depth = 256;  // positions
  std::uint32_t bus_bytes = 16;
  std::uint32_t act_bytes = 65536;  // both groups together
  std::uint32_t wgt_bytes = 65536;
  std::uint32_t out_bytes = 32768;
  std::uint32_t param_entries = 64;

  // Lanes of a VECTOR command, V.
  [[nodiscard]] std::uint32_t VectorLanes() const { return std::min(lanes, columns); }

  // Buffer sizes as the load and store units see them, in bus words.
  [[nodiscard]] std::uint32_t ActGroupWords() const { return act_bytes / 2 / bus_bytes; }

  [[nodiscard]] std::uint32_t WgtWords() const { return wgt_bytes / bus_bytes; }

  [[nodiscard]] std::uint32_t OutWords() const { return out_bytes / bus_bytes; }

  [[nodiscard]] std::uint32_t ParamWords() const { return param_entries * columns * 8 / bus_bytes; }

  // Bus words a command takes.
  [[nodiscard]] std::uint32_t CommandWords() const { return 64 / bus_bytes; }
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_PARAMETERS_H_

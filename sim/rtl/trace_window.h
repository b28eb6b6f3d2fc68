// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_TRACE_WINDOW_H_
#define DENSESHIFT_SIM_RTL_TRACE_WINDOW_H_

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

namespace denseshift::sim {

// A waveform of the cycles from .. to - 1, counted as Device::Cycles().
struct TraceWindow {
  std::filesystem::path file;  // .fst or .vcd; empty: no waveform
  std::uint64_t from = 0;
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
  std::string unit = {};  // only its signals and the clock; empty: all
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_TRACE_WINDOW_H_

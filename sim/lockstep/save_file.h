// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_SAVE_FILE_H_
#define DENSESHIFT_SIM_LOCKSTEP_SAVE_FILE_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/lockstep/signal.h"

namespace denseshift::sim {

// A save file of GTKWave: which signals of a waveform it shows, and a marker at a cycle.
//
// Text of the file for `wave`, with the clock and `signals`, `first` on top.
[[nodiscard]] std::string SaveFileText(const std::filesystem::path& wave,
                                       const std::vector<Signal>& signals,
                                       const Signal& first,
                                       std::uint64_t cycle);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_SAVE_FILE_H_

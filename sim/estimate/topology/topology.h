// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_H_
#define DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_H_

#include <cstddef>
#include <filesystem>
#include <vector>

#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {

// Layers of one file, at most.
inline constexpr std::size_t kMaxTopologyLayers = 100'000;

// Reads a topology file; docs/estimate.md "Topology files" has its form.
//
// default_bits  bits of a code in rows that do not say, 2 .. 4.
// Returns       at least one layer, in the order of the file.
// Errors        std::runtime_error "FILE:LINE:COLUMN: ..." with the value and what is allowed, or
//               "FILE: ..." for a file that cannot be read; std::invalid_argument for default_bits
//               out of range.
[[nodiscard]] std::vector<TopologyLayer> ReadTopology(const std::filesystem::path& file,
                                                      TopologyKind kind,
                                                      int default_bits);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_ESTIMATE_TOPOLOGY_FILE_H_
#define DENSESHIFT_TESTS_SIM_ESTIMATE_TOPOLOGY_FILE_H_

#include <string>
#include <vector>

#include "sim/estimate/topology/topology.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {

// The header of SCALE-Sim's convolutions.
inline const std::string kConvHeader =
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, "
    "Strides,\n";

// The layers of a file "net.csv" with this text.
inline std::vector<TopologyLayer> LayersOf(const std::string& text,
                                           TopologyKind kind = TopologyKind::kConvolution,
                                           int default_bits = 4) {
  const TemporaryFolder folder;
  return ReadTopology(folder.Write("net.csv", text), kind, default_bits);
}

// The message about that file, without its folder; "" if it reads.
inline std::string ComplaintAbout(const std::string& text,
                                  TopologyKind kind = TopologyKind::kConvolution) {
  const std::string error = ErrorOf([&] { (void)LayersOf(text, kind); });
  const std::size_t name = error.find("net.csv");
  return name == std::string::npos ? error : error.substr(name);
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_ESTIMATE_TOPOLOGY_FILE_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_WORKLOAD_H_
#define DENSESHIFT_SIM_CLI_WORKLOAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/network/network.h"
#include "sim/config/config.h"
#include "sim/estimate/network_estimate.h"
#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {

// What is estimated: an ONNX network or the rows of a topology file.
struct WorkloadArguments {
  std::string file;
  std::string calibrate;
  int bits = 0;       // of weights whose values do not matter; 0: the network's own
  bool gemm = false;  // the rows of the file are matrix products
  int batch = 1;
  bool search = true;               // for the fastest program of a small network
  std::vector<std::string> layers;  // of a topology: only these; empty: all
};

// A workload in memory, for many configurations.
class Workload {
 public:
  // Errors  std::runtime_error for everything that is wrong with the file or the choice of layers.
  explicit Workload(const WorkloadArguments& arguments);

  // Of the network, or of the file without folder and ending.
  [[nodiscard]] std::string Name() const;

  // May be called by several threads.
  //
  // Errors  std::invalid_argument or std::runtime_error naming the layer that does not fit.
  [[nodiscard]] NetworkEstimate Estimate(const Config& config, bool timeline = false) const;

  // The cycles the RTL takes for each layer of the estimate. Builds its simulator if need be.
  [[nodiscard]] std::vector<std::uint64_t> RunOnRtl(const Config& config) const;

 private:
  std::string file_;
  int batch_;
  bool search_;
  bool is_topology_;
  driver::Network network_;
  std::vector<TopologyLayer> rows_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_WORKLOAD_H_

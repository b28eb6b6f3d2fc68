// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_NETWORK_ESTIMATE_H_
#define DENSESHIFT_SIM_ESTIMATE_NETWORK_ESTIMATE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/config/config.h"

namespace denseshift::sim {

// Cycles by what the array does in them; docs/estimate.md "Where the cycles went".
struct ArrayCycles {
  std::uint64_t compute = 0;
  std::uint64_t weight_load = 0;
  std::uint64_t memory = 0;
  std::uint64_t post = 0;
  std::uint64_t fill = 0;
  std::uint64_t drain = 0;
};

// Members of ArrayCycles by their names, in the order of reports.
struct CycleCategory {
  const char* name;
  std::uint64_t ArrayCycles::*cycles;
};

inline constexpr std::array<CycleCategory, 6> kCycleCategories = {{
    {"compute", &ArrayCycles::compute},
    {"weight_load", &ArrayCycles::weight_load},
    {"memory", &ArrayCycles::memory},
    {"post", &ArrayCycles::post},
    {"fill", &ArrayCycles::fill},
    {"drain", &ArrayCycles::drain},
}};

// Bytes over the bus.
struct BusBytes {
  std::uint64_t input = 0;
  std::uint64_t weight = 0;
  std::uint64_t parameter = 0;
  std::uint64_t output = 0;
};

// Members of BusBytes, likewise.
struct TensorKind {
  const char* name;
  std::uint64_t BusBytes::*bytes;
};

inline constexpr std::array<TensorKind, 4> kTensorKinds = {{
    {"input", &BusBytes::input},
    {"weight", &BusBytes::weight},
    {"parameter", &BusBytes::parameter},
    {"output", &BusBytes::output},
}};

struct LayerEstimate {
  std::string name;
  std::string type;  // "Conv", "Gemm", "MaxPool", ...
  std::uint64_t macs = 0;
  std::uint64_t cycles = 0;
  ArrayCycles breakdown;  // sums to cycles
  BusBytes moved;         // what is moved
  BusBytes least;         // every tensor once
  double roofline_cycles = 0;
  std::string bottleneck;  // "compute", "weight_load", "memory", "post", "fill" or "drain"
};

// What one unit does for one command, in cycles since the start of the first job; the end is the
// first cycle after it.
struct TimelineSpan {
  std::string unit;  // "load", "array", "post" or "store"
  std::string name;  // of the command, "CONV"
  std::size_t layer = 0;
  std::uint32_t command = 0;  // index in the list
  std::uint32_t tile = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// What a network, or a table of layers, takes on a configuration.
struct NetworkEstimate {
  std::string network;
  Config config;
  std::uint64_t cycles = 0;  // sum of the layers'
  std::uint64_t macs = 0;
  std::uint64_t command_bytes = 0;  // read to fetch the lists
  std::vector<LayerEstimate> layers;
  // Only if asked for. Jobs of a table follow each other without gaps.
  std::vector<TimelineSpan> timeline;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_NETWORK_ESTIMATE_H_

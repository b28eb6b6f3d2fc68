// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/memory_parameters.h"

#include <fmt/format.h>
#include <stdexcept>
#include <string_view>

namespace denseshift::sim {

namespace {

template <typename T>
void Check(bool allowed, std::string_view field, T value, std::string_view range) {
  if (!allowed) {
    throw std::invalid_argument(
        fmt::format("memory parameter {} is {}, allowed is {}", field, value, range));
  }
}

}  // namespace

void MemoryParameters::Validate() const {
  Check(
      bus_bytes == 8 || bus_bytes == 16 || bus_bytes == 32, "bus_bytes", bus_bytes, "8, 16 or 32");
  Check(bytes >= 4096 && bytes <= (std::uint64_t{1} << 32U) && bytes % 4096 == 0,
        "bytes",
        bytes,
        "a multiple of 4096, at most 2^32");
  Check(latency_cycles >= 1 && latency_cycles <= 100000,
        "latency_cycles",
        latency_cycles,
        "1..100000");
  Check(bytes_per_cycle >= 1.0 / 64 && bytes_per_cycle <= 1e6,
        "bytes_per_cycle",
        bytes_per_cycle,
        "0.015625..1000000");
  Check(max_outstanding_reads >= 1 && max_outstanding_reads <= 64,
        "max_outstanding_reads",
        max_outstanding_reads,
        "1..64");
  Check(max_outstanding_writes >= 1 && max_outstanding_writes <= 64,
        "max_outstanding_writes",
        max_outstanding_writes,
        "1..64");
  Check(
      max_burst_beats >= 1 && max_burst_beats <= 256, "max_burst_beats", max_burst_beats, "1..256");
  Check(stall_probability >= 0.0 && stall_probability <= 0.95,
        "stall_probability",
        stall_probability,
        "0..0.95");
  Check(refresh_period_cycles >= 0 && refresh_period_cycles <= 1000000000,
        "refresh_period_cycles",
        refresh_period_cycles,
        "0..1000000000");
  const bool refresh_fits = refresh_period_cycles == 0
                                ? refresh_cycles == 0
                                : refresh_cycles >= 0 && refresh_cycles < refresh_period_cycles;
  Check(refresh_fits, "refresh_cycles", refresh_cycles, "0 up to refresh_period_cycles - 1");
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_MEMORY_PARAMETERS_H_
#define DENSESHIFT_SIM_MEMORY_MEMORY_PARAMETERS_H_

#include <cstdint>
#include <limits>

namespace denseshift::sim {

// Timing and size of the memory behind the AXI4 bus; docs/memory_model.md.
struct MemoryParameters {
  int bus_bytes = 16;                              // 8, 16 or 32; that of the device
  std::uint64_t bytes = std::uint64_t{64} << 20U;  // memory size; a multiple of 4096, at most 2^32
  int latency_cycles = 50;         // AR to first R beat, last W beat to B; 1..100000
  double bytes_per_cycle = 32.0;   // throughput of each direction; at least 2^-6
  int max_outstanding_reads = 8;   // bursts accepted and not yet answered; 1..64
  int max_outstanding_writes = 8;  // 1..64
  int max_burst_beats = 32;        // longest burst the master may send; 1..256
  double stall_probability = 0.0;  // of each channel in each cycle; 0 up to 0.95
  std::uint64_t seed = 1;          // of the stalls
  int refresh_period_cycles = 0;   // 0: no refresh
  int refresh_cycles = 0;          // cycles at the start of each period in which nothing moves

  // Throws std::invalid_argument naming field, value and allowed range.
  void Validate() const;
};

// What to answer instead of OKAY; for tests.
enum class FaultKind {
  kSlaveError,   // SLVERR; a write does not change memory
  kDecodeError,  // DECERR; a write does not change memory
  kNoAnswer,     // address and data are accepted, R or B never comes, nor any after it
  kNoData,       // write only: no data beat of the burst is accepted
  kNoAddress,    // no address from this transaction on is accepted
};

enum class Direction { kRead, kWrite };

// Makes bursts fail: those of one direction that have a number in first .. last (0-based, in order
// of their address handshakes since the last reset) and touch a byte in begin .. end - 1.
struct Fault {
  Direction direction = Direction::kRead;
  FaultKind kind = FaultKind::kSlaveError;
  std::uint64_t first = 0;
  std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t begin = 0;
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();  // not looked at for kNoAddress
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_MEMORY_PARAMETERS_H_

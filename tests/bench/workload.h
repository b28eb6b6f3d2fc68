// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_BENCH_WORKLOAD_H_
#define DENSESHIFT_TESTS_BENCH_WORKLOAD_H_

#include <cstdint>
#include <memory>

#include "driver/device.h"
#include "driver/runtime.h"
#include "sim/config/config.h"
#include "sim/rtl/model.h"
#include "tests/bench/shim/ds_array_abi.h"

namespace denseshift::bench {

// Processor time of this process, in seconds.
[[nodiscard]] double ProcessorSeconds();

// The whole accelerator on a convolution that keeps its array busy: 32x32x64 -> 32x32x64, 3x3,
// 4-bit codes.
class Accelerator {
 public:
  // On any device of the configuration.
  Accelerator(std::unique_ptr<driver::Device> device, const sim::Config& config);

  struct Job {
    std::uint64_t cycles = 0;  // simulated, register accesses of the driver included
    std::uint64_t macs = 0;
    double seconds = 0;  // processor time
    double wall_seconds = 0;

    [[nodiscard]] double SecondsPerCycle() const { return seconds / static_cast<double>(cycles); }

    [[nodiscard]] double WallSecondsPerCycle() const {
      return wall_seconds / static_cast<double>(cycles);
    }
  };

  // Runs the layer once.
  Job Run();

 private:
  std::unique_ptr<driver::Device> device_;
  std::unique_ptr<driver::Runtime> runtime_;
  driver::Image image_;
  std::uint64_t macs_ = 0;
};

// ds_array alone, built with the same flags.
class BareArray {
 public:
  explicit BareArray(const sim::Config& config);
  BareArray(const BareArray&) = delete;
  BareArray& operator=(const BareArray&) = delete;
  ~BareArray();

  // Runs clock cycles, a step in each. Returns processor seconds.
  double Run(std::uint64_t cycles);

 private:
  sim::SharedObject object_;
  const ArrayAbi* abi_;
  void* array_;
  std::uint64_t groups_;  // of a weight tile
};

}  // namespace denseshift::bench

#endif  // DENSESHIFT_TESTS_BENCH_WORKLOAD_H_

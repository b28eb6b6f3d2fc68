// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_JOB_H_
#define DENSESHIFT_TESTS_MUTATION_JOB_H_

#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "driver/network/network.h"
#include "driver/program/program.h"
#include "tests/driver/random_network.h"
#include "tests/mutation/recorder.h"

namespace denseshift::testing {

using CommandList = std::vector<driver::CommandWords>;

// A compiled network and one batch for it.
struct LayerJob {
  driver::Program program;
  std::vector<std::vector<std::int8_t>> images;
};

// Of a network that loads, computes, pools, adds and stores in several tiles.
[[nodiscard]] LayerJob SmallJob(Recorder& device);

// Of random layers; draws again while they do not fit the device.
[[nodiscard]] LayerJob RandomJob(Recorder& device, std::uint32_t seed);

// Runs a job to its end; one that ends with an error is as welcome as any.
void RunJob(Recorder& device, const LayerJob& job, std::uint32_t watchdog);

// Reads all registers that tell how a job went.
void ReadStatus(Recorder& device);

// Runs a list from `address`. A job that has not ended after `limit_cycles` is cut off by a reset.
void RunList(Recorder& device,
             const CommandList& list,
             std::uint32_t watchdog,
             std::uint64_t limit_cycles,
             std::uint32_t address = 0x40);

// From here on, up to twice this address, FillMemory puts parameter sets that bring small sums into
// the range of a byte, so that every bit of a sum shows.
constexpr std::uint32_t kParameterSets = 0x3000;

// Fills the first MutationMemory().bytes of memory with random bytes, so that no two words are
// alike.
void FillMemory(Recorder& device, std::uint32_t seed);

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_JOB_H_

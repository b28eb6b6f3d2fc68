// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_STIMULI_H_
#define DENSESHIFT_TESTS_MUTATION_STIMULI_H_

#include <vector>

#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// The device that is mutated: the smallest array, buffers of a few rows, sums narrower than 32
// bits.
[[nodiscard]] sim::DeviceParameters MutationDevice();

// The memory most stimuli use.
[[nodiscard]] sim::MemoryParameters MutationMemory();

// Host accesses of every kind; jobs only as far as they move the registers.
[[nodiscard]] std::vector<Trace> RegisterStimuli();

// Compiled random layers on memories of every speed.
[[nodiscard]] std::vector<Trace> LayerStimuli();

// Hand-written lists: token counters at their ends, page crossings, empty and long lists,
// deadlocks.
[[nodiscard]] std::vector<Trace> ListStimuli();

// Lists of random commands that keep to docs/commands.md, and every bit of one of each kind
// flipped.
[[nodiscard]] std::vector<Trace> CommandStimuli();

// Bus errors and missing answers at every transaction of a job, and resets in the middle of one.
[[nodiscard]] std::vector<Trace> FaultStimuli();

// Commands with large counts, each run to its end.
[[nodiscard]] std::vector<Trace> CountStimuli();

// Addresses around every power of two, errors that meet, sweeps behind each other.
[[nodiscard]] std::vector<Trace> EndStimuli();

// Reads around the end of a group, long rows with a tail, sweeps of many tiles,
// many bursts.
[[nodiscard]] std::vector<Trace> EdgeStimuli();

// What random commands hit too rarely: late writes and tokens, odd addresses, single bits of
// addresses and numbers of stripes, the bounds of legal commands, every shift.
[[nodiscard]] std::vector<Trace> CornerStimuli();

// Jobs with the counters far on: numbers that take longer to reach than can be simulated.
[[nodiscard]] std::vector<Trace> LongStimuli();

// All of them, those that kill most mutants in the fewest cycles first.
[[nodiscard]] std::vector<Trace> AllStimuli();

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_STIMULI_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_
#define DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <queue>
#include <set>

#include "driver/capabilities.h"
#include "driver/compiler/buffers.h"
#include "driver/compiler/memory_speed.h"
#include "driver/compiler/program_pool.h"
#include "driver/compiler/program_timer.h"

namespace denseshift::driver {

// Looks for programs of a network that devices with the same or smaller buffers get, so that a
// larger buffer does not make it slower: docs/decisions/0012-larger-buffers.md.
//
// A program is made for the device; then, buffer by buffer, for the next smaller device that gets
// another one. The search goes on from programs about as good as the best, and from others a few
// steps along one buffer. What is good it measures with the memory the programs are cut for, not
// with the device's: so it finds the same programs whatever that is, and a faster memory never has
// less to choose from.
class BufferSearch {
 public:
  // The programs go to the pool.
  //
  // memory  for which the network is cut
  BufferSearch(ProgramPool& pool, const MemorySpeed& memory) : pool_(pool), memory_(memory) {}

  // To be called once.
  //
  // Errors  std::invalid_argument naming a layer that does not fit the device.
  void Run();

 private:
  // A device to look at.
  struct Step {
    std::int64_t cycles = 0;  // of the program that led to it
    std::size_t number = 0;
    Capabilities device;
    std::size_t buffer = kBuffers.size();  // that was made smaller; any, at first
    int reach = 0;                         // so many steps on along that are taken in any case

    // Whether it is looked at later than `other`.
    bool operator<(const Step& other) const {
      return cycles != other.cycles ? cycles > other.cycles : number > other.number;
    }
  };

  void Look(const Step& step);
  void GoOn(const Step& step, const ProgramPool::Entry& entry);
  [[nodiscard]] std::int64_t CyclesOf(const ProgramPool::Entry& entry);

  ProgramPool& pool_;
  MemorySpeed memory_;
  std::set<Buffers> looked_at_;
  std::map<const ProgramPool::Entry*, std::int64_t> cycles_;
  std::priority_queue<Step> steps_;
  std::size_t steps_taken_ = 0;
  std::int64_t commands_ = 0;  // of all programs
  std::int64_t best_cycles_ = ProgramTimer::kForever;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_BUFFER_SEARCH_H_

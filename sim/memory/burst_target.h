// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_BURST_TARGET_H_
#define DENSESHIFT_SIM_MEMORY_BURST_TARGET_H_

#include <cstdint>

namespace denseshift::sim {

// One burst on its way to the contents of a memory.
struct BurstData {
  std::uint32_t slot = 0;  // names it in AxiMemory::AnswerRead and AnswerWrite
  std::uint64_t address = 0;
  std::uint8_t* bytes = nullptr;    // to be read into or written from, up to the answer
  std::uint8_t* strobes = nullptr;  // write: 0xFF for each byte that counts, else 0
  std::uint32_t count = 0;          // of bytes and strobes
};

// Contents that lie outside an AxiMemory. Each burst is to be answered once, at once or later.
class BurstTarget {
 public:
  BurstTarget() = default;
  BurstTarget(const BurstTarget&) = delete;
  BurstTarget& operator=(const BurstTarget&) = delete;
  virtual ~BurstTarget() = default;

  virtual void StartRead(const BurstData& burst) = 0;
  virtual void StartWrite(const BurstData& burst) = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_BURST_TARGET_H_

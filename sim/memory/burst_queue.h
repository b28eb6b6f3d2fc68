// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_BURST_QUEUE_H_
#define DENSESHIFT_SIM_MEMORY_BURST_QUEUE_H_

#include <array>
#include <cstdint>

namespace denseshift::sim {

// What is on its way at most, in each direction.
constexpr std::uint32_t kMaxBursts = 64;

// A burst that an AxiMemory has accepted.
struct Burst {
  std::int64_t due = 0;  // first cycle in which R or B may be valid
  std::uint64_t address = 0;
  int beats = 0;  // not yet presented (R) or accepted (W)
  std::uint8_t id = 0;
  std::uint8_t response = 0;
  bool answers = true;
  bool takes_data = true;
  std::uint32_t slot = 0;  // of its data, if the contents lie elsewhere
  std::uint64_t begin = 0;
  std::uint32_t count = 0;  // bytes
};

// First in, first out; holds one direction's bursts.
class BurstQueue {
 public:
  [[nodiscard]] bool IsEmpty() const { return count_ == 0; }

  [[nodiscard]] Burst& Front() { return bursts_[front_]; }

  [[nodiscard]] Burst& Back() { return bursts_[(front_ + count_ - 1U) % kMaxBursts]; }

  void Push(const Burst& burst) { bursts_[(front_ + count_++) % kMaxBursts] = burst; }

  void Pop() {
    front_ = (front_ + 1U) % kMaxBursts;
    --count_;
  }

  void Clear() { count_ = 0; }

  // The burst whose data are in that slot; null if none is.
  [[nodiscard]] Burst* Find(std::uint32_t slot) {
    for (std::uint32_t i = 0; i < count_; ++i) {
      Burst& burst = bursts_[(front_ + i) % kMaxBursts];
      if (burst.slot == slot)
        return &burst;
    }
    return nullptr;
  }

 private:
  std::array<Burst, kMaxBursts> bursts_;
  std::uint32_t front_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_BURST_QUEUE_H_

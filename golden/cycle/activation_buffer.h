// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ACTIVATION_BUFFER_H_
#define DENSESHIFT_GOLDEN_CYCLE_ACTIVATION_BUFFER_H_

#include <array>
#include <cstdint>

#include "golden/cycle/buffers.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// The read side of the two groups: Lanes bytes from any byte on, of one group or of both;
// docs/timing.md "Activation buffer". It reads before the load unit writes in the same cycle.
class ActivationBuffer {
 public:
  ActivationBuffer(const Parameters& parameters, const LoadTargets& targets);

  struct Read {
    bool group_a = false;
    bool uses_b = false;
    std::uint32_t address_a = 0;  // bytes, in the group
    std::uint32_t address_b = 0;
  };

  // At the end of a cycle; u and x show the bytes from the next one on.
  void Start(const Read& read);

  // At the end of a cycle: which lanes take bytes of part A, and then of part B.
  void SetLanes(std::uint32_t length_a, std::uint32_t length_b);

  // What the lanes feed, one 32-bit number each.
  void FillU(std::uint32_t* u) const;

  // Part A as it is.
  [[nodiscard]] const std::uint8_t* x() const { return a_.data(); }

  void ListState(StateList& list) const;

 private:
  using LaneBytes = std::array<std::uint8_t, kMaxLanes>;

  void Copy(const WordBuffer& group, std::uint32_t address, LaneBytes& bytes) const;

  const LoadTargets& targets_;
  std::uint32_t lanes_;
  std::uint32_t group_bytes_;
  std::uint32_t low_mask_;
  unsigned low_bits_ = 0;
  bool a_group_ = false;
  bool b_use_ = false;
  std::uint8_t a_low_ = 0;
  std::uint8_t b_low_ = 0;
  LaneBytes a_mask_{};
  LaneBytes b_mask_{};
  // What the memories show.
  LaneBytes a_{};
  LaneBytes b_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ACTIVATION_BUFFER_H_

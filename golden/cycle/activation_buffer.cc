// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/activation_buffer.h"

#include <algorithm>
#include <cstring>

#include "golden/cycle/vector.h"

namespace denseshift::golden::cycle {

ActivationBuffer::ActivationBuffer(const Parameters& parameters, const LoadTargets& targets)
    : targets_(targets),
      lanes_(parameters.lanes),
      group_bytes_(parameters.act_bytes / 2),
      // Of all memories side by side: two words, or two vectors of lanes.
      low_mask_(2 * std::max(parameters.bus_bytes, parameters.lanes) - 1) {
  while ((low_mask_ >> low_bits_) != 0)
    ++low_bits_;
}

// Rows of memories follow each other, the first after the last.
inline void ActivationBuffer::Copy(const WordBuffer& group,
                                   std::uint32_t address,
                                   LaneBytes& bytes) const {
  const std::uint32_t size = group_bytes_;
  const std::uint32_t from = address & (size - 1U);
  if (from + kMaxLanes <= size) {
    for (std::uint32_t lane = 0; lane < lanes_; lane += kVectorBytes)
      std::memcpy(&bytes[lane], group.At(0) + from + lane, kVectorBytes);
    return;
  }
  for (std::uint32_t i = 0; i < lanes_; ++i)
    bytes[i] = group.At(0)[(from + i) & (size - 1U)];
}

void ActivationBuffer::Start(const Read& read) {
  a_group_ = read.group_a;
  b_use_ = read.uses_b;
  a_low_ = static_cast<std::uint8_t>(read.address_a & low_mask_);
  b_low_ = static_cast<std::uint8_t>(read.address_b & low_mask_);
  Copy(targets_.activation[a_group_ ? 1 : 0], read.address_a, a_);
  if (b_use_)
    Copy(targets_.activation[a_group_ ? 0 : 1], read.address_b, b_);
}

void ActivationBuffer::SetLanes(std::uint32_t length_a, std::uint32_t length_b) {
  for (std::uint32_t i = 0; i < lanes_; ++i) {
    a_mask_[i] = i < length_a ? 255 : 0;
    b_mask_[i] = i >= length_a && i < length_a + length_b ? 255 : 0;
  }
}

// Sixteen lanes at a time, also where there are fewer: what lies beyond is not looked at.
void ActivationBuffer::FillU(std::uint32_t* u) const {
  constexpr std::uint8_t kSign = 128;  // int8 to offset binary
  for (std::uint32_t lane = 0; lane < lanes_; lane += kVectorBytes) {
    VectorOfBytes bytes = (LoadBytes(&a_[lane]) ^ kSign) & LoadBytes(&a_mask_[lane]);
    if (b_use_)
      bytes |= (LoadBytes(&b_[lane]) ^ kSign) & LoadBytes(&b_mask_[lane]);
    StoreWidened(u + lane, bytes);
  }
}

void ActivationBuffer::ListState(StateList& list) const {
  list.Add("activation_buffer.a_group", a_group_, 1);
  list.Add("activation_buffer.b_use", b_use_, 1);
  list.Add("activation_buffer.a_low", a_low_, low_bits_);
  list.Add("activation_buffer.b_low", b_low_, low_bits_);
  list.AddRaw("activation_buffer.a_mask", a_mask_.data(), 8 * lanes_, 1);
  list.AddRaw("activation_buffer.b_mask", b_mask_.data(), 8 * lanes_, 1);
}

}  // namespace denseshift::golden::cycle

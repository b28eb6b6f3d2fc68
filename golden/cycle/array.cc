// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/array.h"

#include "golden/cycle/vector.h"

namespace denseshift::golden::cycle {

// Arrays have at least 16 places; what lies beyond a last odd vector is not looked at.
inline void Array::Swap() {
  constexpr std::size_t kCodes = std::size_t{2} * kVectorBytes;
  constexpr std::uint8_t kSign = 8;
  const std::size_t places = std::size_t{lanes_} * columns_;
  for (std::size_t place = 0; place < places; place += kCodes) {
    std::array<std::uint8_t, kCodes> codes;
    StoreNibbles(codes.data(), LoadBytes(&shadow_[place / 2]));
    for (std::size_t i = 0; i < kCodes; i += kVectorBytes) {
      const VectorOfBytes code = LoadBytes(&codes[i]);
      const VectorOfBytes exponent = code & 7;
      StoreBytes(&exponent_[place + i], exponent);
      StoreWidened(&shift_[place + i], exponent);
      StoreWidened(&flip_[place + i], (VectorOfBytes)((code & kSign) == kSign));
    }
  }
}

void Array::Step(bool swap, bool step, const ActivationBuffer& buffer) {
  if (busy_)
    sum_function_({u_.data(), flip_.data(), shift_.data(), lanes_, sum_.data()});
  if (swap)
    Swap();
  if (step)
    buffer.FillU(u_.data());
  busy_ = step;
}

void Array::ListState(StateList& list) const {
  const std::size_t places = std::size_t{lanes_} * columns_;
  list.AddRaw("array.shadow", shadow_.data(), 4 * columns_, lanes_);
  list.AddArray("array.flip", flip_.data(), 32, places);
  list.AddArray("array.exponent", exponent_.data(), 8, places);
  list.AddArray("array.u", u_.data(), 32, lanes_);
  list.Add("array.busy", busy_, 1);
  list.AddArray("array.sum", sum_.data(), 32, columns_);
}

}  // namespace denseshift::golden::cycle

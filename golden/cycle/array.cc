// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/array.h"

namespace denseshift::golden::cycle {

inline void Array::Swap() {
  const std::size_t places = std::size_t{lanes_} * columns_;
  for (std::size_t place = 0; place < places; ++place) {
    const std::uint32_t code = shadow_[place];
    flip_[place] = (code >> 3U) * 255U;
    shift_[place] = code & 7U;
  }
  for (std::size_t place = 0; place < places; ++place)
    exponent_[place] = shadow_[place] & 7U;
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
  list.AddArray("array.shadow", shadow_.data(), 4, places);
  list.AddArray("array.flip", flip_.data(), 32, places);
  list.AddArray("array.exponent", exponent_.data(), 8, places);
  list.AddArray("array.u", u_.data(), 32, lanes_);
  list.Add("array.busy", busy_, 1);
  list.AddArray("array.sum", sum_.data(), 32, columns_);
}

}  // namespace denseshift::golden::cycle

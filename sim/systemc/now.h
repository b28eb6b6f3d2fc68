// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_NOW_H_
#define DENSESHIFT_SIM_SYSTEMC_NOW_H_

#include <systemc>

namespace denseshift::systemc {

// Simulated time, by value: the kernel's own is a reference that moves on with the time.
[[nodiscard]] inline sc_core::sc_time Now() {
  return sc_core::sc_time_stamp();
}

// Lets a thread wait, unless the time is now or past.
inline void WaitUntil(const sc_core::sc_time& time) {
  if (time > Now())
    sc_core::wait(time - Now());
}

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_NOW_H_

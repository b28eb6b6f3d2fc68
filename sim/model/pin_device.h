// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MODEL_PIN_DEVICE_H_
#define DENSESHIFT_SIM_MODEL_PIN_DEVICE_H_

#include <cstdint>

#include "sim/model/clocked_device.h"

namespace denseshift::sim {

// A clocked device whose pins and clock another host may take over, cycle by cycle.
class PinDevice : public ClockedDevice {
 public:
  // One cycle in which another host drives the pins; without `host` its pins stay as in the cycle
  // before, and of what the device drives only the bus is to be looked at.
  virtual void Follow(const HostPins* host) = 0;

  // What the device drove in the last cycle; host pins if the host drove in it. Data of a channel
  // that is not valid is of no meaning.
  [[nodiscard]] const DevicePins& pins() const { return device_; }

  // Counts cycles in which nothing happened: the device is idle and the memory quiet.
  void Skip(std::uint64_t cycles) {
    memory_.Skip(cycles);
    cycles_ += cycles;
  }

 protected:
  using ClockedDevice::ClockedDevice;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MODEL_PIN_DEVICE_H_

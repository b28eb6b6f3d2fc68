// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_SIGNAL_H_
#define DENSESHIFT_SIM_LOCKSTEP_SIGNAL_H_

#include <cstdint>
#include <string>

namespace denseshift::sim {

// Where a value of some bits lies: an unsigned integer of 1, 2, 4 or 8 bytes, or 32-bit words,
// lowest first; `lsb` is the value's lowest bit in it.
struct Place {
  const void* data = nullptr;
  std::uint32_t bytes = 0;
  std::uint32_t lsb = 0;
};

// One value that RTL and cycle model both hold.
struct Signal {
  std::string unit;  // as in docs/timing.md: "feeder"
  std::string name;  // of the state in it: "window.slot"
  int lane = -1;     // of the array, or -1
  int column = -1;
  std::uint32_t bits = 0;
  std::string rtl_name;             // below ds_top: "u_compute.u_feeder.u_window.slot_q"
  std::uint32_t register_bits = 0;  // of the register it is, or is a part of
  bool is_whole = false;            // no other signal shares its register
  Place rtl;
  Place model;

  // "array.flip[lane 0, column 3]"
  [[nodiscard]] std::string FullName() const;
};

// The value as hexadecimal digits.
[[nodiscard]] std::string ValueText(const Place& place, std::uint32_t bits);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_SIGNAL_H_

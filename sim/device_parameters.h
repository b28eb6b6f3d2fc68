// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_DEVICE_PARAMETERS_H_
#define DENSESHIFT_SIM_DEVICE_PARAMETERS_H_

#include <algorithm>
#include <stdexcept>
#include <string>

namespace denseshift::sim {

// The parameters of one build of the device, docs/architecture.md "Parameters".
// Every simulated device is constructed from them and shows them in its
// capability registers.
struct DeviceParameters {
  int lanes = 16;          // inputs of the reduction; power of two, 4..64
  int columns = 16;        // output channels; power of two, 4..64
  int max_code_bits = 4;   // widest code, 2..4
  int acc_bits = 32;       // accumulator width, 16..32
  int acc_depth = 256;     // positions of a stripe; power of two, 16..1024
  int bus_bytes = 16;      // AXI4 data width in bytes: 8, 16 or 32
  int act_bytes = 65536;   // activation buffer, both groups together; power of two
  int wgt_bytes = 65536;   // weight buffer; power of two
  int out_bytes = 32768;   // output buffer; power of two
  int param_entries = 64;  // parameter entries, one set per column each; power of two

  // Throws std::invalid_argument naming field, value and allowed range for the
  // first field outside docs/architecture.md.
  void Validate() const;
};

namespace internal {

inline void CheckField(bool allowed, const char* field, int value, const std::string& range) {
  if (!allowed) {
    throw std::invalid_argument("device parameter " + std::string(field) + " is " +
                                std::to_string(value) + ", allowed is " + range);
  }
}

inline void CheckRange(const char* field, int value, int lowest, int highest) {
  CheckField(value >= lowest && value <= highest,
             field,
             value,
             std::to_string(lowest) + ".." + std::to_string(highest));
}

inline void CheckPowerOfTwo(const char* field, int value, int lowest, int highest) {
  CheckField(value >= lowest && value <= highest && (value & (value - 1)) == 0,
             field,
             value,
             "a power of two, " + std::to_string(lowest) + ".." + std::to_string(highest));
}

}  // namespace internal

inline void DeviceParameters::Validate() const {
  internal::CheckPowerOfTwo("lanes", lanes, 4, 64);
  internal::CheckPowerOfTwo("columns", columns, 4, 64);
  internal::CheckRange("max_code_bits", max_code_bits, 2, 4);
  internal::CheckRange("acc_bits", acc_bits, 16, 32);
  internal::CheckPowerOfTwo("acc_depth", acc_depth, 16, 1024);
  internal::CheckPowerOfTwo("bus_bytes", bus_bytes, 8, 32);
  // Largest sizes: what the fields of a command can address.
  constexpr int kFieldWords = 1 << 16;   // words of a 16-bit base
  constexpr int kOutputBytes = 1 << 24;  // bytes of a 24-bit output base
  const int entry_words = std::max(1, columns * 8 / bus_bytes);
  internal::CheckPowerOfTwo(
      "act_bytes", act_bytes, 8 * std::max(lanes, bus_bytes), 2 * kFieldWords * bus_bytes);
  internal::CheckPowerOfTwo("wgt_bytes", wgt_bytes, 2 * bus_bytes, kFieldWords * bus_bytes);
  internal::CheckPowerOfTwo("out_bytes",
                            out_bytes,
                            4 * std::max(columns, bus_bytes),
                            std::min(kFieldWords * bus_bytes, kOutputBytes));
  internal::CheckPowerOfTwo("param_entries", param_entries, 2, kFieldWords / entry_words);
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_DEVICE_PARAMETERS_H_

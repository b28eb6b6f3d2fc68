// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_STORAGE_H_
#define DENSESHIFT_SIM_FUNCTIONAL_STORAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/functional/job_error.h"

namespace denseshift::sim {

// One on-chip buffer. Every access names its unit and is checked.
class Buffer {
 public:
  explicit Buffer(std::size_t bytes) : data_(bytes) {}

  // Pointer to `bytes` bytes from byte address `address` on.
  // Throws JobError kBufferRange with that address if a byte of the access is outside.
  [[nodiscard]] std::uint8_t* At(std::uint64_t address, std::uint64_t bytes, Unit unit) {
    if (address + bytes > data_.size()) {
      throw JobError(ErrorCode::kBufferRange, unit, address);
    }
    return data_.data() + address;
  }

 private:
  std::vector<std::uint8_t> data_;
};

// Device memory behind the AXI4 master, read and written in bus words.
class DeviceMemory {
 public:
  DeviceMemory(std::size_t bytes, int bus_bytes)
      : data_(bytes), bus_bytes_(static_cast<std::uint32_t>(bus_bytes)) {}

  // The bus word at a byte address. Addresses are 32 bits, a word outside answers DECERR.
  // Throws JobError with `decode_error` and the byte address of the word.
  [[nodiscard]] std::uint8_t* Word(std::uint32_t address, ErrorCode decode_error, Unit unit) {
    if (std::uint64_t{address} + bus_bytes_ > data_.size()) {
      throw JobError(decode_error, unit, address);
    }
    return data_.data() + address;
  }

  [[nodiscard]] std::vector<std::uint8_t>& Data() { return data_; }

  [[nodiscard]] const std::vector<std::uint8_t>& Data() const { return data_; }

 private:
  std::vector<std::uint8_t> data_;
  std::uint32_t bus_bytes_;
};

// Everything that survives from command to command and from job to job.
struct Storage {
  Storage(const DeviceParameters& parameters, std::size_t memory_bytes);

  DeviceMemory memory;
  std::array<Buffer, 2> activation;  // by group
  Buffer weight;
  Buffer parameter;
  Buffer output;
  // Sums of the positions of a stripe, [AccDepth, Columns], modulo 2^32: a
  // multiple of every 2^AccW, so wrapping them when they are used is enough.
  std::vector<std::uint32_t> accumulators;
};

// One set of a parameter entry; docs/commands.md "Buffers".
struct ParameterSet {
  std::int32_t bias = 0;         // B
  std::uint16_t multiplier = 0;  // M
  int shift = 0;                 // S
};

// Sets 0 .. columns-1 of an entry, as the post unit reads them.
// Throws JobError if the entry is outside the buffer.
[[nodiscard]] std::vector<ParameterSet> ReadParameters(Storage& storage,
                                                       const DeviceParameters& parameters,
                                                       std::uint32_t entry,
                                                       std::uint32_t columns);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_STORAGE_H_

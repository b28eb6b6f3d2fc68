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
  explicit DeviceMemory(int bus_bytes) : bus_bytes_(static_cast<std::uint32_t>(bus_bytes)) {}

  DeviceMemory(const DeviceMemory&) = delete;
  DeviceMemory& operator=(const DeviceMemory&) = delete;
  virtual ~DeviceMemory() = default;

  // The bus word at a byte address, valid up to the next call. Throws JobError for `unit` if the
  // memory answers with an error.
  [[nodiscard]] const std::uint8_t* ReadWord(std::uint32_t address, Unit unit) {
    return IsDirect(address) ? direct_.data + (address - direct_.begin)
                             : ReadElsewhere(address, unit);
  }

  // Writes bytes begin .. end - 1 of a bus word. Errors as ReadWord.
  void WriteWord(std::uint32_t address,
                 const std::uint8_t* word,
                 std::uint32_t begin,
                 std::uint32_t end,
                 Unit unit) {
    if (!IsDirect(address)) {
      WriteElsewhere(address, word, begin, end, unit);
      return;
    }
    std::uint8_t* target = direct_.data + (address - direct_.begin);
    for (std::uint32_t i = begin; i < end; ++i)
      target[i] = word[i];
  }

 protected:
  // Where words can be accessed in this process's memory: addresses begin .. end - 1.
  struct DirectRegion {
    std::uint8_t* data = nullptr;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };

  void SetDirect(const DirectRegion& region) { direct_ = region; }

  [[nodiscard]] std::uint32_t bus_bytes() const { return bus_bytes_; }

  // Words outside the region. Without an override they answer DECERR.
  [[nodiscard]] virtual const std::uint8_t* ReadElsewhere(std::uint32_t address, Unit unit);
  virtual void WriteElsewhere(std::uint32_t address,
                              const std::uint8_t* word,
                              std::uint32_t begin,
                              std::uint32_t end,
                              Unit unit);

 private:
  [[nodiscard]] bool IsDirect(std::uint32_t address) const {
    return address >= direct_.begin && std::uint64_t{address} + bus_bytes_ <= direct_.end;
  }

  std::uint32_t bus_bytes_;
  DirectRegion direct_;
};

// Device memory of its own, all zeros.
class ArrayMemory final : public DeviceMemory {
 public:
  ArrayMemory(std::size_t bytes, int bus_bytes) : DeviceMemory(bus_bytes), data_(bytes) {
    SetDirect({data_.data(), 0, data_.size()});
  }

  [[nodiscard]] std::vector<std::uint8_t>& Data() { return data_; }

  [[nodiscard]] const std::vector<std::uint8_t>& Data() const { return data_; }

 private:
  std::vector<std::uint8_t> data_;
};

// Everything that survives from command to command and from job to job.
struct Storage {
  Storage(const DeviceParameters& parameters, DeviceMemory& device_memory);

  DeviceMemory& memory;
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

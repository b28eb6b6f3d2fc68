// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_MEMORY_CONTENTS_H_
#define DENSESHIFT_SIM_MEMORY_MEMORY_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "sim/memory/axi_pins.h"

namespace denseshift::sim {

// The bytes of a memory, all zeros, and its back door.
class MemoryContents {
 public:
  // Throws std::bad_alloc.
  explicit MemoryContents(std::uint64_t bytes);

  // Throw std::out_of_range if [address, address + bytes) is not inside the memory.
  void Read(std::uint64_t address, void* data, std::size_t bytes) const;
  void Write(std::uint64_t address, const void* data, std::size_t bytes);

  // A bus word inside the memory; as many bytes can be read from there as the widest bus has.
  [[nodiscard]] const std::uint8_t* Word(std::uint64_t address) const {
    return bytes_.get() + address;
  }

  // The bytes of a bus word whose strobes are set, as the master sends them.
  void WriteWord(std::uint64_t address, const AxiMasterPins& master, unsigned bus_bytes);

 private:
  struct Free {
    void operator()(std::uint8_t* p) const { std::free(p); }  // NOLINT: calloc'd, see constructor
  };

  void CheckInside(std::uint64_t address, std::size_t bytes) const;

  std::uint64_t count_;
  std::unique_ptr<std::uint8_t, Free> bytes_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_MEMORY_CONTENTS_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/memory_contents.h"

#include <cstring>
#include <fmt/format.h>
#include <new>
#include <stdexcept>

namespace denseshift::sim {
namespace {

// A copy of fixed size for each bus width: no call.
void CopyWord(std::uint8_t* to, const std::uint8_t* from, unsigned bus_bytes) {
  if (bus_bytes == 8) {
    std::memcpy(to, from, 8);
  } else if (bus_bytes == 16) {
    std::memcpy(to, from, 16);
  } else {
    std::memcpy(to, from, 32);
  }
}

}  // namespace

MemoryContents::MemoryContents(std::uint64_t bytes)
    : count_(bytes),
      // calloc: the system hands out zeroed pages as they are touched. The last word can be copied
      // with the width of the widest bus.
      bytes_(static_cast<std::uint8_t*>(
          std::calloc(bytes + kMaxBusBytes, 1))) {  // NOLINT: freed by the pointer's deleter
  if (bytes_ == nullptr)
    throw std::bad_alloc();
}

void MemoryContents::CheckInside(std::uint64_t address, std::size_t bytes) const {
  if (address > count_ || bytes > count_ - address) {
    throw std::out_of_range(
        fmt::format("{} bytes at address {:#x} are outside the device memory of {} bytes",
                    bytes,
                    address,
                    count_));
  }
}

void MemoryContents::Read(std::uint64_t address, void* data, std::size_t bytes) const {
  CheckInside(address, bytes);
  if (bytes != 0)
    std::memcpy(data, bytes_.get() + address, bytes);
}

void MemoryContents::Write(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckInside(address, bytes);
  if (bytes != 0)
    std::memcpy(bytes_.get() + address, data, bytes);
}

void MemoryContents::WriteWord(std::uint64_t address,
                               const AxiMasterPins& master,
                               unsigned bus_bytes) {
  std::uint8_t* target = bytes_.get() + address;
  if (master.wstrb == 0xFFFFFFFFU >> (32U - bus_bytes)) {
    CopyWord(target, master.wdata, bus_bytes);
    return;
  }
  for (unsigned i = 0; i < bus_bytes; ++i) {
    if ((master.wstrb >> i & 1U) != 0)
      target[i] = master.wdata[i];
  }
}

}  // namespace denseshift::sim

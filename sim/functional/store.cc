// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>

#include "sim/functional/execute.h"

namespace denseshift::sim {

void ExecuteStore(const StoreCommand& store, const DeviceParameters& parameters, Storage& storage) {
  const auto bus_bytes = static_cast<std::uint32_t>(parameters.bus_bytes);
  for (std::uint32_t row = 0; row < store.rows; ++row) {
    std::uint64_t source = (store.base + std::uint64_t{row} * store.pitch) * bus_bytes;
    std::uint32_t address = store.address + row * store.row_stride;
    for (std::uint32_t i = 0; i < store.words_per_row; ++i) {
      const std::uint8_t* from = storage.output.At(source, bus_bytes, Unit::kStore);
      const std::uint32_t begin = i == 0 ? store.head : 0;
      const std::uint32_t end = i + 1 == store.words_per_row ? store.tail : bus_bytes;
      storage.memory.WriteWord(address, from, begin, end, Unit::kStore);
      source += bus_bytes;
      address += bus_bytes;
    }
  }
}

void ExecuteStamp(const StampCommand& stamp, const DeviceParameters& parameters, Storage& storage) {
  constexpr std::size_t kMaxBusBytes = 32;
  const std::array<std::uint8_t, kMaxBusBytes> zeros{};
  storage.memory.WriteWord(stamp.address,
                           zeros.data(),
                           0,
                           static_cast<std::uint32_t>(parameters.bus_bytes),
                           Unit::kStore);
}

}  // namespace denseshift::sim

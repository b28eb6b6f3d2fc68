// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/storage.h"

namespace denseshift::sim {
namespace {

constexpr std::size_t kParameterSetBytes = 8;

// The unsigned number in `bytes` little-endian bytes.
std::uint32_t LittleEndian(const std::uint8_t* data, unsigned bytes) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < bytes; ++i) {
    value |= static_cast<std::uint32_t>(data[i]) << (8 * i);
  }
  return value;
}

}  // namespace

const std::uint8_t* DeviceMemory::ReadElsewhere(std::uint32_t address, Unit unit) {
  throw JobError(ErrorCode::kReadDecodeError, unit, address);
}

void DeviceMemory::WriteElsewhere(std::uint32_t address,
                                  const std::uint8_t* /*word*/,
                                  std::uint32_t /*begin*/,
                                  std::uint32_t /*end*/,
                                  Unit unit) {
  throw JobError(ErrorCode::kWriteDecodeError, unit, address);
}

Storage::Storage(const DeviceParameters& parameters, DeviceMemory& device_memory)
    : memory(device_memory),
      activation{Buffer(static_cast<std::size_t>(parameters.act_bytes) / 2),
                 Buffer(static_cast<std::size_t>(parameters.act_bytes) / 2)},
      weight(static_cast<std::size_t>(parameters.wgt_bytes)),
      parameter(static_cast<std::size_t>(parameters.param_entries) *
                static_cast<std::size_t>(parameters.columns) * kParameterSetBytes),
      output(static_cast<std::size_t>(parameters.out_bytes)),
      accumulators(static_cast<std::size_t>(parameters.acc_depth) *
                   static_cast<std::size_t>(parameters.columns)) {
}

std::vector<ParameterSet> ReadParameters(Storage& storage,
                                         const DeviceParameters& parameters,
                                         std::uint32_t entry,
                                         std::uint32_t columns) {
  const std::uint64_t entry_bytes =
      static_cast<std::uint64_t>(parameters.columns) * kParameterSetBytes;
  const std::uint8_t* data =
      storage.parameter.At(entry * entry_bytes, columns * kParameterSetBytes, Unit::kPost);
  std::vector<ParameterSet> sets(columns);
  for (ParameterSet& set : sets) {
    set.bias = static_cast<std::int32_t>(LittleEndian(data, 4));
    set.multiplier = static_cast<std::uint16_t>(LittleEndian(data + 4, 2));
    set.shift = static_cast<int>(data[6] & 63U);
    data += kParameterSetBytes;
  }
  return sets;
}

}  // namespace denseshift::sim

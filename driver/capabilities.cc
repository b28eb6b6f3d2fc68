// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/capabilities.h"

#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/registers.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxBytes = 1 << 24;  // of a buffer: the commands' address fields reach no further

bool IsPossible(const CapabilityField& field, std::int64_t value) {
  return value >= field.min && value <= field.max &&
         !(field.power_of_two && (value & (value - 1)) != 0);
}

std::string Allowed(const CapabilityField& field) {
  return fmt::format(
      "{}{} .. {}", field.power_of_two ? "a power of two, " : "", field.min, field.max);
}

// Calls fail(field, value) for each field whose value is impossible.
template <typename Fail>
void Check(const Capabilities& capabilities, Fail fail) {
  for (const CapabilityField& field : CapabilityFields()) {
    if (!IsPossible(field, capabilities.*(field.member))) {
      fail(field, capabilities.*(field.member));
    }
  }
}

void CheckIdentity(Device& device) {
  const std::uint32_t id = device.ReadRegister(registers::kId);
  if (id != registers::kIdValue) {
    throw std::runtime_error(
        fmt::format("register ID is {:#010x}, expected {:#010x}: not a DenseShift accelerator",
                    id,
                    registers::kIdValue));
  }
  const std::uint32_t version = device.ReadRegister(registers::kVersion);
  constexpr std::uint32_t kExpected =
      registers::kRegisterMapVersion << 16U | registers::kCommandSetVersion;
  if (version != kExpected) {
    throw std::runtime_error(
        fmt::format("register VERSION is {:#010x}, expected {:#010x}: this driver knows register "
                    "map version {} and command set version {}",
                    version,
                    kExpected,
                    registers::kRegisterMapVersion,
                    registers::kCommandSetVersion));
  }
}

// A buffer size; values that do not fit an int are as impossible as any above the maximum.
int ReadSize(Device& device, std::uint32_t offset) {
  const std::uint32_t value = device.ReadRegister(offset);
  return value > static_cast<std::uint32_t>(INT32_MAX) ? INT32_MAX : static_cast<int>(value);
}

}  // namespace

const std::array<CapabilityField, 10>& CapabilityFields() {
  using C = Capabilities;
  static const std::array<CapabilityField, 10> kFields = {{
      {"Lanes", "CAP_ARRAY", &C::lanes, 4, 64, true},
      {"Columns", "CAP_ARRAY", &C::columns, 4, 64, true},
      {"MaxCodeBits", "CAP_ARRAY", &C::max_code_bits, 2, 4, false},
      {"AccW", "CAP_ARRAY", &C::accumulator_bits, 16, 32, false},
      {"AccDepth", "CAP_BUS", &C::accumulator_depth, 16, 1024, true},
      {"BusBytes", "CAP_BUS", &C::bus_bytes, 8, 32, true},
      {"ActBytes", "CAP_ACT_BYTES", &C::act_bytes, 64, kMaxBytes, true},
      {"WgtBytes", "CAP_WGT_BYTES", &C::wgt_bytes, 64, kMaxBytes, true},
      {"OutBytes", "CAP_OUT_BYTES", &C::out_bytes, 64, kMaxBytes, true},
      {"ParamEntries", "CAP_PARAM_ENTRIES", &C::param_entries, 1, 65536, true},
  }};
  return kFields;
}

Capabilities ReadCapabilities(Device& device) {
  CheckIdentity(device);
  const std::uint32_t array = device.ReadRegister(registers::kCapArray);
  const std::uint32_t formats = array >> 20U & 0xFU;
  if ((formats & registers::kFormatInt8) == 0) {
    throw std::runtime_error(fmt::format(
        "register CAP_ARRAY is {:#010x}: activation formats are {:#x}, expected bit 0 (int8)",
        array,
        formats));
  }
  const std::uint32_t bus = device.ReadRegister(registers::kCapBus);
  Capabilities capabilities;
  capabilities.lanes = static_cast<int>(array & 0xFFU);
  capabilities.columns = static_cast<int>(array >> 8U & 0xFFU);
  capabilities.max_code_bits = static_cast<int>(array >> 16U & 0xFU);
  capabilities.accumulator_bits = static_cast<int>(array >> 24U);
  capabilities.bus_bytes = static_cast<int>(bus & 0xFFFFU);
  capabilities.accumulator_depth = static_cast<int>(bus >> 16U);
  capabilities.act_bytes = ReadSize(device, registers::kCapActBytes);
  capabilities.wgt_bytes = ReadSize(device, registers::kCapWgtBytes);
  capabilities.out_bytes = ReadSize(device, registers::kCapOutBytes);
  capabilities.param_entries = ReadSize(device, registers::kCapParamEntries);
  Check(capabilities, [](const CapabilityField& field, int value) {
    throw std::runtime_error(fmt::format("register {} gives {} = {}, expected {}",
                                         field.register_name,
                                         field.name,
                                         value,
                                         Allowed(field)));
  });
  return capabilities;
}

void ValidateCapabilities(const Capabilities& capabilities) {
  Check(capabilities, [](const CapabilityField& field, int value) {
    throw std::invalid_argument(
        fmt::format("{} = {}, expected {}", field.name, value, Allowed(field)));
  });
}

std::string DescribeDifference(const Capabilities& here, const Capabilities& there) {
  for (const CapabilityField& field : CapabilityFields()) {
    const int a = here.*(field.member);
    const int b = there.*(field.member);
    if (a != b) {
      return fmt::format("{} is {} here and {} there", field.name, a, b);
    }
  }
  return "";
}

}  // namespace denseshift::driver

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/port_memory.h"

#include <algorithm>

#include "sim/systemc/now.h"

namespace denseshift::systemc {
namespace {

constexpr std::uint64_t kLastAddress = 0xFFFFFFFF;  // of the bus

sim::ErrorCode ErrorOf(tlm::tlm_response_status status, bool is_write) {
  if (status == tlm::TLM_ADDRESS_ERROR_RESPONSE) {
    return is_write ? sim::ErrorCode::kWriteDecodeError : sim::ErrorCode::kReadDecodeError;
  }
  return is_write ? sim::ErrorCode::kWriteSlaveError : sim::ErrorCode::kReadSlaveError;
}

}  // namespace

PortMemory::PortMemory(MemoryPort& port, int bus_bytes) : DeviceMemory(bus_bytes), port_(port) {
  port_.OnInvalidated([this] {
    SetDirect({});
    direct_latency_ = sc_core::SC_ZERO_TIME;
  });
}

const std::uint8_t* PortMemory::ReadElsewhere(std::uint32_t address, sim::Unit unit) {
  const tlm::tlm_response_status status =
      Transport({false, address, word_.data(), nullptr, bus_bytes()});
  if (status != tlm::TLM_OK_RESPONSE)
    throw sim::JobError(ErrorOf(status, false), unit, address);
  return word_.data();
}

void PortMemory::WriteElsewhere(std::uint32_t address,
                                const std::uint8_t* word,
                                std::uint32_t begin,
                                std::uint32_t end,
                                sim::Unit unit) {
  std::copy(word, word + bus_bytes(), word_.begin());
  const bool is_whole = begin == 0 && end == bus_bytes();
  for (std::uint32_t i = 0; i < bus_bytes() && !is_whole; ++i)
    enables_.at(i) = i >= begin && i < end ? TLM_BYTE_ENABLED : TLM_BYTE_DISABLED;
  const tlm::tlm_response_status status =
      Transport({true, address, word_.data(), is_whole ? nullptr : enables_.data(), bus_bytes()});
  if (status != tlm::TLM_OK_RESPONSE)
    throw sim::JobError(ErrorOf(status, true), unit, address);
}

tlm::tlm_response_status PortMemory::Transport(const MemoryBurst& burst) {
  const sc_core::sc_time begin = Now();
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  bool may_be_direct = false;
  const tlm::tlm_response_status status = port_.Transport(burst, delay, &may_be_direct);
  latency_ = std::max(latency_, Now() + delay - begin);
  if (may_be_direct)
    TryDirect(burst.address);
  return status;
}

void PortMemory::TryDirect(std::uint64_t address) {
  tlm::tlm_dmi region;
  if (port_.FindDirect(address, region)) {
    direct_latency_ = std::max(region.get_read_latency(), region.get_write_latency());
    latency_ = std::max(latency_, direct_latency_);
    const std::uint64_t last = std::min<std::uint64_t>(region.get_end_address(), kLastAddress);
    SetDirect({region.get_dmi_ptr(), region.get_start_address(), last + 1});
  }
}

}  // namespace denseshift::systemc

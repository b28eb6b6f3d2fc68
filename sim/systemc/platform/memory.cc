// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/memory.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace denseshift::systemc {

using sc_core::sc_time;
using tlm::tlm_generic_payload;

Memory::Memory(const sc_core::sc_module_name& name, const MemoryOptions& options)
    : sc_core::sc_module(name),
      options_(options),
      // calloc: the system hands out zeroed pages as they are touched.
      contents_(static_cast<std::uint8_t*>(std::calloc(options.bytes, 1))),  // NOLINT
      random_(options.seed) {
  if (contents_ == nullptr)
    throw std::bad_alloc();
  socket.register_b_transport(this, &Memory::Transport);
  socket.register_transport_dbg(this, &Memory::TransportDebug);
  socket.register_get_direct_mem_ptr(this, &Memory::GetDirect);
}

void Memory::AddFault(const MemoryFault& fault) {
  faults_.push_back(fault);
  socket->invalidate_direct_mem_ptr(0, options_.bytes - 1);
}

bool Memory::GrantsDirect() const {
  return faults_.empty() && options_.latency == sc_core::SC_ZERO_TIME &&
         options_.random_latency == sc_core::SC_ZERO_TIME;
}

bool Memory::IsInside(const tlm_generic_payload& payload) const {
  const std::uint64_t bytes = std::min(payload.get_data_length(), payload.get_streaming_width());
  return payload.get_address() < options_.bytes && bytes <= options_.bytes - payload.get_address();
}

tlm::tlm_response_status Memory::Check(const tlm_generic_payload& payload) const {
  if (!payload.is_read() && !payload.is_write())
    return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (!IsInside(payload))
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  if (payload.get_data_length() == 0 || payload.get_streaming_width() == 0)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0)
    return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (payload.get_data_ptr() == nullptr)
    return tlm::TLM_GENERIC_ERROR_RESPONSE;
  const std::uint64_t begin = payload.get_address();
  const std::uint64_t end =
      begin + std::min(payload.get_data_length(), payload.get_streaming_width());
  for (const MemoryFault& fault : faults_) {
    const bool is_meant = payload.is_read() ? fault.reads : fault.writes;
    if (is_meant && begin < fault.end && end > fault.begin)
      return fault.response;
  }
  return tlm::TLM_OK_RESPONSE;
}

void Memory::Copy(tlm_generic_payload& payload) {
  std::uint8_t* memory = contents_.get() + payload.get_address();
  std::uint8_t* data = payload.get_data_ptr();
  const unsigned bytes = payload.get_data_length();
  const unsigned width = payload.get_streaming_width();
  const std::uint8_t* enables = payload.get_byte_enable_ptr();
  if (enables == nullptr && width >= bytes) {
    std::memcpy(payload.is_read() ? data : memory, payload.is_read() ? memory : data, bytes);
    return;
  }
  for (unsigned i = 0; i < bytes; ++i) {
    if (enables != nullptr && enables[i % payload.get_byte_enable_length()] != TLM_BYTE_ENABLED)
      continue;
    std::uint8_t& place = memory[i % width];
    if (payload.is_read()) {
      data[i] = place;
    } else {
      place = data[i];
    }
  }
}

void Memory::Transport(tlm_generic_payload& payload, sc_time& delay) {
  payload.set_dmi_allowed(GrantsDirect());
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  delay += options_.latency;
  if (options_.random_latency != sc_core::SC_ZERO_TIME)
    delay += sc_time::from_value(random_() % (options_.random_latency.value() + 1));
  const tlm::tlm_response_status status = Check(payload);
  if (status == tlm::TLM_OK_RESPONSE)
    Copy(payload);
  payload.set_response_status(status);
}

unsigned Memory::TransportDebug(tlm_generic_payload& payload) {
  if (payload.get_address() >= options_.bytes || payload.get_data_ptr() == nullptr ||
      (!payload.is_read() && !payload.is_write()))
    return 0;
  const std::uint64_t left = options_.bytes - payload.get_address();
  const auto bytes =
      static_cast<unsigned>(std::min<std::uint64_t>(payload.get_data_length(), left));
  std::uint8_t* memory = contents_.get() + payload.get_address();
  std::memcpy(payload.is_read() ? payload.get_data_ptr() : memory,
              payload.is_read() ? memory : payload.get_data_ptr(),
              bytes);
  return bytes;
}

bool Memory::GetDirect(tlm_generic_payload& payload, tlm::tlm_dmi& region) {
  region.set_start_address(0);
  region.set_end_address(options_.bytes - 1);
  if (payload.get_address() >= options_.bytes) {
    region.set_start_address(options_.bytes);
    region.set_end_address(~sc_dt::uint64{0});
    region.allow_none();
    return false;
  }
  region.set_dmi_ptr(contents_.get());
  if (!GrantsDirect()) {
    region.allow_none();
    return false;
  }
  region.allow_read_write();
  return true;
}

}  // namespace denseshift::systemc

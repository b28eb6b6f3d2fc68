// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/interrupt_controller.h"

#include <cstring>

#include "sim/systemc/platform/address_map.h"

namespace denseshift::systemc {
namespace {

// What is wrong with a transaction, or OK.
tlm::tlm_response_status Check(const tlm::tlm_generic_payload& payload) {
  constexpr unsigned kBytes = sizeof(std::uint32_t);
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND)
    return tlm::TLM_OK_RESPONSE;
  if (!payload.is_read() && !payload.is_write())
    return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (payload.get_address() != kPending && payload.get_address() != kEnable)
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  if (payload.get_data_length() != kBytes || payload.get_streaming_width() < kBytes)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr)
    return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  return payload.get_data_ptr() == nullptr ? tlm::TLM_GENERIC_ERROR_RESPONSE : tlm::TLM_OK_RESPONSE;
}

}  // namespace

InterruptController::InterruptController(const sc_core::sc_module_name& name, unsigned line_count)
    : sc_core::sc_module(name), lines("lines", line_count) {
  socket.register_b_transport(this, &InterruptController::Transport);
  SC_HAS_PROCESS(InterruptController);
  SC_METHOD(Drive);
  sensitive << enable_changes_;
  for (auto& line : lines)
    sensitive << line;
}

std::uint32_t InterruptController::Pending() const {
  std::uint32_t pending = 0;
  for (unsigned i = 0; i < lines.size(); ++i)
    pending |= (lines[i].read() ? 1U : 0U) << i;
  return pending;
}

void InterruptController::Drive() {
  interrupt->write((Pending() & enable_) != 0);
}

void InterruptController::Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  payload.set_dmi_allowed(false);
  const tlm::tlm_response_status status = Check(payload);
  payload.set_response_status(status);
  if (status != tlm::TLM_OK_RESPONSE || payload.get_command() == tlm::TLM_IGNORE_COMMAND)
    return;
  if (delay != sc_core::SC_ZERO_TIME)
    sc_core::wait(delay);  // what is pending may change up to then
  delay = sc_core::SC_ZERO_TIME;
  std::uint32_t value = 0;
  if (payload.is_read()) {
    value = payload.get_address() == kPending ? Pending() : enable_;
    std::memcpy(payload.get_data_ptr(), &value, sizeof(value));
  } else if (payload.get_address() == kEnable) {
    std::memcpy(&value, payload.get_data_ptr(), sizeof(value));
    enable_ = value;
    enable_changes_.notify(sc_core::SC_ZERO_TIME);
  }
}

}  // namespace denseshift::systemc

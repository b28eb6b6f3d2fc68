// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/interrupt_controller.h"

#include <cstring>

#include "sim/systemc/platform/address_map.h"

namespace denseshift::systemc {

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

void InterruptController::Transport(tlm::tlm_generic_payload& payload,
                                    sc_core::sc_time& /*delay*/) {
  payload.set_dmi_allowed(false);
  const sc_dt::uint64 address = payload.get_address();
  std::uint32_t value = 0;
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  if (address != kPending && address != kEnable) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  if (payload.get_data_length() != sizeof(value) || payload.get_streaming_width() < sizeof(value)) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return;
  }
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    return;
  }
  if (payload.is_read()) {
    value = address == kPending ? Pending() : enable_;
    std::memcpy(payload.get_data_ptr(), &value, sizeof(value));
  } else if (address == kEnable) {
    std::memcpy(&value, payload.get_data_ptr(), sizeof(value));
    enable_ = value;
    enable_changes_.notify(sc_core::SC_ZERO_TIME);
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

}  // namespace denseshift::systemc

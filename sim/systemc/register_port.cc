// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/register_port.h"

#include <cstdint>
#include <optional>

namespace denseshift::systemc {
namespace {

constexpr unsigned kBytes = 4;  // of a register
constexpr std::uint64_t kRegisterBytes = 0x1000;

// Holds a mutex for as long as it lives: also if the process that waits in between is killed.
class Turn {
 public:
  explicit Turn(sc_core::sc_mutex& mutex) : mutex_(mutex) { mutex_.lock(); }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  ~Turn() { mutex_.unlock(); }

 private:
  sc_core::sc_mutex& mutex_;
};

bool IsRegister(std::uint64_t address) {
  return address % kBytes == 0 && address < kRegisterBytes;
}

// What is wrong with a transaction, or OK.
tlm::tlm_response_status Check(const tlm::tlm_generic_payload& payload) {
  if (payload.get_command() != tlm::TLM_READ_COMMAND &&
      payload.get_command() != tlm::TLM_WRITE_COMMAND)
    return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (!IsRegister(payload.get_address()))
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  if (payload.get_data_length() != kBytes || payload.get_streaming_width() < kBytes)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0)
    return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (payload.get_data_ptr() == nullptr)
    return tlm::TLM_GENERIC_ERROR_RESPONSE;
  return tlm::TLM_OK_RESPONSE;
}

bool IsEnabled(const tlm::tlm_generic_payload& payload, unsigned byte) {
  return payload.get_byte_enable_ptr() == nullptr ||
         payload.get_byte_enable_ptr()[byte % payload.get_byte_enable_length()] == TLM_BYTE_ENABLED;
}

// Registers are little-endian in the data of a transaction, whatever the host is.
RegisterAccess ToAccess(const tlm::tlm_generic_payload& payload) {
  RegisterAccess access;
  access.is_write = payload.is_write();
  access.offset = static_cast<std::uint32_t>(payload.get_address());
  access.strobes = 0;
  for (unsigned i = 0; i < kBytes; ++i) {
    if (!IsEnabled(payload, i))
      continue;
    access.strobes = static_cast<std::uint8_t>(access.strobes | 1U << i);
    if (access.is_write)
      access.value |= std::uint32_t{payload.get_data_ptr()[i]} << (8 * i);
  }
  return access;
}

std::uint8_t ByteOf(std::uint32_t value, unsigned byte) {
  return static_cast<std::uint8_t>(value >> (8 * byte));
}

}  // namespace

RegisterPort::RegisterPort(const sc_core::sc_module_name& name, Body& body)
    : sc_core::sc_module(name), body_(body) {
  socket.register_b_transport(this, &RegisterPort::Transport);
  socket.register_transport_dbg(this, &RegisterPort::TransportDebug);
}

void RegisterPort::Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  payload.set_dmi_allowed(false);
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  const tlm::tlm_response_status status = Check(payload);
  if (status != tlm::TLM_OK_RESPONSE) {
    payload.set_response_status(status);
    return;
  }
  if (delay != sc_core::SC_ZERO_TIME)
    sc_core::wait(delay);
  delay = sc_core::SC_ZERO_TIME;
  const Turn turn(turn_);
  const std::uint32_t value = body_.Access(ToAccess(payload));
  for (unsigned i = 0; i < kBytes && payload.is_read(); ++i) {
    if (IsEnabled(payload, i))
      payload.get_data_ptr()[i] = ByteOf(value, i);
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

// A debug access has neither byte enables nor a streaming width, whatever its payload says.
unsigned RegisterPort::TransportDebug(tlm::tlm_generic_payload& payload) {
  if (!payload.is_read() || !IsRegister(payload.get_address()) ||
      payload.get_data_length() != kBytes || payload.get_data_ptr() == nullptr)
    return 0;
  const std::optional<std::uint32_t> value =
      body_.Peek(static_cast<std::uint32_t>(payload.get_address()));
  if (!value.has_value())
    return 0;
  for (unsigned i = 0; i < kBytes; ++i)
    payload.get_data_ptr()[i] = ByteOf(*value, i);
  return kBytes;
}

}  // namespace denseshift::systemc

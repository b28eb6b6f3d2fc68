// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/protocol_rules.h"

#include <fmt/format.h>
#include <tuple>

#include "sim/systemc/now.h"

namespace denseshift::systemc {

using sc_core::sc_time;
using tlm::tlm_generic_payload;

namespace {

// A phase that the base protocol lets pass and its components ignore.
bool IsExtended(const tlm::tlm_phase& phase) {
  return phase > tlm::END_RESP;
}

}  // namespace

void ProtocolRules::Fail(const tlm_generic_payload& payload, const std::string& rule) const {
  SC_REPORT_ERROR("/denseshift/tlm",
                  fmt::format("{}: {}; {} of {} bytes at {:#x}, response {}",
                              module_.name(),
                              rule,
                              payload.is_write()  ? "write"
                              : payload.is_read() ? "read"
                                                  : "command that is neither",
                              payload.get_data_length(),
                              payload.get_address(),
                              payload.get_response_string())
                      .c_str());
}

bool ProtocolRules::Attributes::operator==(const Attributes& other) const {
  const auto all = [](const Attributes& a) {
    return std::tie(a.command, a.address, a.data, a.length, a.enables, a.enable_length, a.width);
  };
  return all(*this) == all(other);
}

ProtocolRules::Attributes ProtocolRules::AttributesOf(const tlm_generic_payload& payload) {
  return {payload.get_command(),
          payload.get_address(),
          payload.get_data_ptr(),
          payload.get_data_length(),
          payload.get_byte_enable_ptr(),
          payload.get_byte_enable_length(),
          payload.get_streaming_width()};
}

void ProtocolRules::CheckRequest(const tlm_generic_payload& payload) const {
  const bool moves = payload.get_command() != tlm::TLM_IGNORE_COMMAND;
  if (moves && !payload.is_read() && !payload.is_write())
    Fail(payload, "the command is not one of the generic payload");
  if (moves && payload.get_data_ptr() == nullptr)
    Fail(payload, "the data pointer is null");
  if (moves && payload.get_data_length() == 0)
    Fail(payload, "the data length is 0");
  if (payload.get_streaming_width() == 0)
    Fail(payload, "the streaming width is 0");
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0)
    Fail(payload, "the byte enable length is 0");
  if (payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE)
    Fail(payload, "a request has a response status already");
  if (payload.is_dmi_allowed())
    Fail(payload, "a request allows direct memory access already");
  if (open_.count(&payload) != 0)
    Fail(payload, "the transaction is on its way already");
}

void ProtocolRules::CheckResponse(const tlm_generic_payload& payload, const Open& open) const {
  if (payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE)
    Fail(payload, "a response has no status");
  if (!(AttributesOf(payload) == open.attributes))
    Fail(payload, "attributes have changed since the request");
}

void ProtocolRules::BeginBlocking(const tlm_generic_payload& payload) {
  const sc_core::sc_process_handle process = sc_core::sc_get_current_process_handle();
  if (process.proc_kind() == sc_core::SC_METHOD_PROC_)
    Fail(payload, "b_transport was called by a method process");
  CheckRequest(payload);
  open_[&payload] = {Phase::kBlocking, AttributesOf(payload)};
}

void ProtocolRules::EndBlocking(const tlm_generic_payload& payload,
                                const sc_time& begin,
                                const sc_time& end) {
  CheckResponse(payload, open_[&payload]);
  open_.erase(&payload);
  if (end < begin)
    Fail(payload, "the transaction ends before it begins");
}

ProtocolRules::Open* ProtocolRules::Find(const tlm_generic_payload& payload,
                                         const std::string& what) {
  const auto found = open_.find(&payload);
  if (found != open_.end() && found->second.phase != Phase::kBlocking)
    return &found->second;
  Fail(payload, what + " of a transaction that has not begun or has ended");
  return nullptr;
}

void ProtocolRules::EndRequest(const tlm_generic_payload& payload) {
  Open* open = Find(payload, "END_REQ");
  if (open == nullptr)
    return;
  if (open->phase != Phase::kBeginRequest)
    Fail(payload, "END_REQ does not follow BEGIN_REQ");
  open->phase = Phase::kEndRequest;
  requesting_ = nullptr;
}

void ProtocolRules::BeginResponse(const tlm_generic_payload& payload) {
  Open* open = Find(payload, "BEGIN_RESP");
  if (open == nullptr)
    return;
  if (open->phase == Phase::kBeginResponse)
    Fail(payload, "BEGIN_RESP comes twice");
  if (responding_ != nullptr)
    Fail(payload, "BEGIN_RESP before END_RESP of the response before it");
  CheckResponse(payload, *open);
  if (requesting_ == &payload)
    requesting_ = nullptr;  // it means END_REQ as well
  open->phase = Phase::kBeginResponse;
  responding_ = &payload;
}

void ProtocolRules::EndResponse(const tlm_generic_payload& payload) {
  Open* open = Find(payload, "END_RESP");
  if (open == nullptr)
    return;
  if (open->phase != Phase::kBeginResponse)
    Fail(payload, "END_RESP does not follow BEGIN_RESP");
  responding_ = nullptr;
  open_.erase(&payload);
}

void ProtocolRules::CallForward(const tlm_generic_payload& payload, const tlm::tlm_phase& phase) {
  if (phase == tlm::BEGIN_REQ) {
    CheckRequest(payload);
    if (!payload.has_mm())
      Fail(payload, "the transaction has no memory manager");
    if (requesting_ != nullptr)
      Fail(payload, "BEGIN_REQ before END_REQ of the request before it");
    requesting_ = &payload;
    open_[&payload] = {Phase::kBeginRequest, AttributesOf(payload)};
  } else if (phase == tlm::END_RESP) {
    EndResponse(payload);
  } else if (!IsExtended(phase)) {
    Fail(payload, fmt::format("phase {} on the forward path", phase.get_name()));
  }
}

void ProtocolRules::ReturnForward(const tlm_generic_payload& payload,
                                  const tlm::tlm_phase& sent,
                                  const tlm::tlm_phase& phase,
                                  tlm::tlm_sync_enum status) {
  if (IsExtended(sent))
    return;
  if (sent == tlm::END_RESP) {
    if (status == tlm::TLM_UPDATED)
      Fail(payload, "END_RESP was answered with TLM_UPDATED");
    return;
  }
  if (status == tlm::TLM_COMPLETED) {
    if (Open* open = Find(payload, "TLM_COMPLETED"); open != nullptr)
      CheckResponse(payload, *open);
    if (requesting_ == &payload)
      requesting_ = nullptr;
    open_.erase(&payload);
  } else if (status == tlm::TLM_UPDATED) {
    if (phase == tlm::END_REQ) {
      EndRequest(payload);
    } else if (phase == tlm::BEGIN_RESP) {
      BeginResponse(payload);
    } else if (!IsExtended(phase)) {
      Fail(payload, fmt::format("BEGIN_REQ was answered with phase {}", phase.get_name()));
    }
  } else if (phase != sent) {
    Fail(payload, "TLM_ACCEPTED with a changed phase");
  }
}

void ProtocolRules::CallBackward(const tlm_generic_payload& payload, const tlm::tlm_phase& phase) {
  if (phase == tlm::END_REQ) {
    EndRequest(payload);
  } else if (phase == tlm::BEGIN_RESP) {
    BeginResponse(payload);
  } else if (!IsExtended(phase)) {
    Fail(payload, fmt::format("phase {} on the backward path", phase.get_name()));
  }
}

void ProtocolRules::ReturnBackward(const tlm_generic_payload& payload,
                                   const tlm::tlm_phase& sent,
                                   const tlm::tlm_phase& phase,
                                   tlm::tlm_sync_enum status) {
  if (status == tlm::TLM_ACCEPTED || IsExtended(sent))
    return;
  if (sent != tlm::BEGIN_RESP) {
    Fail(payload, "END_REQ was answered with more than TLM_ACCEPTED");
  } else if (status == tlm::TLM_COMPLETED || phase == tlm::END_RESP) {
    EndResponse(payload);
  } else {
    Fail(payload, fmt::format("BEGIN_RESP was answered with phase {}", phase.get_name()));
  }
}

void ProtocolRules::CheckDebug(const tlm_generic_payload& payload,
                               unsigned bytes,
                               const sc_time& before) const {
  if (bytes > payload.get_data_length())
    Fail(payload, "transport_dbg moved more bytes than there are");
  if (Now() != before)
    Fail(payload, "transport_dbg has waited");
}

void ProtocolRules::CheckDirect(const tlm_generic_payload& payload,
                                const tlm::tlm_dmi& region,
                                bool granted) const {
  const bool covers = payload.get_address() >= region.get_start_address() &&
                      payload.get_address() <= region.get_end_address();
  if (!covers)
    Fail(payload, "the region of direct memory access does not hold the address asked for");
  if (granted && (region.get_dmi_ptr() == nullptr || region.is_none_allowed()))
    Fail(payload, "direct memory access was granted without pointer or kind of access");
}

}  // namespace denseshift::systemc

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/memory_port.h"

#include <fmt/format.h>
#include <utility>

namespace denseshift::systemc {
namespace {

// The target has completed the transaction early: nothing else comes with this phase.
constexpr tlm::tlm_phase_enum kCompleted = tlm::END_RESP;

}  // namespace

MemoryPort::MemoryPort(const sc_core::sc_module_name& name, TimingStyle style)
    : sc_core::sc_module(name), style_(style), phases_(this, &MemoryPort::Move) {
  socket.register_nb_transport_bw(this, &MemoryPort::Backward);
  socket.register_invalidate_direct_mem_ptr(this, &MemoryPort::Invalidate);
}

void MemoryPort::Fill(tlm::tlm_generic_payload& payload, const MemoryBurst& burst) {
  payload.set_command(burst.is_write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  payload.set_address(burst.address);
  payload.set_data_ptr(burst.bytes);
  payload.set_data_length(burst.count);
  payload.set_streaming_width(burst.count);
  payload.set_byte_enable_ptr(burst.byte_enables);
  payload.set_byte_enable_length(burst.byte_enables != nullptr ? burst.count : 0);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
}

tlm::tlm_response_status MemoryPort::Transport(const MemoryBurst& burst,
                                               sc_core::sc_time& delay,
                                               bool* may_be_direct) {
  if (style_ == TimingStyle::kLooselyTimed) {
    tlm::tlm_generic_payload* payload = pool_.Take();
    Fill(*payload, burst);
    socket->b_transport(*payload, delay);
    const tlm::tlm_response_status status = payload->get_response_status();
    if (may_be_direct != nullptr)
      *may_be_direct = payload->is_dmi_allowed();
    payload->release();
    return status;
  }
  if (delay != sc_core::SC_ZERO_TIME)
    sc_core::wait(delay);
  delay = sc_core::SC_ZERO_TIME;
  bool has_answer = false;
  tlm::tlm_response_status response = tlm::TLM_INCOMPLETE_RESPONSE;
  sc_core::sc_event answered;
  Send(burst, [&](tlm::tlm_response_status status) {
    response = status;
    has_answer = true;
    answered.notify();
  });
  if (!has_answer)
    sc_core::wait(answered);
  return response;
}

void MemoryPort::Send(const MemoryBurst& burst, Answer answer) {
  tlm::tlm_generic_payload* payload = pool_.Take();
  Fill(*payload, burst);
  answers_[payload] = std::move(answer);
  waiting_.push_back(payload);
  SendNext();
}

void MemoryPort::SendNext() {
  if (requesting_ != nullptr || waiting_.empty())
    return;
  tlm::tlm_generic_payload& payload = *waiting_.front();
  waiting_.pop_front();
  requesting_ = &payload;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  switch (socket->nb_transport_fw(payload, phase, delay)) {
    case tlm::TLM_ACCEPTED:
      break;
    case tlm::TLM_UPDATED:
      phases_.notify(payload, phase, delay);
      break;
    case tlm::TLM_COMPLETED:
      phases_.notify(payload, kCompleted, delay);
      break;
  }
}

tlm::tlm_sync_enum MemoryPort::Backward(tlm::tlm_generic_payload& payload,
                                        tlm::tlm_phase& phase,
                                        sc_core::sc_time& delay) {
  phases_.notify(payload, phase, delay);
  return tlm::TLM_ACCEPTED;
}

void MemoryPort::Move(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase) {
  if (phase > tlm::END_RESP)
    return;  // none of the base protocol's: to be ignored
  if (answers_.count(&payload) == 0 || phase < tlm::END_REQ) {
    SC_REPORT_ERROR("/denseshift/tlm",
                    fmt::format("{}: the target sends phase {} of a transaction that has ended or "
                                "can have none; put a Monitor before the target to see its phases",
                                name(),
                                phase.get_name())
                        .c_str());
    return;
  }
  if (requesting_ == &payload)
    requesting_ = nullptr;  // END_REQ, or a later phase that means it as well
  if (phase == tlm::BEGIN_RESP) {
    tlm::tlm_phase end = tlm::END_RESP;
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    socket->nb_transport_fw(payload, end, delay);
    Finish(payload);
  } else if (phase == kCompleted) {
    Finish(payload);
  }
  SendNext();
}

void MemoryPort::Finish(tlm::tlm_generic_payload& payload) {
  const auto found = answers_.find(&payload);
  const Answer answer = std::move(found->second);
  answers_.erase(found);
  const tlm::tlm_response_status status = payload.get_response_status();
  payload.release();
  answer(status);
}

bool MemoryPort::FindDirect(std::uint64_t address, tlm::tlm_dmi& region) {
  tlm::tlm_generic_payload* payload = pool_.Take();
  payload->set_command(tlm::TLM_WRITE_COMMAND);
  payload->set_address(address);
  region.init();
  const bool granted = socket->get_direct_mem_ptr(*payload, region);
  payload->release();
  return granted && region.is_read_write_allowed();
}

void MemoryPort::Invalidate(sc_dt::uint64 /*begin*/, sc_dt::uint64 /*end*/) {
  if (on_invalidated_)
    on_invalidated_();
}

}  // namespace denseshift::systemc

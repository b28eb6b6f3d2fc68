// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/monitor.h"

#include "sim/systemc/now.h"

namespace denseshift::systemc {

using sc_core::sc_time;
using tlm::tlm_generic_payload;

namespace {

// Keeps a transaction through a call in which all others may release it.
class Hold {
 public:
  explicit Hold(tlm_generic_payload& payload) : payload_(payload) {
    if (payload_.has_mm())
      payload_.acquire();
  }

  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  ~Hold() {
    if (payload_.has_mm())
      payload_.release();
  }

 private:
  tlm_generic_payload& payload_;
};

}  // namespace

Monitor::Monitor(const sc_core::sc_module_name& name) : sc_core::sc_module(name), rules_(*this) {
  target.register_b_transport(this, &Monitor::Transport);
  target.register_nb_transport_fw(this, &Monitor::Forward);
  target.register_transport_dbg(this, &Monitor::TransportDebug);
  target.register_get_direct_mem_ptr(this, &Monitor::GetDirect);
  initiator.register_nb_transport_bw(this, &Monitor::Backward);
  initiator.register_invalidate_direct_mem_ptr(this, &Monitor::Invalidate);
}

void Monitor::OpenLog(const std::string& file) {
  log_ = std::make_unique<TransactionLog>(file, name());
}

void Monitor::Trace(sc_core::sc_trace_file* file) const {
  const std::string prefix = name();
  sc_core::sc_trace(file, address_, prefix + ".address");
  sc_core::sc_trace(file, is_write_, prefix + ".is_write");
  sc_core::sc_trace(file, on_their_way_, prefix + ".on_their_way");
}

void Monitor::ShowBegin(const tlm_generic_payload& payload, const sc_time& delay) {
  address_ = payload.get_address();
  is_write_ = payload.is_write();
  ++on_their_way_;
  if (log_ != nullptr)
    log_->Begin(payload, Now() + delay);
}

void Monitor::ShowEnd(const tlm_generic_payload& payload, const sc_time& delay) {
  --on_their_way_;
  ++transactions_;
  if (log_ != nullptr)
    log_->End(payload, Now() + delay);
}

void Monitor::Transport(tlm_generic_payload& payload, sc_time& delay) {
  rules_.BeginBlocking(payload);
  ShowBegin(payload, delay);
  const sc_time begin = Now() + delay;
  initiator->b_transport(payload, delay);
  ShowEnd(payload, delay);
  rules_.EndBlocking(payload, begin, Now() + delay);
}

tlm::tlm_sync_enum Monitor::Forward(tlm_generic_payload& payload,
                                    tlm::tlm_phase& phase,
                                    sc_time& delay) {
  const Hold hold(payload);
  rules_.CallForward(payload, phase);
  if (phase == tlm::BEGIN_REQ)
    ShowBegin(payload, delay);
  if (phase == tlm::END_RESP)
    ShowEnd(payload, delay);
  const tlm::tlm_phase sent = phase;
  const tlm::tlm_sync_enum status = initiator->nb_transport_fw(payload, phase, delay);
  rules_.ReturnForward(payload, sent, phase, status);
  if (status == tlm::TLM_COMPLETED && sent == tlm::BEGIN_REQ)
    ShowEnd(payload, delay);
  return status;
}

tlm::tlm_sync_enum Monitor::Backward(tlm_generic_payload& payload,
                                     tlm::tlm_phase& phase,
                                     sc_time& delay) {
  const Hold hold(payload);
  rules_.CallBackward(payload, phase);
  const tlm::tlm_phase sent = phase;
  const tlm::tlm_sync_enum status = target->nb_transport_bw(payload, phase, delay);
  rules_.ReturnBackward(payload, sent, phase, status);
  const bool ends =
      status == tlm::TLM_COMPLETED || (status == tlm::TLM_UPDATED && phase == tlm::END_RESP);
  if (sent == tlm::BEGIN_RESP && ends)
    ShowEnd(payload, delay);
  return status;
}

unsigned Monitor::TransportDebug(tlm_generic_payload& payload) {
  const sc_time before = Now();
  const unsigned bytes = initiator->transport_dbg(payload);
  rules_.CheckDebug(payload, bytes, before);
  return bytes;
}

bool Monitor::GetDirect(tlm_generic_payload& payload, tlm::tlm_dmi& region) {
  const bool granted = initiator->get_direct_mem_ptr(payload, region);
  rules_.CheckDirect(payload, region, granted);
  return granted;
}

void Monitor::Invalidate(sc_dt::uint64 begin, sc_dt::uint64 end) {
  target->invalidate_direct_mem_ptr(begin, end);
}

}  // namespace denseshift::systemc

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_MONITOR_H_
#define DENSESHIFT_SIM_SYSTEMC_MONITOR_H_

#include <cstdint>
#include <memory>
#include <string>

#include <systemc>
#include <tlm>
#include <tlm_utils/passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>

#include "sim/systemc/protocol_rules.h"
#include "sim/systemc/transaction_log.h"

namespace denseshift::systemc {

// Stands between two sockets: passes everything on, checks the rules of the base protocol and
// shows what passes.
class Monitor : public sc_core::sc_module {
 public:
  tlm_utils::passthrough_target_socket<Monitor> target{"target"};
  tlm_utils::simple_initiator_socket<Monitor> initiator{"initiator"};

  explicit Monitor(const sc_core::sc_module_name& name);

  // Writes transactions to a file, one JSON object a line. Throws std::runtime_error.
  void OpenLog(const std::string& file);

  // Ends the log before the monitor does.
  void CloseLog() { log_.reset(); }

  // Shows the transaction that began last: its address, whether it is a write, and how many are
  // on their way.
  void Trace(sc_core::sc_trace_file* file) const;

  [[nodiscard]] const ProtocolRules& rules() const { return rules_; }

  // Transactions that have ended.
  [[nodiscard]] std::uint64_t transactions() const { return transactions_; }

 private:
  void Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum Forward(tlm::tlm_generic_payload& payload,
                             tlm::tlm_phase& phase,
                             sc_core::sc_time& delay);
  tlm::tlm_sync_enum Backward(tlm::tlm_generic_payload& payload,
                              tlm::tlm_phase& phase,
                              sc_core::sc_time& delay);
  unsigned TransportDebug(tlm::tlm_generic_payload& payload);
  bool GetDirect(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region);
  void Invalidate(sc_dt::uint64 begin, sc_dt::uint64 end);
  void ShowBegin(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay);
  void ShowEnd(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay);

  ProtocolRules rules_;
  std::unique_ptr<TransactionLog> log_;
  std::uint64_t transactions_ = 0;
  // Shown in a waveform.
  std::uint64_t address_ = 0;
  bool is_write_ = false;
  std::uint32_t on_their_way_ = 0;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_MONITOR_H_

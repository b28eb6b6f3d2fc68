// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_TRANSACTION_LOG_H_
#define DENSESHIFT_SIM_SYSTEMC_TRANSACTION_LOG_H_

#include <fstream>
#include <map>
#include <string>

#include <systemc>
#include <tlm>

namespace denseshift::systemc {

// Writes transactions to a file as they end, one JSON object a line: socket, begin_ps, end_ps,
// command, address, bytes, response.
class TransactionLog {
 public:
  // Throws std::runtime_error if the file cannot be written.
  TransactionLog(const std::string& file, std::string socket);

  void Begin(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time);
  void End(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time);

 private:
  std::string socket_;
  std::ofstream out_;
  std::map<const tlm::tlm_generic_payload*, sc_core::sc_time> begins_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_TRANSACTION_LOG_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/transaction_log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace denseshift::systemc {

TransactionLog::TransactionLog(const std::string& file, std::string socket)
    : socket_(std::move(socket)), out_(file) {
  if (!out_)
    throw std::runtime_error(fmt::format("cannot write the transaction log {}", file));
}

void TransactionLog::Begin(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  begins_[&payload] = time;
}

void TransactionLog::End(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  constexpr double kPicosecondsPerSecond = 1e12;
  const auto begin = begins_.find(&payload);
  if (begin == begins_.end())
    return;
  const char* command = payload.is_write() ? "write" : payload.is_read() ? "read" : "ignore";
  out_ << nlohmann::ordered_json{{"socket", socket_},
                                 {"begin_ps", begin->second.to_seconds() * kPicosecondsPerSecond},
                                 {"end_ps", time.to_seconds() * kPicosecondsPerSecond},
                                 {"command", command},
                                 {"address", payload.get_address()},
                                 {"bytes", payload.get_data_length()},
                                 {"response", payload.get_response_string()}}
       << '\n';
  begins_.erase(begin);
}

}  // namespace denseshift::systemc

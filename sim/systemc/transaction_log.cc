// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/transaction_log.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace denseshift::systemc {
namespace {

long long Picoseconds(const sc_core::sc_time& time) {
  constexpr double kPerSecond = 1e12;
  return std::llround(time.to_seconds() * kPerSecond);
}

}  // namespace

TransactionLog::TransactionLog(const std::string& file, std::string socket)
    : socket_(std::move(socket)), out_(file) {
  if (!out_)
    throw std::runtime_error(fmt::format("cannot write the transaction log {}", file));
}

void TransactionLog::Begin(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  begins_[&payload] = time;
}

void TransactionLog::End(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  const auto begin = begins_.find(&payload);
  if (begin == begins_.end())
    return;
  const char* command = payload.is_write() ? "write" : payload.is_read() ? "read" : "ignore";
  out_ << nlohmann::ordered_json{{"socket", socket_},
                                 {"begin_ps", Picoseconds(begin->second)},
                                 {"end_ps", Picoseconds(time)},
                                 {"command", command},
                                 {"address", payload.get_address()},
                                 {"bytes", payload.get_data_length()},
                                 {"response", payload.get_response_string()}}
       << '\n';
  begins_.erase(begin);
}

}  // namespace denseshift::systemc

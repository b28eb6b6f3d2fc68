// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_MEMORY_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_MEMORY_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace denseshift::systemc {

struct MemoryOptions {
  std::uint64_t bytes = std::uint64_t{64} << 20U;
  sc_core::sc_time latency = sc_core::SC_ZERO_TIME;         // of each transaction
  sc_core::sc_time random_latency = sc_core::SC_ZERO_TIME;  // up to so much more
  std::uint64_t seed = 1;                                   // of it
};

// Makes transactions fail that touch a byte in begin .. end - 1.
struct MemoryFault {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool reads = true;
  bool writes = true;
  tlm::tlm_response_status response = tlm::TLM_GENERIC_ERROR_RESPONSE;
};

// A memory, all zeros, with any byte enables and streaming widths.
class Memory : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Memory> socket{"socket"};

  // Throws std::bad_alloc.
  Memory(const sc_core::sc_module_name& name, const MemoryOptions& options);

  void AddFault(const MemoryFault& fault);

  void ClearFaults() { faults_.clear(); }

 private:
  struct Free {
    void operator()(std::uint8_t* p) const { std::free(p); }  // NOLINT: calloc'd, see constructor
  };

  void Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned TransportDebug(tlm::tlm_generic_payload& payload);
  bool GetDirect(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region);
  [[nodiscard]] bool IsInside(const tlm::tlm_generic_payload& payload) const;
  [[nodiscard]] tlm::tlm_response_status Check(const tlm::tlm_generic_payload& payload) const;
  void Copy(tlm::tlm_generic_payload& payload);
  [[nodiscard]] bool GrantsDirect() const;

  MemoryOptions options_;
  std::unique_ptr<std::uint8_t, Free> contents_;
  std::vector<MemoryFault> faults_;
  std::mt19937_64 random_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_MEMORY_H_

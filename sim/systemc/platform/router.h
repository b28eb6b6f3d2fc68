// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_ROUTER_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_ROUTER_H_

#include <cstdint>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

namespace denseshift::systemc {

// Where a target lies. The target sees addresses from 0 on.
struct AddressRange {
  std::uint64_t begin = 0;
  std::uint64_t bytes = 0;
};

// The part of the address map that an initiator sees, from its address 0 on.
struct AddressWindow {
  std::uint64_t begin = 0;
  std::uint64_t bytes = ~std::uint64_t{0};
};

// Brings transactions to the target of their address, without time. A transaction of which a byte
// lies in no range, or in another than its first, is answered with an address error.
class Router : public sc_core::sc_module {
 public:
  sc_core::sc_vector<tlm_utils::simple_target_socket_tagged<Router>> initiators;
  sc_core::sc_vector<tlm_utils::simple_initiator_socket_tagged<Router>> targets;  // as `ranges`

  Router(const sc_core::sc_module_name& name,
         std::vector<AddressWindow> windows,
         std::vector<AddressRange> ranges);

 private:
  void Transport(int initiator, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned TransportDebug(int initiator, tlm::tlm_generic_payload& payload);
  bool GetDirect(int initiator, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region);
  void Invalidate(int target, sc_dt::uint64 begin, sc_dt::uint64 end);

  // Where a transaction goes.
  struct Place {
    bool exists = false;
    unsigned target = 0;
    std::uint64_t address = 0;  // as the target sees it
  };

  // Where `bytes` bytes lie from address `seen` of an initiator on. Debug accesses and requests for
  // direct access have no streaming width, and the latter no length: what a payload says there may
  // be anything.
  [[nodiscard]] Place Find(int initiator, std::uint64_t seen, std::uint64_t bytes) const;

  // Addresses begin .. last of a target, as far as an initiator sees them, as it sees them.
  [[nodiscard]] bool ToInitiator(unsigned initiator,
                                 unsigned target,
                                 std::uint64_t& begin,
                                 std::uint64_t& last) const;

  std::vector<AddressWindow> windows_;  // by initiator
  std::vector<AddressRange> ranges_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_ROUTER_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_INTERRUPT_CONTROLLER_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_INTERRUPT_CONTROLLER_H_

#include <cstdint>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace denseshift::systemc {

// Gathers interrupt lines, by level; docs/systemc.md "Platform".
class InterruptController : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<InterruptController> socket{"socket"};
  sc_core::sc_vector<sc_core::sc_in<bool>> lines;  // at most 32
  sc_core::sc_out<bool> interrupt{"interrupt"};

  InterruptController(const sc_core::sc_module_name& name, unsigned line_count);

 private:
  void Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  void Drive();
  [[nodiscard]] std::uint32_t Pending() const;

  std::uint32_t enable_ = 0;
  sc_core::sc_event enable_changes_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_INTERRUPT_CONTROLLER_H_

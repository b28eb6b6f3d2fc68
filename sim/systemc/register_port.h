// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_REGISTER_PORT_H_
#define DENSESHIFT_SIM_SYSTEMC_REGISTER_PORT_H_

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

#include "sim/systemc/body.h"

namespace denseshift::systemc {

// The target of an accelerator: its registers; docs/systemc.md "Registers".
class RegisterPort : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<RegisterPort> socket{"socket"};

  RegisterPort(const sc_core::sc_module_name& name, Body& body);

 private:
  void Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned TransportDebug(tlm::tlm_generic_payload& payload);

  Body& body_;
  sc_core::sc_mutex turn_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_REGISTER_PORT_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_H_
#define DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_H_

#include <memory>

#include <systemc>
#include <tlm>

#include "sim/systemc/accelerator_options.h"

namespace denseshift::systemc {

class Body;
class MemoryPort;
class RegisterPort;

// The accelerator as a module of a TLM-2.0 platform; docs/systemc.md.
class Accelerator : public sc_core::sc_module {
 public:
  tlm::tlm_target_socket<32> registers{"registers"};
  tlm::tlm_initiator_socket<32> memory{"memory"};
  sc_core::sc_out<bool> interrupt{"interrupt"};

  // Errors  std::invalid_argument for parameters out of range, different bus widths or a clock
  //         period below two steps of time; std::runtime_error if the RTL cannot be built.
  explicit Accelerator(const sc_core::sc_module_name& name, const AcceleratorOptions& options = {});
  Accelerator(const Accelerator&) = delete;
  Accelerator& operator=(const Accelerator&) = delete;
  ~Accelerator() override;

 private:
  std::unique_ptr<MemoryPort> memory_port_;
  std::unique_ptr<Body> body_;
  std::unique_ptr<RegisterPort> register_port_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SYSTEMC_INITIATOR_H_
#define DENSESHIFT_TESTS_SYSTEMC_INITIATOR_H_

#include <cstdint>
#include <exception>
#include <functional>
#include <utility>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "sim/systemc/accelerator.h"
#include "sim/systemc/platform/memory.h"

namespace denseshift::systemc::testing {

// An accelerator of its own with a memory, and a thread that does with its registers what it likes.
class Bench : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Bench> bus{"bus"};
  Accelerator accelerator;
  Memory memory{"memory", {}};
  sc_core::sc_signal<bool> interrupt{"interrupt"};

  Bench(const sc_core::sc_module_name& name, const AcceleratorOptions& options)
      : sc_core::sc_module(name), accelerator("accelerator", options) {
    bus.register_nb_transport_bw(this, &Bench::Backward);
    bus.bind(accelerator.registers);
    accelerator.memory.bind(memory.socket);
    accelerator.interrupt.bind(interrupt);
    SC_HAS_PROCESS(Bench);
    SC_THREAD(Run);
  }

  // Runs the function as a thread of the simulation; rethrows what it throws.
  void Run(std::function<void()> function) {
    function_ = std::move(function);
    sc_core::sc_start();
    if (error_ != nullptr)
      std::rethrow_exception(error_);
  }

  // One access of 4 bytes; `change` alters the transaction before it is sent.
  tlm::tlm_response_status Access(
      tlm::tlm_command command,
      std::uint64_t address,
      std::uint32_t& value,
      const std::function<void(tlm::tlm_generic_payload&)>& change = nullptr) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    if (change)
      change(payload);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    bus->b_transport(payload, delay);
    sc_core::wait(delay);
    return payload.get_response_status();
  }

  // Called for each phase that comes back.
  std::function<void(tlm::tlm_generic_payload&, const tlm::tlm_phase&)> on_phase;

 private:
  void Run() {
    try {
      function_();
    } catch (const std::exception&) {
      error_ = std::current_exception();
    }
    sc_core::sc_stop();
  }

  // NOLINTNEXTLINE(readability-make-member-function-const): a socket takes no const one
  tlm::tlm_sync_enum Backward(tlm::tlm_generic_payload& payload,
                              tlm::tlm_phase& phase,
                              sc_core::sc_time& /*delay*/) {
    if (on_phase)
      on_phase(payload, phase);
    return tlm::TLM_ACCEPTED;
  }

  std::function<void()> function_;
  std::exception_ptr error_;
};

}  // namespace denseshift::systemc::testing

#endif  // DENSESHIFT_TESTS_SYSTEMC_INITIATOR_H_

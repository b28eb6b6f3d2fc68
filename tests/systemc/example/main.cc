// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// A processor, a memory and the accelerator. The processor runs a job of one command, a time stamp,
// and waits for the interrupt.
//
// Usage: example [functional|model|rtl]

#include <array>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "driver/registers.h"
#include "sim/systemc/accelerator.h"

namespace {

namespace registers = denseshift::driver::registers;
using denseshift::systemc::Accelerator;
using denseshift::systemc::AcceleratorOptions;
using denseshift::systemc::BodyKind;

class Ram : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Ram> socket{"socket"};
  std::vector<std::uint8_t> bytes = std::vector<std::uint8_t>(1 << 16);

  explicit Ram(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    socket.register_b_transport(this, &Ram::Transport);
  }

 private:
  void Transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    delay += sc_core::sc_time(60, sc_core::SC_NS);
    if (payload.get_address() + payload.get_data_length() > bytes.size()) {
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
      return;
    }
    for (unsigned i = 0; i < payload.get_data_length(); ++i) {
      const unsigned char* enables = payload.get_byte_enable_ptr();
      if (enables != nullptr && enables[i % payload.get_byte_enable_length()] != TLM_BYTE_ENABLED)
        continue;
      std::uint8_t& byte = bytes[payload.get_address() + i];
      if (payload.is_read()) {
        payload.get_data_ptr()[i] = byte;
      } else {
        byte = payload.get_data_ptr()[i];
      }
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

class Processor : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Processor> bus{"bus"};
  sc_core::sc_in<bool> interrupt{"interrupt"};
  bool is_good = false;

  Processor(const sc_core::sc_module_name& name, Ram& ram) : sc_core::sc_module(name), ram_(ram) {
    SC_HAS_PROCESS(Processor);
    SC_THREAD(Run);
  }

 private:
  std::uint32_t Access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value = 0) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    sc_core::sc_time delay;
    bus->b_transport(payload, delay);
    wait(delay);
    if (payload.is_response_error())
      SC_REPORT_FATAL("example", payload.get_response_string().c_str());
    return value;
  }

  void Run() {
    constexpr std::uint32_t kStampAddress = 0x400;
    // Opcode 5, version 1; the address in word 2.
    const std::array<std::uint32_t, 16> stamp = {0x105, 0, kStampAddress};
    std::memcpy(ram_.bytes.data(), stamp.data(), sizeof(stamp));
    Access(tlm::TLM_WRITE_COMMAND, registers::kCmdAddr, 0);
    Access(tlm::TLM_WRITE_COMMAND, registers::kCmdCount, 1);
    Access(tlm::TLM_WRITE_COMMAND, registers::kIer, 1);
    Access(tlm::TLM_WRITE_COMMAND, registers::kGie, 1);
    Access(tlm::TLM_WRITE_COMMAND, registers::kCtrl, registers::kCtrlStart);
    if (!interrupt.read())
      wait(interrupt.posedge_event());
    const std::uint32_t error = Access(tlm::TLM_READ_COMMAND, registers::kError);
    const std::uint32_t cycles = Access(tlm::TLM_READ_COMMAND, registers::kCyclesLo);
    std::uint64_t stamped = 0;
    std::memcpy(&stamped, &ram_.bytes[kStampAddress], sizeof(stamped));
    is_good = error == 0 && stamped > 0 && stamped < cycles;
    std::cout << "a job of " << cycles << " cycles, stamped in cycle " << stamped << ", error "
              << error << "\n";
    sc_core::sc_stop();
  }

  Ram& ram_;
};

}  // namespace

int sc_main(int argc, char** argv) {
  const std::string body = argc > 1 ? argv[1] : "functional";
  AcceleratorOptions options;
  options.body = body == "rtl"     ? BodyKind::kRtl
                 : body == "model" ? BodyKind::kModel
                                   : BodyKind::kFunctional;
  options.clock_period = sc_core::sc_time(2, sc_core::SC_NS);
  options.bus.latency_cycles = 1;  // the memory has a latency of its own
  options.source_root = DENSESHIFT_PACKAGE_SOURCES;

  Ram ram("ram");
  Accelerator accelerator("accelerator", options);
  Processor processor("processor", ram);
  sc_core::sc_signal<bool> line;
  processor.bus.bind(accelerator.registers);
  processor.interrupt.bind(line);
  accelerator.memory.bind(ram.socket);
  accelerator.interrupt.bind(line);
  sc_core::sc_start();
  return processor.is_good ? 0 : 1;
}

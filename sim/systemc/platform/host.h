// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_HOST_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_HOST_H_

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

namespace denseshift::systemc {

// A processor: runs C++ functions as SystemC threads, which access the platform by transactions.
class Host : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Host> bus{"bus"};
  sc_core::sc_in<bool> interrupt{"interrupt"};

  using Program = std::function<void()>;

  // `thread_count` programs can run at the same time, each with an interrupt of its own.
  Host(const sc_core::sc_module_name& name, unsigned thread_count);

  // Runs one program a thread (an empty one does nothing) until all have ended, and the simulation
  // with them. To be called from outside the simulation.
  //
  // Errors  what a program throws; std::runtime_error if the simulation ends before they do, and
  //         from then on std::logic_error: those programs wait still.
  void Run(std::vector<Program> programs);

  // The rest is for programs.

  // A register by platform address. Throws std::runtime_error naming address and response.
  [[nodiscard]] std::uint32_t Read(std::uint64_t address);
  void Write(std::uint64_t address, std::uint32_t value);

  // Memory, without time. Throws std::out_of_range if not all bytes are there.
  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes);
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes);

  // Lets the interrupt controller pass an interrupt on, once.
  void EnableInterrupt(unsigned line);

  // Waits until an enabled interrupt has come; false if it has not after `limit`.
  bool WaitForInterrupt(unsigned line, const sc_core::sc_time& limit);

  // Interrupts passed on to programs so far.
  [[nodiscard]] std::uint64_t InterruptsTaken() const { return interrupts_taken_; }

 private:
  struct Thread {
    Program program;
    std::exception_ptr error;
    sc_core::sc_event starts;
    bool has_interrupt = false;
    sc_core::sc_event interrupted;
  };

  void RunThread(Thread& thread);
  void TakeInterrupts();
  void Access(std::uint64_t address, std::uint32_t& value, tlm::tlm_command command);
  void AccessMemory(std::uint64_t address,
                    std::uint8_t* data,
                    std::size_t bytes,
                    tlm::tlm_command command);

  std::vector<std::unique_ptr<Thread>> threads_;
  std::size_t running_ = 0;
  std::uint64_t interrupts_taken_ = 0;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_HOST_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_BODY_H_
#define DENSESHIFT_SIM_SYSTEMC_BODY_H_

#include <cstdint>
#include <optional>

#include <systemc>

namespace denseshift::systemc {

// An access to a register, as on AXI4-Lite.
struct RegisterAccess {
  bool is_write = false;
  std::uint32_t offset = 0;  // a multiple of 4 below 0x1000
  std::uint32_t value = 0;
  std::uint8_t strobes = 0xF;  // write: bytes of the value that count
};

// What is inside an accelerator.
class Body : public sc_core::sc_module {
 public:
  sc_core::sc_out<bool> interrupt{"interrupt"};

  // Carries out an access that begins with the next edge of the clock; waits until it has ended.
  // The value read, or 0. Called from a thread, one access at a time.
  virtual std::uint32_t Access(const RegisterAccess& access) = 0;

  // The value of a register without time or effects, where the body can tell.
  [[nodiscard]] virtual std::optional<std::uint32_t> Peek(std::uint32_t offset) const = 0;

 protected:
  explicit Body(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {}
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_BODY_H_

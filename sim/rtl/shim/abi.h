// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_SHIM_ABI_H_
#define DENSESHIFT_SIM_RTL_SHIM_ABI_H_

#include <cstdint>

#include "sim/memory/axi_pins.h"

// The interface between this program and a Verilated ds_top in a shared object: plain structs and
// function pointers, the same for every parameter set.
namespace denseshift::sim {

constexpr std::uint32_t kModelAbiVersion = 3;

// What the host drives: reset and the AXI4-Lite master.
struct HostPins {
  std::uint32_t awaddr = 0;
  std::uint32_t wdata = 0;
  std::uint32_t araddr = 0;
  std::uint8_t wstrb = 0;
  std::uint8_t awvalid = 0;
  std::uint8_t wvalid = 0;
  std::uint8_t bready = 0;
  std::uint8_t arvalid = 0;
  std::uint8_t rready = 0;
  std::uint8_t rst_n = 0;
};

// What the device drives.
struct DevicePins {
  AxiMasterPins axi;
  std::uint32_t rdata = 0;
  std::uint8_t awready = 0;
  std::uint8_t wready = 0;
  std::uint8_t bvalid = 0;
  std::uint8_t bresp = 0;
  std::uint8_t arready = 0;
  std::uint8_t rvalid = 0;
  std::uint8_t rresp = 0;
  std::uint8_t irq = 0;
};

// A register or a memory of the RTL. Bits above `bits` of an item are 0.
struct StateEntry {
  const char* name;  // as in the RTL, below the top module: "u_load.u_queue.wr_q"
  void* items;
  std::uint32_t bits;        // of an item
  std::uint32_t count;       // items; 1 for a register
  std::uint32_t item_bytes;  // 1, 2, 4, 8 or words of 4, lowest first
};

// Functions of a loaded model. Those that return text return nullptr, or what went wrong; the text
// lives until the next call.
struct ModelAbi {
  std::uint32_t version;        // kModelAbiVersion
  std::uint32_t pins_bytes;     // sizes of all three pin structs together
  const char* trace_extension;  // ".fst", ".vcd" or "" if the model cannot trace

  // State without reset starts with values drawn from `seed` in a checked model, else with zeros.
  void* (*create)(std::uint32_t seed);
  void (*destroy)(void* model);

  // One clock cycle: outputs are those just before the rising edge. Without `host` its pins stay
  // as they were, and of `device` only `axi` is written.
  const char* (*tick)(void* model,
                      const AxiMemoryPins* memory,
                      const HostPins* host,
                      DevicePins* device);

  // Registers and memories. The list lives as long as the model.
  const StateEntry* (*states)(void* model, std::uint32_t* count);
  // After state was changed from outside: lets all that follows from it follow.
  const char* (*settle)(void* model);

  // Waveform of the cycles between open and close. `cycle` is the number of the next one; a cycle
  // lasts 10 ns of waveform time, its rising edge is at 5 ns. `scope` is the instance whose signals
  // are written, beside the clock, or "" for all.
  const char* (*trace_open)(void* model, const char* path, const char* scope, std::uint64_t cycle);
  void (*trace_close)(void* model);
};

constexpr std::uint32_t kPinsBytes = sizeof(AxiMemoryPins) + sizeof(HostPins) + sizeof(DevicePins);

// The one symbol a model exports.
constexpr const char* kModelAbiSymbol = "DenseShiftModelAbi";
using ModelAbiFunction = const ModelAbi* (*)();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_SHIM_ABI_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/pin_check.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace denseshift::sim {

namespace {

// A pin as bytes of DevicePins; it counts while the byte at `valid` is not 0.
struct Pin {
  const char* unit;
  const char* name;
  std::size_t at;
  std::size_t bytes;
  std::size_t valid;
};

constexpr std::size_t kAxi = offsetof(DevicePins, axi);
// A byte that is never 0: bursts are of type INCR.
constexpr std::size_t kAlways = kAxi + offsetof(AxiMasterPins, arburst);
constexpr std::size_t kArvalid = kAxi + offsetof(AxiMasterPins, arvalid);
constexpr std::size_t kAwvalid = kAxi + offsetof(AxiMasterPins, awvalid);
constexpr std::size_t kWvalid = kAxi + offsetof(AxiMasterPins, wvalid);
constexpr std::size_t kBvalid = offsetof(DevicePins, bvalid);
constexpr std::size_t kRvalid = offsetof(DevicePins, rvalid);

constexpr Pin Axi(const char* name, std::size_t at, std::size_t bytes, std::size_t valid) {
  return {"axi", name, kAxi + at, bytes, valid};
}

constexpr Pin Axil(const char* name, std::size_t at, std::size_t bytes, std::size_t valid) {
  return {"axil", name, at, bytes, valid};
}

constexpr std::array<Pin, 18> kBusPins = {
    Axi("arburst", offsetof(AxiMasterPins, arburst), 1, kAlways),
    Axi("arvalid", offsetof(AxiMasterPins, arvalid), 1, kAlways),
    Axi("araddr", offsetof(AxiMasterPins, araddr), 4, kArvalid),
    Axi("arid", offsetof(AxiMasterPins, arid), 1, kArvalid),
    Axi("arlen", offsetof(AxiMasterPins, arlen), 1, kArvalid),
    Axi("arsize", offsetof(AxiMasterPins, arsize), 1, kArvalid),
    Axi("rready", offsetof(AxiMasterPins, rready), 1, kAlways),
    Axi("awvalid", offsetof(AxiMasterPins, awvalid), 1, kAlways),
    Axi("awaddr", offsetof(AxiMasterPins, awaddr), 4, kAwvalid),
    Axi("awid", offsetof(AxiMasterPins, awid), 1, kAwvalid),
    Axi("awlen", offsetof(AxiMasterPins, awlen), 1, kAwvalid),
    Axi("awsize", offsetof(AxiMasterPins, awsize), 1, kAwvalid),
    Axi("awburst", offsetof(AxiMasterPins, awburst), 1, kAwvalid),
    Axi("wvalid", offsetof(AxiMasterPins, wvalid), 1, kAlways),
    Axi("wdata", offsetof(AxiMasterPins, wdata), kMaxBusBytes, kWvalid),
    Axi("wstrb", offsetof(AxiMasterPins, wstrb), 4, kWvalid),
    Axi("wlast", offsetof(AxiMasterPins, wlast), 1, kWvalid),
    Axi("bready", offsetof(AxiMasterPins, bready), 1, kAlways)};
constexpr std::array<Pin, 9> kHostPins = {
    Axil("awready", offsetof(DevicePins, awready), 1, kAlways),
    Axil("wready", offsetof(DevicePins, wready), 1, kAlways),
    Axil("bvalid", offsetof(DevicePins, bvalid), 1, kAlways),
    Axil("bresp", offsetof(DevicePins, bresp), 1, kBvalid),
    Axil("arready", offsetof(DevicePins, arready), 1, kAlways),
    Axil("rvalid", offsetof(DevicePins, rvalid), 1, kAlways),
    Axil("rdata", offsetof(DevicePins, rdata), 4, kRvalid),
    Axil("rresp", offsetof(DevicePins, rresp), 1, kRvalid),
    Axil("irq", offsetof(DevicePins, irq), 1, kAlways)};

const std::uint8_t* BytesOf(const DevicePins& pins) {
  return reinterpret_cast<const std::uint8_t*>(&pins);
}

Place PlaceOf(const DevicePins& pins, const Pin& pin) {
  return {BytesOf(pins) + pin.at, static_cast<std::uint32_t>(pin.bytes), 0};
}

template <std::size_t kCount>
const Pin* FirstDifferent(const std::array<Pin, kCount>& pins,
                          const DevicePins& rtl,
                          const DevicePins& model) {
  for (const Pin& pin : pins) {
    if (BytesOf(rtl)[pin.valid] != 0 &&
        std::memcmp(BytesOf(rtl) + pin.at, BytesOf(model) + pin.at, pin.bytes) != 0)
      return &pin;
  }
  return nullptr;
}

// Quickly, for most cycles: whether no data is written and all other pins are the same, also those
// that do not count.
bool AreSame(const DevicePins& rtl, const DevicePins& model) {
  constexpr std::size_t kData = sizeof(AxiMasterPins::wdata);
  static_assert(kAxi == 0 && offsetof(AxiMasterPins, wdata) == 0);
  return rtl.axi.wvalid == 0 &&
         std::memcmp(BytesOf(rtl) + kData, BytesOf(model) + kData, sizeof(DevicePins) - kData) == 0;
}

std::string RtlName(const Pin& pin) {
  const std::string name = pin.name;
  if (name == "irq")
    return "irq_o";
  return (std::strcmp(pin.unit, "axi") == 0 ? "m_axi_" : "s_axil_") + name + "_o";
}

}  // namespace

std::optional<Signal> DifferentPin(const DevicePins& rtl, const DevicePins& model, bool host) {
  if (AreSame(rtl, model))
    return std::nullopt;
  const Pin* pin = FirstDifferent(kBusPins, rtl, model);
  if (pin == nullptr && host)
    pin = FirstDifferent(kHostPins, rtl, model);
  if (pin == nullptr)
    return std::nullopt;
  Signal signal;
  signal.unit = pin->unit;
  signal.name = pin->name;
  signal.bits = static_cast<std::uint32_t>(8 * pin->bytes);
  signal.rtl_name = RtlName(*pin);
  signal.register_bits = signal.bits;
  signal.is_whole = true;
  signal.rtl = PlaceOf(rtl, *pin);
  signal.model = PlaceOf(model, *pin);
  return signal;
}

bool IsPin(const Signal& signal) {
  return signal.unit == "axi" || signal.unit == "axil";
}

std::string UnitOfPin(const Signal& pin) {
  if (pin.unit == "axil")
    return "regs";
  if (pin.name == "rready")
    return "load";
  return pin.name.compare(0, 2, "ar") == 0 ? "read_port" : "store";
}

std::size_t ComparedPins() {
  return kBusPins.size() + kHostPins.size();
}

}  // namespace denseshift::sim

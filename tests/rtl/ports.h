// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_PORTS_H_
#define DENSESHIFT_TESTS_RTL_PORTS_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <verilated.h>

namespace denseshift::rtl {

// Access to the ports of a Verilated module, whose C++ type depends on their width: an unsigned
// integer up to 64 bits, VlWide above.

// Sets a whole port of at most 64 bits to a number or a flag.
template <typename Port, typename Value>
void Set(Port& port, Value value) {
  static_assert(std::is_integral_v<Port> && std::is_integral_v<Value>);
  port = static_cast<Port>(value);
}

// Bits [lsb, lsb + width) of a port, width at most 64.
template <typename Port>
[[nodiscard]] std::uint64_t Bits(const Port& port, std::size_t lsb, std::size_t width) {
  std::uint64_t value = 0;
  if constexpr (std::is_integral_v<Port>) {
    value = lsb < 64 ? static_cast<std::uint64_t>(port) >> lsb : 0;
  } else {
    for (std::size_t bit = 0; bit < width;) {
      const std::size_t at = lsb + bit;
      value |= static_cast<std::uint64_t>(port[at / 32] >> (at % 32)) << bit;
      bit += 32 - at % 32;
    }
  }
  return width < 64 ? value & ((std::uint64_t{1} << width) - 1) : value;
}

// Sets bits [lsb, lsb + width) of a port, width at most 64, and leaves the others.
template <typename Port>
void SetBits(Port& port, std::size_t lsb, std::size_t width, std::uint64_t value) {
  if constexpr (std::is_integral_v<Port>) {
    const std::uint64_t ones = width < 64 ? (std::uint64_t{1} << width) - 1 : ~std::uint64_t{0};
    const std::uint64_t mask = ones << lsb;
    port = static_cast<Port>((port & ~mask) | ((value << lsb) & mask));
  } else {
    for (std::size_t bit = 0; bit < width; ++bit) {
      const std::size_t at = lsb + bit;
      const EData mask = EData{1} << (at % 32);
      const bool is_set = ((value >> bit) & 1U) != 0;
      port[at / 32] = is_set ? port[at / 32] | mask : port[at / 32] & ~mask;
    }
  }
}

// Bytes [0, count) of a port, byte n at [n*8 +: 8].
template <typename Port>
[[nodiscard]] std::vector<std::uint8_t> Bytes(const Port& port, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  for (std::size_t i = 0; i < count; ++i) {
    bytes[i] = static_cast<std::uint8_t>(Bits(port, i * 8, 8));
  }
  return bytes;
}

// Sets bytes [0, count) of a port from where `bytes` points.
template <typename Port>
void SetBytes(Port& port, const std::uint8_t* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    SetBits(port, i * 8, 8, bytes[i]);
  }
}

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_PORTS_H_

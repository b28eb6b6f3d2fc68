// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/signal.h"

#include <algorithm>
#include <fmt/format.h>

namespace denseshift::sim {

std::string Signal::FullName() const {
  std::string place;
  if (lane >= 0)
    place = fmt::format("lane {}", lane);
  if (column >= 0)
    place += fmt::format("{}column {}", place.empty() ? "" : ", ", column);
  return place.empty() ? unit + "." + name : fmt::format("{}.{}[{}]", unit, name, place);
}

std::string ValueText(const Place& place, std::uint32_t bits) {
  const auto* bytes = static_cast<const std::uint8_t*>(place.data);
  const auto bit = [&](std::uint32_t n) {
    return static_cast<unsigned>(bytes[(place.lsb + n) / 8] >> (place.lsb + n) % 8) & 1U;
  };
  std::string digits;
  for (std::uint32_t low = 0; low < bits; low += 4) {
    unsigned digit = 0;
    for (std::uint32_t n = low; n < std::min(low + 4, bits); ++n)
      digit |= bit(n) << (n - low);
    digits.push_back("0123456789abcdef"[digit]);
  }
  const std::size_t last = digits.find_last_not_of('0');
  digits.resize(last == std::string::npos ? 1 : last + 1);
  std::reverse(digits.begin(), digits.end());
  return "0x" + digits;
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/short_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace denseshift::sim {

namespace {

constexpr std::string_view kGap = "..";

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
}

}  // namespace

std::string ShortName(std::string_view name, std::size_t limit) {
  std::string text(name);
  std::replace_if(text.begin(), text.end(), IsControl, '?');
  std::vector<std::size_t> starts;  // of characters
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!IsContinuation(text[i]))
      starts.push_back(i);
  }
  if (starts.size() <= limit)
    return text;
  const std::size_t kept = limit - kGap.size();
  const std::size_t front = kept / 2;
  const std::size_t back = kept - front;
  return fmt::format("{}{}{}",
                     std::string_view(text).substr(0, starts[front]),
                     kGap,
                     std::string_view(text).substr(starts[starts.size() - back]));
}

std::string ShortCount(std::uint64_t count) {
  if (count < 10000)
    return fmt::to_string(count);
  constexpr std::array<char, 6> kUnits = {'k', 'M', 'G', 'T', 'P', 'E'};
  double value = static_cast<double>(count) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95) {  // would be written with four digits before the point
    value /= 1000;
    ++unit;
  }
  const int digits = value < 9.9995 ? 3 : value < 99.995 ? 2 : 1;
  return fmt::format("{:.{}f}{}", value, digits, kUnits.at(unit));
}

}  // namespace denseshift::sim

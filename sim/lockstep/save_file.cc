// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/save_file.h"

#include <fmt/format.h>
#include <set>

namespace denseshift::sim {

namespace {

constexpr const char* kTop = "TOP.ds_top.";
constexpr std::uint64_t kPeriod = 10;  // ns

std::string WaveName(const Signal& signal) {
  const std::string range =
      signal.register_bits > 1 ? fmt::format("[{}:0]", signal.register_bits - 1) : "";
  return kTop + signal.rtl_name + range;
}

}  // namespace

std::string SaveFileText(const std::filesystem::path& wave,
                         const std::vector<Signal>& signals,
                         const Signal& first,
                         std::uint64_t cycle) {
  constexpr const char* kBinary = "@28";
  constexpr const char* kHexadecimal = "@22";
  std::string text = fmt::format(
      "[dumpfile] \"{}\"\n[timestart] {}\n[size] 1400 800\n[pos] -1 -1\n*-5.0 {}\n[sst_expanded] "
      "1\n",
      wave.string(),
      cycle < 12 ? 0 : kPeriod * (cycle - 12),
      kPeriod * cycle);
  text += fmt::format("{}\n{}clk_i\n{}\n{}\n", kBinary, kTop, kHexadecimal, WaveName(first));
  std::set<std::string> shown = {WaveName(first)};
  for (const Signal& signal : signals) {
    const std::string name = WaveName(signal);
    if (shown.insert(name).second)
      text += name + "\n";
  }
  return text;
}

}  // namespace denseshift::sim

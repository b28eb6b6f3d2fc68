// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/prim/ds_burst.sv against docs/architecture.md, Ports of ds_top.

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/combinational.h"
#include "tests/rtl/ports.h"

#include "Vds_burst_16.h"
#include "Vds_burst_8.h"

namespace denseshift::rtl {
namespace {

// Every word of a page with lengths around the longest burst and at the field's limit.
template <typename Model>
void CheckEveryWord(std::uint32_t bus_bytes) {
  constexpr std::uint32_t kPageBytes = 4096;
  constexpr std::uint32_t kLongestBurst = 32;
  Combinational<Model> dut;
  Set(dut->en_i, 1);
  std::vector<std::uint32_t> lengths = {0x7FFF, 0x8000, 0xFFFF, 256, 257, 288};
  for (std::uint32_t words = 1; words <= 70; ++words) {
    lengths.push_back(words);
  }
  for (const std::uint32_t page : {0U, 0xFFFFF000U, 0x12345000U}) {
    for (std::uint32_t offset = 0; offset < kPageBytes; offset += bus_bytes) {
      for (const std::uint32_t words : lengths) {
        Set(dut->addr_i, page + offset);
        Set(dut->words_i, words);
        dut.Settle();
        ASSERT_EQ(dut->beats_o, std::min({words, kLongestBurst, (kPageBytes - offset) / bus_bytes}))
            << "address " << page + offset << ", words " << words;
      }
    }
  }
  Set(dut->en_i, 0);
  dut.Settle();
  EXPECT_EQ(dut->beats_o, 0);
}

TEST(DsBurst, KeepsToPageAndLongestBurst) {
  CheckEveryWord<Vds_burst_8>(8);
  CheckEveryWord<Vds_burst_16>(16);
}

}  // namespace
}  // namespace denseshift::rtl

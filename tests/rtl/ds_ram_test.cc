// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/prim/ds_ram.sv and ds_ram_bytes.sv against an array.

#include <array>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_ram.h"
#include "Vds_ram_bytes.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kDepth = 16;
constexpr std::size_t kBytes = 4;

// Bits of a word that a write with these strobes changes.
std::uint64_t Mask(std::uint64_t strobes) {
  std::uint64_t mask = 0;
  for (std::size_t byte = 0; byte < kBytes; ++byte) {
    if (((strobes >> byte) & 1U) != 0) {
      mask |= std::uint64_t{0xFF} << (byte * 8);
    }
  }
  return mask;
}

void SetStrobes(Clocked<Vds_ram>& /*dut*/, std::uint64_t /*strobes*/) {
}

void SetStrobes(Clocked<Vds_ram_bytes>& dut, std::uint64_t strobes) {
  Set(dut->wstrb_i, strobes);
}

// Writes every word, then reads and writes at random: a read returns what was there before the
// write of the same cycle, and holds.
template <typename Model>
void CheckAtRandom(bool has_strobes) {
  Random random;
  Clocked<Model> dut;
  std::array<std::uint64_t, kDepth> words{};
  std::uint64_t shown = 0;
  bool has_read = false;
  for (std::size_t cycle = 0; cycle < 5000; ++cycle) {
    const bool fills = cycle < kDepth;
    const std::uint64_t waddr = fills ? cycle : random.Between(0, kDepth - 1);
    const std::uint64_t raddr = random.Chance(40) ? waddr : random.Between(0, kDepth - 1);
    const std::uint64_t data = random.Between(0, 0xFFFFFFFF);
    const std::uint64_t strobes = fills || !has_strobes ? 15 : random.Between(0, 15);
    const bool writes = fills || random.Chance(60);
    const bool reads = !fills && random.Chance(60);
    Set(dut->we_i, writes);
    Set(dut->waddr_i, waddr);
    Set(dut->wdata_i, data);
    SetStrobes(dut, strobes);
    Set(dut->re_i, reads);
    Set(dut->raddr_i, raddr);
    dut.Tick();
    if (reads) {
      shown = words.at(raddr);
      has_read = true;
    }
    if (writes) {
      words.at(waddr) = (words.at(waddr) & ~Mask(strobes)) | (data & Mask(strobes));
    }
    if (has_read) {
      ASSERT_EQ(dut->rdata_o, shown) << "cycle " << cycle;
    }
  }
}

TEST(DsRam, FollowsAnArrayAtRandom) {
  CheckAtRandom<Vds_ram>(false);
}

TEST(DsRamBytes, FollowsAnArrayAtRandom) {
  CheckAtRandom<Vds_ram_bytes>(true);
}

}  // namespace
}  // namespace denseshift::rtl

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Drives a Verilated ds_array. Compiled when the model is built.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "sim/rtl/shim/verilated_model.h"
#include "tests/bench/shim/ds_array_abi.h"

namespace denseshift::bench {

namespace {

using Array = sim::VerilatedModel;
using StepPort = std::remove_reference_t<decltype(Vds_model::u_i)>;
using CodesPort = std::remove_reference_t<decltype(Vds_model::group_codes_i)>;

// Random inputs, made once so that the loop measures the array.
template <typename Port>
class Inputs {
 public:
  Inputs() {
    std::uint64_t state = 88172645463325252U;
    for (auto& entry : entries_) {
      for (std::size_t i = 0; i < sizeof(Port); ++i) {
        state ^= state << 13U;
        state ^= state >> 7U;
        state ^= state << 17U;
        entry[i] = static_cast<unsigned char>(state);
      }
    }
  }

  void Drive(Port& port, std::uint64_t cycle) const {
    std::memcpy(&port, entries_[cycle % kEntries].data(), sizeof(Port));
  }

 private:
  static constexpr std::size_t kEntries = 61;  // no common factor with the length of a tile
  std::array<std::array<unsigned char, sizeof(Port)>, kEntries> entries_;
};

void* Create() {
  return new Array(1);
}

void Destroy(void* array) {
  delete static_cast<Array*>(array);
}

std::uint64_t Run(void* array,
                  std::uint64_t cycles,
                  std::uint64_t tile_cycles,
                  std::uint64_t groups) {
  Array& model = *static_cast<Array*>(array);
  static const Inputs<StepPort> steps;
  static const Inputs<CodesPort> codes;
  std::uint64_t checksum = 0;
  for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
    const std::uint64_t phase = cycle % tile_cycles;
    (*model).swap_i = phase == 0 ? 1 : 0;
    (*model).step_i = 1;
    (*model).group_we_i = phase < groups ? 1 : 0;
    (*model).group_i = static_cast<CData>(phase % 128);
    steps.Drive((*model).u_i, cycle);
    codes.Drive((*model).group_codes_i, cycle);
    model.Tick();
    checksum = checksum * 31 + (*model).sum_o[0];
  }
  return checksum;
}

constexpr ArrayAbi kAbi = {Create, Destroy, Run};

}  // namespace

}  // namespace denseshift::bench

extern "C" __attribute__((visibility("default"))) const denseshift::bench::ArrayAbi*
DenseShiftArrayAbi() {
  return &denseshift::bench::kAbi;
}

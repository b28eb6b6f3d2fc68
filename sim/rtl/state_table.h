// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_STATE_TABLE_H_
#define DENSESHIFT_SIM_RTL_STATE_TABLE_H_

#include <filesystem>
#include <string>
#include <vector>

// Finds the state of a design in what Verilator made of it: every register (its name ends with _q)
// and every memory (named mem) that sim/rtl/shim/observe.vlt keeps visible.
namespace denseshift::sim {

struct StateMember {
  std::string name;    // as in the RTL, below the top module: "u_load.u_queue.wr_q"
  std::string member;  // of the class Vds_model___024root
  int bits = 0;        // of one item
};

// In the order of the class. Throws std::runtime_error if there is none.
[[nodiscard]] std::vector<StateMember> FindState(const std::string& header, const std::string& top);

// Writes the lines `DENSESHIFT_STATE("name", member, bits)` that sim/rtl/shim/state_list.h expands.
void WriteStateTable(const std::filesystem::path& header,
                     const std::string& top,
                     const std::filesystem::path& table);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_STATE_TABLE_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_SHIM_STATE_LIST_H_
#define DENSESHIFT_SIM_RTL_SHIM_STATE_LIST_H_

// The state of a Verilated model by name, as state_table_generated.h of its build folder lists it
// (sim/rtl/state_table.h).

#include <vector>

#include "sim/rtl/shim/abi.h"

#include "Vds_model___024root.h"
#include <verilated.h>

void Vds_model___024root___eval_settle(Vds_model___024root* root);  // made by Verilator

namespace denseshift::sim {

template <typename Item>
StateEntry Describe(const char* name, std::uint32_t bits, Item& item) {
  return {name, &item, bits, 1, sizeof(Item)};
}

template <typename Item, std::size_t kItems>
StateEntry Describe(const char* name, std::uint32_t bits, VlUnpacked<Item, kItems>& items) {
  return {name, &items.m_storage, bits, kItems, sizeof(Item)};
}

// Not optimised: the compiler would spend minutes on thousands of entries that are made once.
[[clang::optnone]] inline std::vector<StateEntry> ListState(Vds_model___024root& root) {
  return {
#define DENSESHIFT_STATE(name, member, bits) Describe(name, bits, root.member),
#include "state_table_generated.h"
#undef DENSESHIFT_STATE
  };
}

// Recomputes everything that follows from the state.
inline void SettleState(Vds_model___024root& root) {
  Vds_model___024root___eval_settle(&root);
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_SHIM_STATE_LIST_H_

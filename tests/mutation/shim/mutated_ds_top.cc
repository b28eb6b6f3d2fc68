// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// The shim of a ds_top that holds many mutants: the project's own, and functions that select one
// and that set the long counters at the end of the coming cycle.

#include "sim/rtl/shim/ds_top.cc"

extern "C" __attribute__((visibility("default"))) void DenseShiftSelectMutant(void* model,
                                                                              unsigned mutant) {
  (*denseshift::sim::Model(model)).rootp->mutsel = static_cast<SData>(mutant);
}

extern "C" __attribute__((visibility("default"))) void DenseShiftPresetCounters(
    void* model, int is_preset, std::uint64_t value) {
  Vds_model___024root& top = *(*denseshift::sim::Model(model)).rootp;
  top.preset_i = static_cast<CData>(is_preset);
  top.preset_value_i = value;
}

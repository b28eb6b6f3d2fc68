// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_TRACED_MODEL_H_
#define DENSESHIFT_SIM_RTL_TRACED_MODEL_H_

#include <cstdint>
#include <limits>
#include <string>

#include "sim/rtl/model.h"
#include "sim/rtl/model_request.h"
#include "sim/rtl/trace_window.h"

namespace denseshift::sim {

// A Verilated model that writes a waveform of some of its cycles.
class TracedModel {
 public:
  // Builds the model if it is not in the cache (CachedModel); its trace format is that of the
  // window's file.
  //
  // Errors  std::invalid_argument for a trace file that is neither .fst nor .vcd, or an unknown
  //         unit; std::runtime_error from CachedModel.
  TracedModel(ModelRequest request, const TraceWindow& trace);

  // Clock cycle number `cycle`; as Model::Tick.
  void Tick(std::uint64_t cycle,
            const AxiMemoryPins& memory,
            const HostPins* host,
            DevicePins& device) {
    if (cycle == switch_)
      SwitchTrace(cycle);
    model_.Tick(memory, host, device);
  }

  // Cycles in reset, before cycle 0: no waveform.
  void TickInReset(const HostPins& host, DevicePins& device) {
    model_.Tick(AxiMemoryPins{}, &host, device);
  }

  [[nodiscard]] Model& model() { return model_; }

 private:
  void SwitchTrace(std::uint64_t cycle);

  TraceWindow trace_;
  std::string scope_;
  Model model_;
  std::uint64_t switch_ = std::numeric_limits<std::uint64_t>::max();  // cycle to open or close
  bool is_open_ = false;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_TRACED_MODEL_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_TRACED_MODEL_H_
#define DENSESHIFT_SIM_RTL_TRACED_MODEL_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "sim/rtl/model.h"
#include "sim/rtl/model_request.h"
#include "sim/rtl/trace_window.h"

namespace denseshift::sim {

// A Verilated model that writes a waveform of some of its cycles.
//
// A second model, built with code for waveforms, takes over the state when the window opens, runs
// beside the first while it is open, and rests before and after.
class TracedModel {
 public:
  // Builds the models if they are not in the cache (CachedModel).
  //
  // Errors  std::invalid_argument for a trace file that is neither .fst nor .vcd, or an unknown
  //         unit; std::runtime_error from CachedModel.
  TracedModel(const ModelRequest& request, const TraceWindow& trace);

  // Clock cycle number `cycle`; as Model::Tick.
  void Tick(std::uint64_t cycle,
            const AxiMemoryPins& memory,
            const HostPins* host,
            DevicePins& device) {
    if (host != nullptr)
      host_ = *host;
    if (cycle == switch_)
      SwitchTrace(cycle);
    if (is_open_)
      TickWaveform(memory);
    model_.Tick(memory, host, device);
  }

  // Cycles in reset, before cycle 0: no waveform.
  void TickInReset(const HostPins& host, DevicePins& device) {
    model_.Tick(AxiMemoryPins{}, &host, device);
  }

  // As Model::States and Model::Settle.
  [[nodiscard]] std::vector<StateEntry> States() const { return model_.States(); }

  void Settle();

 private:
  void SwitchTrace(std::uint64_t cycle);
  void CopyState();
  void TickWaveform(const AxiMemoryPins& memory);

  TraceWindow trace_;
  std::string scope_;
  // If there is a trace file. Made first: the file's name may be wrong.
  std::unique_ptr<Model> waveform_;
  Model model_;
  HostPins host_;                                                     // as last seen
  std::uint64_t switch_ = std::numeric_limits<std::uint64_t>::max();  // cycle to open or close
  bool is_open_ = false;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_TRACED_MODEL_H_

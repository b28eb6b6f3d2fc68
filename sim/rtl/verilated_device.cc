// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/verilated_device.h"

#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "sim/rtl/model_cache.h"

namespace denseshift::sim {

namespace {

TraceFormat Format(const std::filesystem::path& file) {
  if (file.empty())
    return TraceFormat::kNone;
  if (file.extension() == ".fst")
    return TraceFormat::kFst;
  if (file.extension() == ".vcd")
    return TraceFormat::kVcd;
  throw std::invalid_argument(fmt::format("trace file {} is neither .fst nor .vcd", file.string()));
}

ModelRequest WithTrace(ModelRequest request, const TraceWindow& trace) {
  request.trace = Format(trace.file);
  return request;
}

}  // namespace

VerilatedDevice::VerilatedDevice(const DeviceParameters& parameters,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : ClockedDevice(parameters, memory),
      trace_(trace),
      model_(CachedModel(WithTrace(TopRequest(parameters), trace))) {
  Begin();
}

VerilatedDevice::VerilatedDevice(ModelRequest request,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : ClockedDevice(memory),
      trace_(trace),
      model_(CachedModel(WithTrace(std::move(request), trace))) {
  Begin();
}

void VerilatedDevice::Begin() {
  if (!trace_.file.empty() && trace_.from < trace_.to)
    trace_switch_ = trace_.from;
  Reset();
}

void VerilatedDevice::Reset() {
  ResetHost();
  for (std::uint64_t i = 0; i < kResetCycles; ++i)
    model_.Tick(AxiMemoryPins{}, &host_, device_);
  host_.rst_n = 1;
  memory_.Reset();
}

void VerilatedDevice::SwitchTrace() {
  if (trace_is_open_) {
    model_.CloseTrace();
    trace_switch_ = std::numeric_limits<std::uint64_t>::max();
  } else {
    model_.OpenTrace(trace_.file, cycles_);
    trace_switch_ = trace_.to;
  }
  trace_is_open_ = !trace_is_open_;
}

inline void VerilatedDevice::Tick() {
  if (cycles_ == trace_switch_)
    SwitchTrace();
  model_.Tick(memory_.pins(), host_works_ ? &host_ : nullptr, device_);
  memory_.Step(device_.axi);
  ++cycles_;
}

void VerilatedDevice::TickWithHost() {
  Tick();
}

void VerilatedDevice::Run(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    Tick();
    host_works_ = false;
  }
  host_works_ = true;
}

}  // namespace denseshift::sim

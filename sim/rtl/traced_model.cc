// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/traced_model.h"

#include <cstddef>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

#include "sim/rtl/model_cache.h"
#include "sim/rtl/unit_instances.h"

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

// The model that only follows: assertions are the other's.
std::unique_ptr<Model> MakeWaveformModel(ModelRequest request, const TraceWindow& trace) {
  request.trace = Format(trace.file);
  if (request.trace == TraceFormat::kNone)
    return nullptr;
  request.checked = false;
  return std::make_unique<Model>(CachedModel(request));
}

}  // namespace

TracedModel::TracedModel(const ModelRequest& request, const TraceWindow& trace)
    : trace_(trace),
      scope_(trace.unit.empty() ? "" : request.top + "." + InstanceAround(trace.unit)),
      waveform_(MakeWaveformModel(request, trace)),
      model_(CachedModel(request)) {
  if (waveform_ != nullptr && trace_.from < trace_.to)
    switch_ = trace_.from;
}

void TracedModel::Settle() {
  model_.Settle();
  if (is_open_)
    CopyState();
}

// Both are built from the same RTL, so they have the same registers and memories, if not in the
// same order.
void TracedModel::CopyState() {
  std::map<std::string, StateEntry> to;
  for (const StateEntry& entry : waveform_->States())
    to.emplace(entry.name, entry);
  for (const StateEntry& from : model_.States()) {
    const std::size_t bytes = std::size_t{from.count} * from.item_bytes;
    std::memcpy(to.at(from.name).items, from.items, bytes);
  }
  waveform_->Settle();
}

void TracedModel::TickWaveform(const AxiMemoryPins& memory) {
  DevicePins same_as_the_others;
  waveform_->Tick(memory, &host_, same_as_the_others);
}

void TracedModel::SwitchTrace(std::uint64_t cycle) {
  if (is_open_) {
    waveform_->CloseTrace();
    switch_ = std::numeric_limits<std::uint64_t>::max();
  } else {
    CopyState();
    waveform_->OpenTrace(trace_.file, scope_, cycle);
    switch_ = trace_.to;
  }
  is_open_ = !is_open_;
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/traced_model.h"

#include <fmt/format.h>
#include <stdexcept>
#include <utility>

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

ModelRequest WithTrace(ModelRequest request, const TraceWindow& trace) {
  request.trace = Format(trace.file);
  return request;
}

}  // namespace

TracedModel::TracedModel(ModelRequest request, const TraceWindow& trace)
    : trace_(trace),
      scope_(trace.unit.empty() ? "" : request.top + "." + InstanceAround(trace.unit)),
      model_(CachedModel(WithTrace(std::move(request), trace))) {
  if (!trace_.file.empty() && trace_.from < trace_.to)
    switch_ = trace_.from;
}

void TracedModel::SwitchTrace(std::uint64_t cycle) {
  if (is_open_) {
    model_.CloseTrace();
    switch_ = std::numeric_limits<std::uint64_t>::max();
  } else {
    model_.OpenTrace(trace_.file, scope_, cycle);
    switch_ = trace_.to;
  }
  is_open_ = !is_open_;
}

}  // namespace denseshift::sim

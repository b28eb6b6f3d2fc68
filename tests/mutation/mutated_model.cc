// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/mutated_model.h"

#include <memory>
#include <utility>
#include <vector>

namespace denseshift::testing {

namespace {

using Instance = std::unique_ptr<void, void (*)(void*)>;

Instance Create(const sim::ModelAbi& abi) {
  return {abi.create(1), abi.destroy};
}

std::vector<sim::StateEntry> StatesOf(const sim::ModelAbi& abi, const Instance& instance) {
  std::uint32_t count = 0;
  const sim::StateEntry* states = abi.states(instance.get(), &count);
  return {states, states + count};
}

}  // namespace

MutatedModel::MutatedModel(const std::filesystem::path& path,
                           const sim::DeviceParameters& parameters)
    : object_(path),
      abi_(reinterpret_cast<sim::ModelAbiFunction>(object_.Symbol(sim::kModelAbiSymbol))()),
      select_(reinterpret_cast<Select>(object_.Symbol("DenseShiftSelectMutant"))),
      preset_(reinterpret_cast<Preset>(object_.Symbol("DenseShiftPresetCounters"))),
      pairs_(parameters, StatesOf(*abi_, Create(*abi_))) {
}

std::optional<Difference> MutatedModel::Run(const Trace& trace, unsigned mutant) const {
  const Instance instance = Create(*abi_);
  Reference reference(pairs_, StatesOf(*abi_, instance));
  select_(instance.get(), mutant);
  sim::DevicePins device;
  for (std::size_t n = 0; n < trace.cycles.size(); ++n) {
    const TraceCycle& cycle = trace.cycles[n];
    if (cycle.preset)
      preset_(instance.get(), 1, *cycle.preset);
    if (const char* error = abi_->tick(instance.get(), &cycle.memory, &cycle.host, &device))
      return Difference{"end", error, n};
    if (cycle.preset)
      preset_(instance.get(), 0, 0);
    reference.Step(cycle);
    if (!cycle.is_compared)
      continue;
    if (const char* pin = FirstDifference(cycle.expected, device, pairs_.parameters().bus_bytes))
      return Difference{"pin", pin, n};
    if (auto signal = reference.FirstDifference())
      return Difference{"register", *std::move(signal), n};
  }
  return std::nullopt;
}

}  // namespace denseshift::testing

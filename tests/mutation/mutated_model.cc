// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/mutated_model.h"

#include <memory>

namespace denseshift::testing {

MutatedModel::MutatedModel(const std::filesystem::path& path)
    : object_(path),
      abi_(reinterpret_cast<sim::ModelAbiFunction>(object_.Symbol(sim::kModelAbiSymbol))()),
      select_(reinterpret_cast<Select>(object_.Symbol("DenseShiftSelectMutant"))),
      preset_(reinterpret_cast<Preset>(object_.Symbol("DenseShiftPresetCounters"))) {
}

Verdict MutatedModel::Run(const Trace& trace, unsigned mutant, int bus_bytes) const {
  const std::unique_ptr<void, void (*)(void*)> instance(abi_->create(1), abi_->destroy);
  select_(instance.get(), mutant);
  sim::DevicePins device;
  for (std::size_t n = 0; n < trace.cycles.size(); ++n) {
    const TraceCycle& cycle = trace.cycles[n];
    if (cycle.preset)
      preset_(instance.get(), 1, *cycle.preset);
    if (const char* error = abi_->tick(instance.get(), &cycle.memory, &cycle.host, &device))
      return {true, n, error};
    if (cycle.preset)
      preset_(instance.get(), 0, 0);
    if (!cycle.is_compared)
      continue;
    if (const char* pin = FirstDifference(cycle.expected, device, bus_bytes))
      return {true, n, pin};
  }
  return {};
}

}  // namespace denseshift::testing

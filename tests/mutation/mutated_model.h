// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_
#define DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "sim/rtl/model.h"
#include "sim/rtl/shim/abi.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// How a mutant behaved in one stimulus.
struct Verdict {
  bool is_killed = false;
  std::size_t cycle = 0;  // of the first difference
  std::string reason;     // the pin, or what the simulator said
};

// A Verilated netlist that holds many mutants.
class MutatedModel {
 public:
  // Errors as sim::SharedObject.
  explicit MutatedModel(const std::filesystem::path& path);

  // Drives a new instance with the recorded inputs, up to the first difference. 0 is no mutant.
  [[nodiscard]] Verdict Run(const Trace& trace, unsigned mutant, int bus_bytes) const;

 private:
  using Select = void (*)(void* model, unsigned mutant);
  using Preset = void (*)(void* model, int is_preset, std::uint64_t value);

  sim::SharedObject object_;
  const sim::ModelAbi* abi_;
  Select select_;
  Preset preset_;
};

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_
#define DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "sim/device_parameters.h"
#include "sim/rtl/model.h"
#include "sim/rtl/shim/abi.h"
#include "tests/mutation/reference.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// What first tells a mutant from the design.
struct Difference {
  const char* kind = "";  // "pin", "register", or "end" if the simulator gives up
  std::string what;       // the pin or register, or what the simulator said
  std::size_t cycle = 0;
};

// A Verilated netlist that holds many mutants.
class MutatedModel {
 public:
  // Errors as sim::SharedObject; std::logic_error if a register of netlist or cycle model has no
  // partner.
  MutatedModel(const std::filesystem::path& path, const sim::DeviceParameters& parameters);

  // Drives a new instance and a cycle model with the recorded inputs, up to the first difference. 0
  // is no mutant.
  [[nodiscard]] std::optional<Difference> Run(const Trace& trace, unsigned mutant) const;

 private:
  using Select = void (*)(void* model, unsigned mutant);
  using Preset = void (*)(void* model, int is_preset, std::uint64_t value);

  sim::SharedObject object_;
  const sim::ModelAbi* abi_;
  Select select_;
  Preset preset_;
  RegisterPairs pairs_;
};

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_MUTATED_MODEL_H_

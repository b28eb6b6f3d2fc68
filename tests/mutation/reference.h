// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_REFERENCE_H_
#define DENSESHIFT_TESTS_MUTATION_REFERENCE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "golden/cycle/accelerator.h"
#include "sim/device_parameters.h"
#include "sim/lockstep/comparison.h"
#include "sim/lockstep/signal.h"
#include "sim/rtl/shim/abi.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// Which registers of a netlist are which states of the cycle model. Names are looked up once;
// every stimulus has an instance of both of its own.
class RegisterPairs {
 public:
  // Throws std::logic_error if a register or a state has no partner.
  RegisterPairs(const sim::DeviceParameters& parameters, const std::vector<sim::StateEntry>& rtl);

  // The same pairs in other instances.
  [[nodiscard]] std::vector<sim::Signal> In(const std::vector<sim::StateEntry>& rtl,
                                            const golden::cycle::Accelerator& model) const;

  // Those of signals In() that a reset leaves as they are.
  [[nodiscard]] std::vector<std::size_t> OpenAfterReset() const;

  [[nodiscard]] const sim::DeviceParameters& parameters() const { return parameters_; }

 private:
  // A byte of an entry of the RTL's list or of an item of the model's.
  struct Origin {
    std::size_t entry = 0;
    std::size_t offset = 0;
  };

  struct Pair {
    sim::Signal signal;
    Origin rtl, model;
    bool is_open = false;  // after a reset it may hold anything
  };

  sim::DeviceParameters parameters_;
  std::vector<Pair> pairs_;
};

// What the registers of a netlist have to hold: a cycle model that is driven with the same pins.
class Reference {
 public:
  // Both begin as they are before the first cycle.
  Reference(const RegisterPairs& pairs, const std::vector<sim::StateEntry>& rtl);

  // One clock cycle, which the netlist has just done.
  //
  // docs/timing.md says of some state only that it is not used after a reset until it was written;
  // in a reset the model takes what the netlist has there.
  void Step(const TraceCycle& cycle);

  // The name of the first register that differs.
  [[nodiscard]] std::optional<std::string> FirstDifference() const;

 private:
  void Reset();

  golden::cycle::Accelerator model_;
  golden::cycle::InputPins inputs_;
  const RegisterPairs& pairs_;
  sim::Comparison comparison_;
};

// Sets the counters that are too long to run through, as far as the value fits. PRESETS of
// mutants.py are their registers.
void PresetLongCounters(const golden::cycle::Accelerator& model, std::uint64_t value);

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_REFERENCE_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_CAMPAIGN_H_
#define DENSESHIFT_TESTS_MUTATION_CAMPAIGN_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/mutation/mutated_model.h"
#include "tests/mutation/trace.h"

namespace denseshift::testing {

// What became of one mutant.
struct MutantResult {
  unsigned mutant = 0;
  std::string kind;       // of what killed it, as Difference has it; empty if it lives
  std::string stimulus;   // in which it died
  std::size_t cycle = 0;  // of that stimulus
  std::string what;       // as Difference has it
};

// Runs mutants, each in a process of its own, so that none can do harm: one that crashes or does
// not end in time is killed as well.
class Campaign {
 public:
  // All arguments outlive the campaign.
  Campaign(const MutatedModel& model, const std::vector<Trace>& traces)
      : model_(model), traces_(traces) {}

  // Errors  std::runtime_error if no process can be started.
  [[nodiscard]] std::vector<MutantResult> Run(const std::vector<unsigned>& mutants,
                                              std::size_t processes,
                                              std::chrono::seconds limit) const;

 private:
  struct Report;

  void RunOne(unsigned mutant, Report& report) const;

  const MutatedModel& model_;
  const std::vector<Trace>& traces_;
};

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_CAMPAIGN_H_

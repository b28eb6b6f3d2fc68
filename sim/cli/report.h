// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_REPORT_H_
#define DENSESHIFT_SIM_CLI_REPORT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "driver/program/program.h"
#include "sim/cli/inference.h"
#include "sim/cli/lockstep_finding.h"

namespace denseshift::sim {

// All a run tells its user.
struct RunReport {
  std::string device;  // as --device names it
  bool has_time = true;
  const Config* config = nullptr;
  const driver::Program* program = nullptr;
  std::size_t images = 0;
  std::vector<int> labels;       // empty: not given
  std::vector<int> predictions;  // empty: the output is not one vector of classes
  bool checks_layers = false;
  bool lockstep = false;
  std::optional<BitFlip> flip;  // injected
  InferenceResult result;

  // Predictions that equal their label; nullopt without labels or predictions.
  [[nodiscard]] std::optional<std::size_t> Correct() const;
};

// One JSON object; docs/usage.md lists its members.
[[nodiscard]] std::string ToJson(const RunReport& report);

// The same of a run that ended with a finding; `replay` is the command that shows it.
[[nodiscard]] std::string ToJson(const RunReport& report,
                                 const LockstepFinding& finding,
                                 const std::string& replay);

// Tables for a reader.
[[nodiscard]] std::string ToText(const RunReport& report);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_REPORT_H_

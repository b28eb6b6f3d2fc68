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

namespace denseshift::sim {

// All a run tells its user.
struct RunReport {
  std::string device;  // "rtl" or "functional"
  bool has_time = true;
  const Config* config = nullptr;
  const driver::Program* program = nullptr;
  std::size_t images = 0;
  std::vector<int> labels;       // empty: not given
  std::vector<int> predictions;  // empty: the output is not one vector of classes
  bool checks_layers = false;
  InferenceResult result;

  // Predictions that equal their label; nullopt without labels or predictions.
  [[nodiscard]] std::optional<std::size_t> Correct() const;
};

// One JSON object; docs/usage.md lists its members.
[[nodiscard]] std::string ToJson(const RunReport& report);

// Tables for a reader.
[[nodiscard]] std::string ToText(const RunReport& report);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_REPORT_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/compile.h"

#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "driver/compiler/emit_program.h"
#include "driver/compiler/network_check.h"
#include "driver/compiler/program_search.h"

namespace denseshift::driver {
namespace {

CommandWords EncodeNamed(const Command& command, const Network& network) {
  try {
    return Encode(command);
  } catch (const std::invalid_argument& error) {
    const std::int64_t layer = HeaderOf(command).layer;
    throw std::invalid_argument(fmt::format("layer '{}' is too large for the command set: {}",
                                            network.layers[static_cast<std::size_t>(layer)].name,
                                            error.what()));
  }
}

void CheckOptions(const CompileOptions& options) {
  if (options.batch < 1) {
    throw std::invalid_argument(fmt::format("batch is {}, at least 1 is needed", options.batch));
  }
  if (options.memory_bytes > std::uint64_t{1} << 32U) {
    throw std::invalid_argument(
        fmt::format("device memory of {} bytes; addresses have 32 bits", options.memory_bytes));
  }
}

// All but the encoded commands.
ProgramPlan MakePlan(const Network& network,
                     const Capabilities& capabilities,
                     const CompileOptions& options,
                     bool constants) {
  CheckOptions(options);
  ValidateCapabilities(capabilities);
  CheckNetwork(network, capabilities, constants);
  const ProgramChoice choice = ChooseProgram(network, capabilities, options);
  return EmitProgram(network, capabilities, options, choice, constants).plan;
}

}  // namespace

Program Compile(const Network& network,
                const Capabilities& capabilities,
                const CompileOptions& options) {
  ProgramPlan plan = MakePlan(network, capabilities, options, true);
  for (const Command& command : plan.commands) {
    plan.program.commands.push_back(EncodeNamed(command, network));
  }
  return std::move(plan.program);
}

ProgramPlan PlanProgram(const Network& network,
                        const Capabilities& capabilities,
                        const CompileOptions& options) {
  ProgramPlan plan = MakePlan(network, capabilities, options, false);
  for (const Command& command : plan.commands) {
    static_cast<void>(EncodeNamed(command, network));  // each has to fit its fields
  }
  return plan;
}

}  // namespace denseshift::driver

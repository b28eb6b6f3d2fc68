// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/first_job.h"

#include <cstdint>

namespace denseshift::sim {
namespace {

// The memory's cycle in which a job's first cycle lies if driver::Runtime opens a device after
// reset and starts it: eight registers are read and four written, three cycles each.
constexpr std::uint64_t kFirstJobCycle = 35;

}  // namespace

timing::JobTiming TimeFirstJob(const driver::ProgramPlan& plan,
                               const Config& config,
                               bool spans,
                               timing::Cycle limit) {
  return timing::TimeJob(plan.commands,
                         config.device,
                         config.memory,
                         {plan.program.command_address, kFirstJobCycle, spans, limit});
}

}  // namespace denseshift::sim

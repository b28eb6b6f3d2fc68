// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_FIRST_JOB_H_
#define DENSESHIFT_SIM_ESTIMATE_FIRST_JOB_H_

#include "driver/compiler/compile.h"
#include "sim/config/config.h"
#include "sim/estimate/timing/job_timing.h"

namespace denseshift::sim {

// When everything in a program's first job after reset happens, as driver::Runtime starts it.
//
// spans  say what each unit does when
// limit  of a job that takes more cycles only that is said
[[nodiscard]] timing::JobTiming TimeFirstJob(const driver::ProgramPlan& plan,
                                             const Config& config,
                                             bool spans = false,
                                             timing::Cycle limit = timing::kUnknown);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_FIRST_JOB_H_

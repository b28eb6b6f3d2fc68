// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_CAMPAIGN_COMMAND_H_
#define DENSESHIFT_SIM_CLI_CAMPAIGN_COMMAND_H_

#include <cstddef>
#include <cstdint>

#include "sim/cli/job.h"

namespace denseshift::sim {

// Arguments of `denseshift campaign`; docs/lockstep.md.
struct CampaignArguments : JobArguments {
  std::size_t flips = 500;
  std::uint64_t seed = 1;
  bool registers_only = false;
  unsigned processes = 2;
  bool json = false;
};

// Flips bits of the RTL, one in each run, and prints what the lock-step found of them.
//
// Errors  std::exception for everything that goes wrong; also after the table, if a flip did harm
//         that was not found in time.
void CampaignCommand(const CampaignArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_CAMPAIGN_COMMAND_H_

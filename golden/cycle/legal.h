// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_LEGAL_H_
#define DENSESHIFT_GOLDEN_CYCLE_LEGAL_H_

#include "golden/cycle/command.h"
#include "golden/cycle/parameters.h"

namespace denseshift::golden::cycle {

// Whether a command breaks none of the rules of docs/commands.md "Illegal commands".
[[nodiscard]] bool IsLegal(const Command& command, const Parameters& parameters);

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_LEGAL_H_

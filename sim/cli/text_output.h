// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_TEXT_OUTPUT_H_
#define DENSESHIFT_SIM_CLI_TEXT_OUTPUT_H_

#include <functional>
#include <string>
#include <string_view>

namespace denseshift::sim {

// Writes text that comes piece by piece, and may be more than fits in memory, to a file that
// appears complete or not at all, or to standard output.
//
// output  file; empty: standard output
// write   gives the pieces to the function it gets
// Errors  as WriteFileAtomically and WriteStandardOutput; what `write` throws.
void WriteText(const std::string& output,
               const std::function<void(const std::function<void(std::string_view)>&)>& write);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_TEXT_OUTPUT_H_

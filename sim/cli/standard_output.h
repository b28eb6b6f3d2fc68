// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_STANDARD_OUTPUT_H_
#define DENSESHIFT_SIM_CLI_STANDARD_OUTPUT_H_

#include <stdexcept>
#include <string_view>

namespace denseshift::sim {

// The reader of standard output has gone; there is nobody to tell.
class ReaderGone : public std::runtime_error {
 public:
  ReaderGone() : std::runtime_error("the reader of standard output has gone") {}
};

// Writes and flushes.
//
// Errors  ReaderGone; std::runtime_error with the reason, as a full disk.
void WriteStandardOutput(std::string_view text);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_STANDARD_OUTPUT_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_ACCESS_CHECKER_H_
#define DENSESHIFT_TESTS_DRIVER_ACCESS_CHECKER_H_

#include <string>

#include "driver/program/program.h"

namespace denseshift::driver::testing {

// Checks a program's command list without running it, from docs/commands.md alone:
// - every access stays inside its buffer, or inside the program's memory;
// - no word of a buffer is read that no command before has written;
// - commands of different units that touch the same word, one of them writing, are ordered by
// tokens, so
//   that the result is the same however fast the units are.
// Returns the first violation, or "".
[[nodiscard]] std::string FindViolation(const Program& program);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_ACCESS_CHECKER_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_PROGRAM_PROGRAM_CONVERT_H_
#define DENSESHIFT_DRIVER_PROGRAM_PROGRAM_CONVERT_H_

#include <cstdint>
#include <vector>

#include "driver/program/program.h"

namespace denseshift::driver {

// A program as the FlatBuffer of driver/program/program.fbs, without a file header.
[[nodiscard]] std::vector<std::uint8_t> ToFlatBuffer(const Program& program);

// The reverse. Checks structure, not meaning: see ValidateProgram().
//
// Errors  std::runtime_error if the bytes are not a valid FlatBuffer of the schema.
[[nodiscard]] Program FromFlatBuffer(const std::vector<std::uint8_t>& bytes);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_PROGRAM_PROGRAM_CONVERT_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_PROGRAM_PROGRAM_FILE_H_
#define DENSESHIFT_DRIVER_PROGRAM_PROGRAM_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/program/program.h"

namespace denseshift::driver {

// A program as bytes: a header of magic, version, payload size and CRC-32, then a FlatBuffer
// (driver/program/program.fbs).
[[nodiscard]] std::vector<std::uint8_t> SerializeProgram(const Program& program);

// The reverse. `source` names the bytes in errors.
//
// Errors  std::runtime_error if the bytes are not a whole, undamaged program of this version.
[[nodiscard]] Program ParseProgram(const std::vector<std::uint8_t>& bytes,
                                   const std::string& source);

// Writes to a temporary file beside `path` and renames it: `path` is never half-written.
//
// Errors  std::runtime_error naming path and reason.
void SaveProgram(const Program& program, const std::string& path);

// Errors  std::runtime_error naming path and reason.
[[nodiscard]] Program LoadProgram(const std::string& path);

// True if the file starts with the magic number of a program.
[[nodiscard]] bool IsProgramFile(const std::string& path);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_PROGRAM_PROGRAM_FILE_H_

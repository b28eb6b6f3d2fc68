// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_JOB_ERROR_H_
#define DENSESHIFT_SIM_FUNCTIONAL_JOB_ERROR_H_

#include <cstdint>
#include <exception>

namespace denseshift::sim {

// Error codes of a job; docs/registers.md "Errors".
enum class ErrorCode : std::uint32_t {
  kNone = 0,
  kIllegalCommand = 1,
  kReadSlaveError = 2,
  kReadDecodeError = 3,
  kWriteSlaveError = 4,
  kWriteDecodeError = 5,
  kNoProgress = 6,
  kBufferRange = 7,
  kTokenOverflow = 8,
};

// Unit numbers of the ERROR register; docs/registers.md "Counters".
enum class Unit : std::uint32_t {
  kSequencer = 0,
  kLoad = 1,
  kFeeder = 2,
  kPost = 3,
  kStore = 4,
};

// Thrown inside the device to end a job; never leaves it.
struct JobError : public std::exception {
  JobError(ErrorCode error_code, Unit error_unit, std::uint64_t error_address = 0)
      : code(error_code), unit(error_unit), address(static_cast<std::uint32_t>(error_address)) {}

  [[nodiscard]] const char* what() const noexcept override { return "the job ended with an error"; }

  ErrorCode code;
  Unit unit;
  std::uint32_t address;  // as the register ERROR_ADDRESS shows it
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_JOB_ERROR_H_

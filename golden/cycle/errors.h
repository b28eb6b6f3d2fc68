// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ERRORS_H_
#define DENSESHIFT_GOLDEN_CYCLE_ERRORS_H_

#include <cstdint>

namespace denseshift::golden::cycle {

enum ErrorCode : std::uint8_t {
  kNoError = 0,
  kIllegalCommand = 1,
  kReadSlaveError = 2,
  kReadDecodeError = 3,
  kWriteSlaveError = 4,
  kWriteDecodeError = 5,
  kNoProgress = 6,
  kBufferBounds = 7,
  kTokenOverflow = 8,
};

// Unit numbers, of errors and of counters.
enum Unit : std::uint8_t {
  kSequencerUnit = 0,
  kLoadUnit = 1,
  kFeederUnit = 2,
  kPostUnit = 3,
  kStoreUnit = 4,
};

constexpr std::uint32_t kUnits = 5;

struct Error {
  std::uint8_t code = kNoError;
  std::uint8_t unit = 0;
  std::uint32_t index = 0;
  std::uint32_t address = 0;
};

// Which of the errors raised in a cycle counts; docs/timing.md "Which error".
class Errors {
 public:
  void Begin() { error_.code = kNoError; }

  // Of one unit the first call counts, of several units the lowest.
  void Raise(Unit unit, ErrorCode code, std::uint32_t index, std::uint32_t address) {
    if (error_.code == kNoError || unit < error_.unit)
      error_ = {code, unit, index, address};
  }

  // Code 0 if no unit raised one.
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ERRORS_H_

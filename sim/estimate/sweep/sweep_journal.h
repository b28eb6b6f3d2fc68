// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_JOURNAL_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_JOURNAL_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "sim/estimate/sweep/sweep_record.h"

namespace denseshift::sim {

// The finished points of a sweep that runs, in a file: what is there survives whatever ends the
// program, and the next run goes on from it. One program at a time has it.
class SweepJournal {
 public:
  // Opens the file, or begins it, and gives `take` the points it has. A line that was not written
  // to its end is dropped.
  //
  // Errors  std::runtime_error if the file is of another sweep, in use, damaged or cannot be
  //         written.
  SweepJournal(std::filesystem::path file,
               const SweepIdentity& identity,
               const std::function<void(SweepPoint)>& take);
  SweepJournal(const SweepJournal&) = delete;
  SweepJournal& operator=(const SweepJournal&) = delete;
  ~SweepJournal();

  // Appends a point; it is with the system, if not on the disk, when this returns.
  //
  // Errors  std::runtime_error naming file and reason.
  void Add(std::uint64_t point, const SweepOutcome& outcome);

  // Deletes the file: the sweep is whole, and its result elsewhere.
  void Remove();

 private:
  void Open();
  void Continue(const SweepIdentity& identity, const std::function<void(SweepPoint)>& take);
  void Append(std::string_view bytes);
  [[noreturn]] void Fail(const std::string& what) const;
  [[noreturn]] void FailAsOther() const;
  [[noreturn]] void FailToWrite() const;

  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_JOURNAL_H_

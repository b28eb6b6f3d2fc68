// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_job.sv and ds_errors.sv against docs/registers.md, Errors.

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/combinational.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_errors.h"
#include "Vds_job.h"

namespace denseshift::rtl {
namespace {

struct Error {
  std::uint32_t code = 0;
  std::uint32_t unit = 0;
  std::uint32_t index = 0;
  std::uint32_t address = 0;
};

bool operator==(const Error& a, const Error& b) {
  return a.code == b.code && a.unit == b.unit && a.index == b.index && a.address == b.address;
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << "code " << error.code << ", unit " << error.unit << ", index " << error.index
             << ", address " << error.address;
}

constexpr std::uint32_t kWatchdogError = 6;

class DsJob : public testing::Test {
 protected:
  DsJob() {
    Set(dut_->start_i, 0);
    Set(dut_->watchdog_i, 1000);
    Set(dut_->idle_i, 0);
    Set(dut_->quiet_i, 1);
    Set(dut_->progress_i, 0);
    Set(dut_->computes_i, 0);
    Set(dut_->error_i, 0);
    dut_.Settle();
  }

  // One cycle.
  void Tick() {
    dut_.Settle();
    if (dut_->error_i == 0) {
      Show(dut_->stuck_o != 0 ? stuck_ : RandomError());
      dut_.Settle();
    }
    running_cycles_ += dut_->running_o;
    ends_ += dut_->done_o;
    dut_.Tick();
    dut_.Settle();
  }

  void Start(std::uint32_t watchdog) {
    Set(dut_->watchdog_i, watchdog);
    Set(dut_->start_i, 1);
    dut_.Settle();
    ASSERT_EQ(dut_->start_o, 1);
    Tick();
    Set(dut_->start_i, 0);
    // The job sampled it.
    Set(dut_->watchdog_i, random_.Word(0, 20));
    running_cycles_ = 0;
    ends_ = 0;
    dut_.Settle();
    ASSERT_EQ(dut_->running_o, 1);
    ASSERT_EQ(dut_->clear_o, 0);
    ASSERT_EQ(Registers(), Error{});
  }

  void Show(const Error& error) {
    Set(dut_->code_i, error.code);
    Set(dut_->unit_i, error.unit);
    Set(dut_->index_i, error.index);
    Set(dut_->addr_i, error.address);
  }

  void Raise(const Error& error) {
    Set(dut_->error_i, 1);
    Show(error);
    Tick();
    Set(dut_->error_i, 0);
  }

  Error RandomError() {
    return {random_.Word(1, 8), random_.Word(0, 4), random_.Word(0, ~0U), random_.Word(0, ~0U)};
  }

  Error Registers() {
    return {dut_->error_code_o, dut_->error_unit_o, dut_->error_index_o, dut_->error_addr_o};
  }

  // Runs until the job ends, at most `limit` cycles; returns how many it took.
  std::uint32_t RunToEnd(std::uint32_t limit) {
    std::uint32_t cycles = 0;
    while (dut_->running_o != 0 && cycles <= limit) {
      Tick();
      ++cycles;
    }
    EXPECT_LE(cycles, limit) << "the job did not end";
    return cycles;
  }

  void CheckEnded(const Error& error) {
    ASSERT_EQ(dut_->running_o, 0);
    ASSERT_EQ(dut_->abort_o, 0);
    ASSERT_EQ(dut_->clear_o, 1) << "units are held cleared outside a job";
    ASSERT_EQ(ends_, 1U) << "done_o is to be seen once";
    ASSERT_EQ(dut_->cycles_o, running_cycles_);
    ASSERT_EQ(Registers(), error);
  }

  Random random_;
  Clocked<Vds_job> dut_;
  std::uint64_t running_cycles_ = 0;
  std::uint64_t ends_ = 0;
  Error stuck_{kWatchdogError, 0, 0, 0};  // what ds_errors answers to stuck_o
};

TEST_F(DsJob, RestsAfterReset) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(dut_->running_o, 0);
    EXPECT_EQ(dut_->clear_o, 1);
    EXPECT_EQ(dut_->start_o, 0);
    EXPECT_EQ(dut_->done_o, 0);
    EXPECT_EQ(dut_->abort_o, 0);
    EXPECT_EQ(dut_->cycles_o, 0U);
    EXPECT_EQ(Registers(), Error{});
    Tick();
  }
}

// A job ends a cycle after everything is idle; its cycles are counted and kept.
TEST_F(DsJob, CountsTheCyclesOfAJob) {
  for (const std::uint32_t cycles : {0U, 1U, 2U, 17U, 300U}) {
    SCOPED_TRACE(testing::Message() << cycles << " cycles");
    ASSERT_NO_FATAL_FAILURE(Start(1000));
    Set(dut_->idle_i, 0);
    for (std::uint32_t i = 0; i < cycles; ++i) {
      Tick();
      ASSERT_EQ(dut_->running_o, 1);
      ASSERT_EQ(dut_->cycles_o, i + 1);
    }
    Set(dut_->idle_i, 1);
    EXPECT_EQ(RunToEnd(2), 1U);
    ASSERT_NO_FATAL_FAILURE(CheckEnded({}));
    for (int i = 0; i < 5; ++i) {
      Tick();
      ASSERT_EQ(dut_->cycles_o, running_cycles_);
    }
  }
}

TEST_F(DsJob, IgnoresAStartWhileAJobRuns) {
  ASSERT_NO_FATAL_FAILURE(Start(1000));
  for (int i = 0; i < 20; ++i) {
    Set(dut_->start_i, 1);
    dut_.Settle();
    ASSERT_EQ(dut_->start_o, 0);
    Tick();
  }
  EXPECT_EQ(dut_->cycles_o, 20U);
  Set(dut_->start_i, 0);
  Set(dut_->idle_i, 1);
  RunToEnd(2);
  ASSERT_NO_FATAL_FAILURE(CheckEnded({}));
}

// The first error is kept, the units abort, the job ends when the bus is quiet.
TEST_F(DsJob, KeepsTheFirstErrorUntilTheNextJob) {
  for (int run = 0; run < 50; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    ASSERT_NO_FATAL_FAILURE(Start(10000));
    Set(dut_->idle_i, 0);
    Set(dut_->quiet_i, 0);
    for (std::uint64_t i = random_.Between(0, 10); i > 0; --i) {
      Tick();
      ASSERT_EQ(dut_->abort_o, 0);
    }
    const Error error = RandomError();
    Raise(error);
    if (random_.Chance(50)) {
      Raise(RandomError());
    }
    Tick();
    ASSERT_EQ(dut_->abort_o, 1) << "two cycles after the error";
    for (std::uint64_t i = random_.Between(0, 30); i > 0; --i) {
      Set(dut_->idle_i, random_.Chance(50));
      Tick();
      ASSERT_EQ(dut_->running_o, 1);
      ASSERT_EQ(dut_->abort_o, 1);
      ASSERT_EQ(Registers(), error);
    }
    Raise(RandomError());
    Set(dut_->quiet_i, 1);
    RunToEnd(2);
    ASSERT_NO_FATAL_FAILURE(CheckEnded(error));
    // Outside a job nothing counts.
    Raise(RandomError());
    ASSERT_EQ(Registers(), error);
    ASSERT_EQ(dut_->cycles_o, running_cycles_);
  }
}

// An error in the cycle in which everything is idle belongs to the job.
TEST_F(DsJob, KeepsAnErrorOfTheLastCycle) {
  ASSERT_NO_FATAL_FAILURE(Start(1000));
  for (int i = 0; i < 5; ++i) {
    Tick();
  }
  const Error error{7, 3, 42, 4096};
  Set(dut_->idle_i, 1);
  Raise(error);
  RunToEnd(4);
  ASSERT_NO_FATAL_FAILURE(CheckEnded(error));
}

// Without progress for WATCHDOG cycles the job ends with error 6 and names the unit that holds a
// command, and that command; 0 is taken as 1.
TEST_F(DsJob, EndsWithoutProgress) {
  for (const std::uint32_t watchdog : {0U, 1U, 2U, 10U, 100U}) {
    SCOPED_TRACE(testing::Message() << "watchdog " << watchdog);
    ASSERT_NO_FATAL_FAILURE(Start(watchdog));
    stuck_.unit = watchdog % 5;
    stuck_.index = 77 + watchdog;
    const std::uint32_t cycles = RunToEnd(watchdog + 6);
    EXPECT_GE(cycles, watchdog);
    ASSERT_NO_FATAL_FAILURE(CheckEnded({kWatchdogError, watchdog % 5, 77 + watchdog, 0}));
  }
}

// Any progress starts the count again.
TEST_F(DsJob, GoesOnAsLongAsThereIsProgress) {
  ASSERT_NO_FATAL_FAILURE(Start(10));
  for (int i = 0; i < 200; ++i) {
    Set(dut_->progress_i, i % 20 == 9);
    Set(dut_->computes_i, i % 20 == 19);
    Tick();
    ASSERT_EQ(dut_->running_o, 1);
    ASSERT_EQ(dut_->abort_o, 0);
  }
  Set(dut_->progress_i, 0);
  Set(dut_->computes_i, 0);
  RunToEnd(16);
  ASSERT_NO_FATAL_FAILURE(CheckEnded({kWatchdogError, 0, 0, 0}));
}

// A bus that does not come to rest after an error: the job ends after WATCHDOG further cycles.
// Until the bus has come to rest, nothing is cleared and a start ends at once with error 6.
TEST_F(DsJob, EndsAlthoughTheBusIsNotQuiet) {
  for (const std::uint32_t watchdog : {1U, 20U, 200U}) {
    SCOPED_TRACE(testing::Message() << "watchdog " << watchdog);
    Set(dut_->quiet_i, 0);
    Set(dut_->idle_i, 0);
    Set(dut_->progress_i, 1);
    ASSERT_NO_FATAL_FAILURE(Start(watchdog));
    const Error error{2, 1, 3, 0x1000};
    Raise(error);
    Set(dut_->progress_i, 0);
    const std::uint32_t cycles = RunToEnd(watchdog + 6);
    EXPECT_GE(cycles, watchdog);
    ASSERT_EQ(ends_, 1U);
    ASSERT_EQ(dut_->cycles_o, running_cycles_);
    ASSERT_EQ(Registers(), error);
    for (const std::uint32_t unit : {1U, 4U}) {
      for (int i = 0; i < 10; ++i) {
        Tick();
        ASSERT_EQ(dut_->clear_o, 0);
        ASSERT_EQ(dut_->abort_o, 1);
      }
      ends_ = 0;
      stuck_.unit = unit;
      stuck_.index = 30 + unit;
      Set(dut_->start_i, 1);
      dut_.Settle();
      ASSERT_EQ(dut_->start_o, 0);
      Tick();
      Set(dut_->start_i, 0);
      Tick();
      ASSERT_EQ(ends_, 1U);
      ASSERT_EQ(dut_->running_o, 0);
      ASSERT_EQ(Registers(), (Error{kWatchdogError, unit, 30 + unit, 0}));
    }
    Set(dut_->quiet_i, 1);
    Tick();
    ASSERT_EQ(dut_->clear_o, 1);
    ASSERT_EQ(dut_->abort_o, 0);
    ASSERT_NO_FATAL_FAILURE(Start(100));
    Set(dut_->idle_i, 1);
    RunToEnd(2);
    ASSERT_NO_FATAL_FAILURE(CheckEnded({}));
  }
}

// The beats that still flow are progress: the bus is given the time it needs.
TEST_F(DsJob, WaitsForABusThatMoves) {
  ASSERT_NO_FATAL_FAILURE(Start(10));
  Set(dut_->quiet_i, 0);
  Raise({4, 4, 1, 64});
  for (int i = 0; i < 200; ++i) {
    Set(dut_->progress_i, i % 8 == 0);
    Tick();
    ASSERT_EQ(dut_->running_o, 1);
  }
  Set(dut_->progress_i, 0);
  Set(dut_->quiet_i, 1);
  RunToEnd(3);
  ASSERT_NO_FATAL_FAILURE(CheckEnded({4, 4, 1, 64}));
}

constexpr std::uint32_t kRangeError = 7;
constexpr std::uint32_t kTokenError = 8;

class DsErrors : public testing::Test {
 protected:
  // Random errors of every unit; feeder and post raise range errors only. A token that overflows
  // its counter is an error of the command that gives it, at no address.
  void DriveErrors() {
    for (std::size_t unit = 0; unit < errors_.size(); ++unit) {
      errors_.at(unit) = {random_.Word(1, 7),
                          static_cast<std::uint32_t>(unit),
                          random_.Word(0, ~0U),
                          random_.Word(0, ~0U)};
      overflows_.at(unit) = {
          kTokenError, static_cast<std::uint32_t>(unit), errors_.at(unit).index, 0};
    }
    errors_[2].code = kRangeError;
    errors_[3].code = kRangeError;
    overflows_[2].index = random_.Word(0, ~0U);
    overflows_[3].index = random_.Word(0, ~0U);
    Set(dut_->seq_code_i, errors_[0].code);
    Set(dut_->seq_index_i, errors_[0].index);
    Set(dut_->seq_addr_i, errors_[0].address);
    Set(dut_->load_code_i, errors_[1].code);
    Set(dut_->load_index_i, errors_[1].index);
    Set(dut_->load_addr_i, errors_[1].address);
    Set(dut_->feeder_index_i, errors_[2].index);
    Set(dut_->feeder_addr_i, errors_[2].address);
    Set(dut_->feeder_give_index_i, overflows_[2].index);
    Set(dut_->post_index_i, errors_[3].index);
    Set(dut_->post_addr_i, errors_[3].address);
    Set(dut_->post_give_index_i, overflows_[3].index);
    Set(dut_->store_code_i, errors_[4].code);
    Set(dut_->store_index_i, errors_[4].index);
    Set(dut_->store_addr_i, errors_[4].address);
  }

  void Raise(std::uint32_t raised) {
    Set(dut_->seq_error_i, raised & 1U);
    Set(dut_->load_error_i, raised >> 1U & 1U);
    Set(dut_->feeder_error_i, raised >> 2U & 1U);
    Set(dut_->post_error_i, raised >> 3U & 1U);
    Set(dut_->store_error_i, raised >> 4U & 1U);
  }

  // `lowest` and perhaps others hold a command.
  void Hold(std::uint32_t lowest) {
    Set(dut_->seq_held_i, lowest == 0);
    Set(dut_->load_held_i, lowest == 1 || (lowest < 1 && random_.Chance(50)));
    Set(dut_->feeder_held_i, lowest == 2 || (lowest < 2 && random_.Chance(50)));
    Set(dut_->post_held_i, lowest == 3 || (lowest < 3 && random_.Chance(50)));
    Set(dut_->store_held_i, lowest == 4 || (lowest < 4 && random_.Chance(50)));
  }

  // The lowest unit wins, its own error before that of its token.
  [[nodiscard]] Error Expected(std::uint32_t raised, std::uint32_t overflowed) const {
    constexpr std::array<std::uint32_t, 5> kGivers = {1, 2, 3, 4, 4};  // of the token counters
    for (std::uint32_t unit = 0; unit < errors_.size(); ++unit) {
      if (((raised >> unit) & 1U) != 0) {
        return errors_.at(unit);
      }
      for (std::size_t counter = 0; counter < kGivers.size(); ++counter) {
        if (((overflowed >> counter) & 1U) != 0 && kGivers.at(counter) == unit) {
          return overflows_.at(unit);
        }
      }
    }
    return {};
  }

  Random random_;
  Combinational<Vds_errors> dut_;
  std::array<Error, 5> errors_;
  std::array<Error, 5> overflows_;
};

// Every set of errors that can come together, with and without the watchdog's.
TEST_F(DsErrors, TakesTheLowestUnit) {
  for (int round = 0; round < 10; ++round) {
    DriveErrors();
    const std::uint32_t unit = static_cast<std::uint32_t>(round) % 5;
    Hold(unit);
    Set(dut_->stuck_i, round >= 5);
    const Error stuck{kWatchdogError, unit, errors_.at(unit).index, 0};
    for (std::uint32_t raised = 0; raised < 32; ++raised) {
      for (std::uint32_t overflowed = 0; overflowed < 32; ++overflowed) {
        Raise(raised);
        Set(dut_->overflow_i, overflowed);
        dut_.Settle();
        const bool any = raised != 0 || overflowed != 0;
        ASSERT_EQ(dut_->error_o, any ? 1 : 0);
        const Error error{dut_->code_o, dut_->unit_o, dut_->index_o, dut_->addr_o};
        if (any || round >= 5) {
          ASSERT_EQ(error, any ? Expected(raised, overflowed) : stuck)
              << "raised " << raised << ", overflowed " << overflowed;
        }
      }
    }
  }
}

// Once the job has its error, only a restart that is refused counts.
TEST_F(DsErrors, ShowsOnlyTheStuckUnitAfterwards) {
  DriveErrors();
  Set(dut_->abort_i, 1);
  Set(dut_->stuck_i, 1);
  for (std::uint32_t unit = 0; unit < errors_.size(); ++unit) {
    Hold(unit);
    for (std::uint32_t raised = 0; raised < 32; ++raised) {
      Raise(raised);
      Set(dut_->overflow_i, random_.Word(0, 31));
      dut_.Settle();
      ASSERT_EQ(dut_->error_o, 0);
      const Error error{dut_->code_o, dut_->unit_o, dut_->index_o, dut_->addr_o};
      ASSERT_EQ(error, (Error{kWatchdogError, unit, errors_.at(unit).index, 0}));
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl

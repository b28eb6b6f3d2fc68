// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: the timing of a job is the RTL's also where no compiler would go: rows that are mostly
// fill, so that data waits for the writer, and weights that are late or early by any number of
// cycles.
//
// DENSESHIFT_JOBS is the number of random jobs (default 600), DENSESHIFT_SEED the first seed.

#include "sim/estimate/timing/job_timing.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "driver/command/command.h"
#include "driver/registers.h"
#include "sim/rtl/verilated_device.h"
#include "tests/system/random_case.h"
#include "tests/system/random_device.h"

namespace denseshift::testing {
namespace {

namespace registers = driver::registers;

// Where things lie in memory. Loads come from below.
constexpr std::uint32_t kList = 0x100000;
constexpr std::uint32_t kStamps = 0x110000;
constexpr std::uint32_t kStores = 0x200000;
constexpr std::uint32_t kStampPitch = 64;

// Legal commands that neither wait for each other nor go wrong; what they compute does not matter.
class DrawCommands {
 public:
  DrawCommands(const sim::DeviceParameters& device, Draw& draw) : device_(device), draw_(draw) {}

  std::vector<driver::Command> List() {
    std::vector<driver::Command> list;
    const int kinds = draw_(2, 4);  // in some lists there is nothing but what is loaded or computed
    const int first_kind = draw_(0, 4 - kinds);
    for (int i = draw_(1, 32); i > 0; --i) {
      switch (draw_(first_kind, first_kind + kinds)) {
        case 0:
          list.emplace_back(Weights());
          break;
        case 1:
          list.emplace_back(Rows());
          break;
        case 2:
          list.emplace_back(Stamp());
          break;
        case 3:
          list.emplace_back(Conv());
          break;
        default:
          list.emplace_back(Store());
      }
    }
    return list;
  }

 private:
  // Any number, but mostly few.
  int Few(int most) { return std::min(draw_(0, most), draw_(0, most)); }

  driver::LoadCommand Rows() {
    const int words = device_.act_bytes / 2 / device_.bus_bytes;  // of a group
    driver::LoadCommand load;
    load.address = std::int64_t{draw_(0, 4096)} * device_.bus_bytes;
    load.row_stride = std::int64_t{draw_(0, 256)} * device_.bus_bytes;
    load.rows = Few(8);
    load.words = 1 + Few(100);
    load.tail = device_.bus_bytes;
    load.left = draw_(0, 1) == 0 ? 0 : Few(100);
    load.right = draw_(0, 1) == 0 ? 0 : Few(100);
    load.top = load.rows == 0 ? 1 : draw_(0, 1);
    load.bottom = draw_(0, 1);
    load.pitch = load.left + load.words + load.right;
    if ((load.rows + load.top + load.bottom + 1) / 2 * load.pitch > words) {
      load.pitch = 0;
    }
    return load;
  }

  driver::LoadCommand Weights() {
    const int words = device_.wgt_bytes / device_.bus_bytes;
    driver::LoadCommand load;
    load.address = std::int64_t{draw_(0, 4096)} * device_.bus_bytes;
    load.destination = static_cast<std::int64_t>(driver::Destination::kWeight);
    load.rows = 1;
    load.words = draw_(1, words);
    load.tail = device_.bus_bytes;
    return load;
  }

  // All positions read the same bytes and write the same.
  driver::ConvCommand Conv() {
    driver::ConvCommand conv;
    conv.out_columns = 1 + Few(draw_(0, 1) == 0 ? 8 : 2 * device_.acc_depth);
    conv.stripe = std::min<std::int64_t>(conv.out_columns, draw_(1, device_.acc_depth));
    conv.stripes = (conv.out_columns + conv.stripe - 1) / conv.stripe;
    conv.last_stripe = conv.out_columns - (conv.stripes - 1) * conv.stripe;
    conv.column_tiles = draw_(1, 4);
    conv.valid_columns = draw_(1, device_.columns);
    conv.code_bits = draw_(0, 1) == 0 ? 2 : draw_(2, device_.max_code_bits);
    conv.steps = draw_(1, 12);
    conv.run_len = (conv.steps - 1) * device_.lanes + draw_(1, device_.lanes);
    const std::int64_t bits =
        conv.column_tiles * conv.steps * device_.lanes * device_.columns * conv.code_bits;
    const std::int64_t word_bits = std::int64_t{8} * device_.bus_bytes;
    conv.weight_words = (bits + word_bits - 1) / word_bits;
    return conv;
  }

  driver::StoreCommand Store() {
    driver::StoreCommand store;
    store.address = kStores + std::int64_t{draw_(0, 4096)} * device_.bus_bytes;
    store.row_stride = std::int64_t{draw_(0, 256)} * device_.bus_bytes;
    store.rows = 1 + Few(8);
    store.words = 1 + Few(100);
    store.tail = device_.bus_bytes;
    return store;
  }

  driver::StampCommand Stamp() {
    driver::StampCommand stamp;
    stamp.address = kStamps + std::int64_t{kStampPitch} * stamps_++;
    return stamp;
  }

  const sim::DeviceParameters& device_;
  Draw& draw_;
  int stamps_ = 0;
};

struct Job {
  sim::DeviceParameters device;
  sim::MemoryParameters memory;
  std::vector<driver::Command> commands;
};

Job MakeJob(std::uint32_t seed) {
  Draw draw(seed);
  Job job;
  job.device = Builds()[seed % Builds().size()].parameters;
  job.memory.bus_bytes = job.device.bus_bytes;
  job.memory.latency_cycles = draw(1, 100);
  job.memory.bytes_per_cycle = draw(0, 3) == 0 ? job.device.bus_bytes / 2.0 : job.device.bus_bytes;
  job.memory.max_outstanding_reads = draw(1, 16);
  job.memory.max_outstanding_writes = draw(1, 8);
  job.commands = DrawCommands(job.device, draw).List();
  return job;
}

// Of stamps, in order, and of the whole job.
using Times = std::vector<std::int64_t>;

Times TimesOfRtl(const Job& job) {
  sim::VerilatedDevice device(job.device, job.memory);
  std::uint32_t address = kList;
  for (const driver::Command& command : job.commands) {
    const driver::CommandWords words = driver::Encode(command);
    device.WriteMemory(address, words.data(), driver::kCommandBytes);
    address += driver::kCommandBytes;
  }
  device.WriteRegister(registers::kCmdAddr, kList);
  device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(job.commands.size()));
  device.WriteRegister(registers::kWatchdog, 100'000);
  device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
  EXPECT_TRUE(device.RunUntilIdle(10'000'000));
  EXPECT_EQ(device.ReadRegister(registers::kError), 0U);
  Times times;
  std::uint32_t stamp = kStamps;
  for (const driver::Command& command : job.commands) {
    if (std::holds_alternative<driver::StampCommand>(command)) {
      device.ReadMemory(stamp, &times.emplace_back(), sizeof(times.back()));
      stamp += kStampPitch;
    }
  }
  times.push_back(device.ReadRegister(registers::kCyclesLo));
  return times;
}

Times EstimatedTimes(const Job& job, sim::timing::Cycle limit = sim::timing::kUnknown) {
  const auto timing =
      sim::timing::TimeJob(job.commands, job.device, job.memory, {kList, 0, false, limit});
  Times times;
  for (const sim::timing::StampTime& stamp : timing.stamps) {
    times.push_back(stamp.cycle);
  }
  times.push_back(timing.cycles);
  return times;
}

TEST(JobTiming, IsTheRtlOnRandomCommands) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t jobs = FromEnvironment("DENSESHIFT_JOBS", 600);
  std::int64_t cycles = 0;
  for (std::uint32_t seed = first; seed < first + jobs && !HasFailure(); ++seed) {
    SCOPED_TRACE(
        fmt::format("repeat with: DENSESHIFT_SEED={} DENSESHIFT_JOBS=1 "
                    "ds_system_tests --gtest_filter=JobTiming.*",
                    seed));
    const Job job = MakeJob(seed);
    const Times times = EstimatedTimes(job);
    EXPECT_EQ(times, TimesOfRtl(job));
    EXPECT_EQ(EstimatedTimes(job, times.back()), times) << "a limit of as many cycles cuts nothing";
    cycles += times.back();
  }
  if (!HasFailure())
    fmt::print("{} jobs, {} cycles, difference 0\n", jobs, cycles);
}

}  // namespace
}  // namespace denseshift::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: no bus error, illegal command or deadlock hangs the device; each ends in a
// status that says what and where, and the next job runs as if nothing had been.

#include <cstdint>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/registers.h"
#include "driver/runtime.h"
#include "sim/check/layer_check.h"
#include "sim/functional/functional_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/driver/random_network.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

namespace registers = driver::registers;
using driver::testing::NetworkBuilder;

struct Status {
  std::uint32_t code = 0, unit = 0, command = 0, address = 0;
};

Status ReadStatus(driver::Device& device) {
  const std::uint32_t error = device.ReadRegister(registers::kError);
  return {error & 255U,
          (error >> 8U) & 255U,
          device.ReadRegister(registers::kErrorCommand),
          device.ReadRegister(registers::kErrorAddress)};
}

class Errors : public ::testing::Test {
 protected:
  Errors()
      : parameters_(Builds()[0].parameters),
        memory_(MakeMemory(parameters_.bus_bytes)),
        rtl_(parameters_, memory_),
        capabilities_(driver::ReadCapabilities(rtl_)) {}

  static sim::MemoryParameters MakeMemory(int bus_bytes) {
    sim::MemoryParameters memory;
    memory.bus_bytes = bus_bytes;
    memory.bytes = std::uint64_t{1} << 20U;
    memory.latency_cycles = 7;
    return memory;
  }

  // A network whose job loads, computes, pools and stores in several tiles.
  void MakeJob() {
    NetworkBuilder builder(5, capabilities_);
    driver::Window window;
    window.kernel_h = window.kernel_w = 3;
    window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
    const int conv = builder.Conv(builder.Input(12, 12, 12), window, 20, 4);
    driver::Window pool;
    pool.kernel_h = pool.kernel_w = pool.stride_h = pool.stride_w = 2;
    builder.MaxPool(conv, pool);
    network_ = builder.Finish();
    driver::CompileOptions options;
    options.memory_bytes = memory_.bytes;
    program_ = driver::Compile(network_, capabilities_, options);
    image_ = builder.RandomImage();
  }

  void ExpectGoodJob(driver::Runtime& runtime) {
    static_cast<void>(runtime.Run({image_}));
    const auto difference = sim::LayerCheck(network_).Check(
        0, image_, [&](std::size_t tensor) { return runtime.ReadTensor(tensor); });
    EXPECT_FALSE(difference) << difference->Description();
  }

  // Every transaction of one direction fails once, and a good job follows each time.
  void FailEachTransaction(sim::Direction direction, sim::FaultKind kind, std::uint32_t code) {
    MakeJob();
    driver::RuntimeOptions options;
    options.watchdog = 2000;
    driver::Runtime runtime(rtl_, program_, options);
    ExpectGoodJob(runtime);
    std::uint64_t failed = 0;
    for (std::uint64_t n = 0;; ++n) {
      SCOPED_TRACE(fmt::format("transaction {}", n));
      rtl_.Reset();
      rtl_.memory().AddFault({direction, kind, n, n});
      bool is_reported = false;
      try {
        static_cast<void>(runtime.Run({image_}));
      } catch (const driver::JobError& error) {
        is_reported = true;
        ++failed;
        EXPECT_EQ(error.failure().code, code) << error.what();
        if (code <= 3) {
          EXPECT_LE(error.failure().unit, 1U) << error.what();
        } else if (code <= 5) {
          EXPECT_EQ(error.failure().unit, 4U) << error.what();
        }
        EXPECT_LT(error.failure().command, program_.commands.size() + 4);
      }
      rtl_.memory().ClearFaults();
      if (!is_reported) {
        EXPECT_GE(n, 10U) << "too few transactions to mean anything";
        break;  // past the job's last transaction
      }
      if (kind == sim::FaultKind::kNoAnswer) {
        rtl_.Reset();  // the bus itself is stuck; only a reset frees it
      }
      ExpectGoodJob(runtime);
    }
    fmt::print("{} transactions failed and were reported\n", failed);
  }

  // Puts a raw list into memory and runs it on both devices.
  static Status RunList(driver::Device& device, const std::vector<driver::CommandWords>& list) {
    constexpr std::uint32_t kAddress = 0x40;
    device.WriteMemory(kAddress, list.data(), list.size() * driver::kCommandBytes);
    device.WriteRegister(registers::kCmdAddr, kAddress);
    device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
    device.WriteRegister(registers::kWatchdog, 500);
    device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
    EXPECT_TRUE(device.RunUntilIdle(100000));
    return ReadStatus(device);
  }

  sim::DeviceParameters parameters_;
  sim::MemoryParameters memory_;
  sim::VerilatedDevice rtl_;
  driver::Capabilities capabilities_;
  driver::Network network_;
  driver::Program program_;
  std::vector<std::int8_t> image_;
};

TEST_F(Errors, SlaveErrorAtAnyReadIsReported) {
  FailEachTransaction(sim::Direction::kRead, sim::FaultKind::kSlaveError, 2);
}

TEST_F(Errors, DecodeErrorAtAnyReadIsReported) {
  FailEachTransaction(sim::Direction::kRead, sim::FaultKind::kDecodeError, 3);
}

TEST_F(Errors, SlaveErrorAtAnyWriteIsReported) {
  FailEachTransaction(sim::Direction::kWrite, sim::FaultKind::kSlaveError, 4);
}

TEST_F(Errors, DecodeErrorAtAnyWriteIsReported) {
  FailEachTransaction(sim::Direction::kWrite, sim::FaultKind::kDecodeError, 5);
}

TEST_F(Errors, AReadThatIsNeverAnsweredEndsByTheWatchdog) {
  FailEachTransaction(sim::Direction::kRead, sim::FaultKind::kNoAnswer, 6);
}

TEST_F(Errors, AWriteThatIsNeverAnsweredEndsByTheWatchdog) {
  FailEachTransaction(sim::Direction::kWrite, sim::FaultKind::kNoAnswer, 6);
}

// A stamp is legal; the command after it is not.
TEST_F(Errors, AnIllegalCommandIsReportedByItsIndexOnBothDevices) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  const driver::CommandWords good = stamp.Encode();
  sim::FunctionalDevice functional(parameters_, memory_.bytes);
  const auto expect_illegal = [&](const driver::CommandWords& bad, const std::string& what) {
    SCOPED_TRACE(what);
    for (driver::Device* device :
         {static_cast<driver::Device*>(&rtl_), static_cast<driver::Device*>(&functional)}) {
      const Status status = RunList(*device, {good, bad, good});
      EXPECT_EQ(status.code, 1U);
      EXPECT_EQ(status.unit, 0U);
      EXPECT_EQ(status.command, 1U);
    }
  };
  driver::CommandWords bad = good;
  for (const std::uint32_t opcode : {0U, 6U, 255U}) {
    bad[0] = (good[0] & ~255U) | opcode;
    expect_illegal(bad, fmt::format("opcode {}", opcode));
  }
  bad = good;
  bad[0] = (good[0] & ~0xFF00U) | 0x200U;
  expect_illegal(bad, "command set version 2");
  bad = good;
  bad[2] += 4;
  expect_illegal(bad, "address not a multiple of the bus bytes");
  bad = good;
  bad[0] |= 1U << 20U;
  expect_illegal(bad, "a store that waits for a second unit");
}

TEST_F(Errors, ADeadlockedListEndsOnBothDevices) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  stamp.wait_a = 1;  // nobody gives this token
  sim::FunctionalDevice functional(parameters_, memory_.bytes);
  for (driver::Device* device :
       {static_cast<driver::Device*>(&rtl_), static_cast<driver::Device*>(&functional)}) {
    const Status status = RunList(*device, {stamp.Encode()});
    EXPECT_EQ(status.code, 6U);
    EXPECT_EQ(status.unit, 4U);
  }
}

TEST_F(Errors, AnOverflowingTokenCounterIsReportedOnBothDevices) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  stamp.signal_a = 1;  // 256 tokens nobody takes
  const std::vector<driver::CommandWords> list(256, stamp.Encode());
  sim::FunctionalDevice functional(parameters_, memory_.bytes);
  for (driver::Device* device :
       {static_cast<driver::Device*>(&rtl_), static_cast<driver::Device*>(&functional)}) {
    const Status status = RunList(*device, list);
    EXPECT_EQ(status.code, 8U);
    EXPECT_EQ(status.unit, 4U);
    EXPECT_EQ(status.command, 255U);
  }
}

TEST_F(Errors, AListOutsideTheMemoryIsReportedOnBothDevices) {
  sim::FunctionalDevice functional(parameters_, memory_.bytes);
  for (driver::Device* device :
       {static_cast<driver::Device*>(&rtl_), static_cast<driver::Device*>(&functional)}) {
    device->WriteRegister(registers::kCmdAddr, 0x40000000);
    device->WriteRegister(registers::kCmdCount, 3);
    device->WriteRegister(registers::kCtrl, registers::kCtrlStart);
    ASSERT_TRUE(device->RunUntilIdle(100000));
    const Status status = ReadStatus(*device);
    EXPECT_EQ(status.code, 3U);
    EXPECT_EQ(status.unit, 0U);
    EXPECT_EQ(status.address, 0x40000000U);
  }
}

TEST_F(Errors, AccessesOutsideABufferAreReportedOnBothDevices) {
  sim::FunctionalDevice functional(parameters_, memory_.bytes);
  const auto words = parameters_.wgt_bytes / parameters_.bus_bytes;
  driver::LoadCommand load;
  load.rows = 1;
  load.words = 2;
  load.destination = 1;
  load.tail = parameters_.bus_bytes;
  load.base = words - 1;  // the second word is outside
  driver::StoreCommand store;
  store.address = 0x8000;
  store.tail = parameters_.bus_bytes;
  store.base = parameters_.out_bytes / parameters_.bus_bytes;
  for (driver::Device* device :
       {static_cast<driver::Device*>(&rtl_), static_cast<driver::Device*>(&functional)}) {
    const Status loaded = RunList(*device, {load.Encode()});
    EXPECT_EQ(loaded.code, 7U);
    EXPECT_EQ(loaded.unit, 1U);
    EXPECT_EQ(loaded.address, static_cast<std::uint32_t>(parameters_.wgt_bytes));
    const Status stored = RunList(*device, {store.Encode()});
    EXPECT_EQ(stored.code, 7U);
    EXPECT_EQ(stored.unit, 4U);
    EXPECT_EQ(stored.address, static_cast<std::uint32_t>(parameters_.out_bytes));
  }
}

// Whatever a command says, the job ends, and the next good one is good.
TEST_F(Errors, NoFlippedCommandBitHangsTheDevice) {
  MakeJob();
  std::mt19937 random(1);
  int errors = 0;
  constexpr int kFlips = 150;
  for (int i = 0; i < kFlips; ++i) {
    driver::Program flipped = program_;
    const std::size_t command = random() % flipped.commands.size();
    const std::size_t word = random() % 16;
    const unsigned bit = random() % 32;
    flipped.commands[command][word] ^= 1U << bit;
    SCOPED_TRACE(fmt::format("command {}, word {}, bit {}", command, word, bit));
    driver::RuntimeOptions options;
    options.watchdog = 1000;
    options.limit_cycles = 40000000;  // a flipped count is long work, not a hang
    driver::Runtime bad(rtl_, flipped, options);
    try {
      static_cast<void>(bad.Run({image_}));
    } catch (const driver::JobError&) {
      ++errors;
    }
    driver::Runtime good(rtl_, program_);
    ExpectGoodJob(good);
  }
  fmt::print("{} flipped bits, {} of them reported as errors\n", kFlips, errors);
  EXPECT_GT(errors, kFlips / 10);
}

TEST_F(Errors, ADeviceWithOtherCapabilitiesIsRefused) {
  MakeJob();
  sim::FunctionalDevice other(Builds()[1].parameters, memory_.bytes);
  try {
    const driver::Runtime runtime(other, program_);
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Lanes"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace denseshift::testing

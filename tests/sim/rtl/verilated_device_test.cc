// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/verilated_device.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/rtl/stub_device.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

// The stub copies 64 bytes from CMD_ADDR to CMD_ADDR + 256: it is started in some cycle t, its AR
// handshake is in t + 1, and it ends 2 * latency + 9 cycles later.
constexpr std::uint32_t kCtrl = 0x00;
constexpr std::uint32_t kGie = 0x04;
constexpr std::uint32_t kIer = 0x08;
constexpr std::uint32_t kIsr = 0x0C;
constexpr std::uint32_t kAddress = 0x10;
constexpr std::uint32_t kCycles = 0x28;
constexpr std::uint32_t kId = 0x40;
constexpr int kLatency = 20;
constexpr std::uint32_t kJobCycles = 2 * kLatency + 9;

// Devices of all tests share one cache in the build folder.
class VerilatedDeviceTest : public testing::Test {
 protected:
  static MemoryParameters Memory() {
    MemoryParameters memory;
    memory.bytes = 1U << 20U;
    memory.latency_cycles = kLatency;
    return memory;
  }

  static std::vector<std::uint8_t> Pattern() {
    std::vector<std::uint8_t> data(64);
    for (std::size_t i = 0; i < data.size(); ++i)
      data[i] = static_cast<std::uint8_t>(3 * i + 1);
    return data;
  }

  static void Start(VerilatedDevice& device) {
    const std::vector<std::uint8_t> data = Pattern();
    device.WriteMemory(0x1000, data.data(), data.size());
    device.WriteRegister(kAddress, 0x1000);
    device.WriteRegister(kCtrl, 1);
  }

  static std::vector<std::uint8_t> Copy(VerilatedDevice& device) {
    std::vector<std::uint8_t> data(64);
    device.ReadMemory(0x1100, data.data(), data.size());
    return data;
  }

  ScopedCache cache_{DENSESHIFT_STUB_CACHE};
};

TEST_F(VerilatedDeviceTest, RunsAJobAndKeepsItsStatusForTheDriver) {
  VerilatedDevice device(StubRequest(), Memory());
  EXPECT_EQ(device.Cycles(), 0U);
  EXPECT_EQ(device.ReadRegister(kId), 0x54465344U);
  EXPECT_GT(device.Cycles(), 0U);
  EXPECT_TRUE(device.RunUntilIdle(1000));
  Start(device);
  EXPECT_TRUE(device.RunUntilIdle(100000));
  EXPECT_EQ(Copy(device), Pattern());
  EXPECT_EQ(device.ReadRegister(kCycles), kJobCycles);
  EXPECT_EQ(device.ReadRegister(kCtrl) & 6U, 6U);  // waiting has not cleared ap_done
  EXPECT_EQ(device.ReadRegister(kCtrl) & 6U, 4U);
  EXPECT_EQ(device.memory().traffic().read_beats, 4U);
  EXPECT_EQ(device.memory().traffic().write_beats, 4U);
}

TEST_F(VerilatedDeviceTest, StopsAtTheInterruptIfTheDriverEnabledIt) {
  VerilatedDevice device(StubRequest(), Memory());
  device.WriteRegister(kGie, 1);
  device.WriteRegister(kIer, 1);
  for (int job = 0; job < 2; ++job) {
    Start(device);
    const std::uint64_t start = device.Cycles();
    EXPECT_TRUE(device.RunUntilIdle(100000));
    EXPECT_TRUE(device.Interrupt());
    EXPECT_LT(device.Cycles() - start, kJobCycles + 10);
    device.WriteRegister(kIsr, 1);
  }
  // An interrupt that is still pending from the last job does not end the wait.
  Start(device);
  EXPECT_TRUE(device.RunUntilIdle(100000));
  Start(device);
  EXPECT_TRUE(device.Interrupt());
  EXPECT_TRUE(device.RunUntilIdle(100000));
  EXPECT_EQ(device.ReadRegister(kCycles), kJobCycles);
}

TEST_F(VerilatedDeviceTest, GivesUpAtTheLimit) {
  VerilatedDevice device(StubRequest(), Memory());
  device.memory().AddFault({Direction::kWrite, FaultKind::kNoAnswer});
  Start(device);
  const std::uint64_t start = device.Cycles();
  EXPECT_FALSE(device.RunUntilIdle(1000));
  EXPECT_GE(device.Cycles() - start, 1000U);
  EXPECT_LT(device.Cycles() - start, 1300U);
  device.memory().ClearFaults();
  device.Reset();
  Start(device);
  EXPECT_TRUE(device.RunUntilIdle(1000));
}

TEST_F(VerilatedDeviceTest, MemoryTimingCounts) {
  MemoryParameters slow = Memory();
  slow.latency_cycles = 100;
  slow.bytes_per_cycle = 4;
  VerilatedDevice device(StubRequest(), slow);
  Start(device);
  EXPECT_TRUE(device.RunUntilIdle(100000));
  // One beat in four cycles: nine more for the reads; the first write finds a free slot at once.
  EXPECT_EQ(device.ReadRegister(kCycles), 2U * 100 + 9 + 8 + 8);
  EXPECT_EQ(Copy(device), Pattern());
}

TEST_F(VerilatedDeviceTest, ReportsWhatTheHardwareDoesWrong) {
  VerilatedDevice device(StubRequest(), Memory());
  EXPECT_EQ(ErrorOf([&] { (void)device.ReadRegister(0xFFC); }),
            "the device did not answer an access to register 0xffc within 1000 cycles");
  testing::internal::CaptureStdout();
  const std::string error = ErrorOf([&] { device.WriteRegister(0xFF8, 0); });
  testing::internal::GetCapturedStdout();
  EXPECT_EQ(error.rfind("assertion failed at ", 0), 0U) << error;
  EXPECT_NE(error.find("stub_registers.sv:"), std::string::npos) << error;

  VerilatedDevice other(StubRequest(), Memory());
  other.WriteRegister(kAddress, 0x1FF0);  // 64 bytes from here cross 4 KiB
  const std::string violation = ErrorOf([&] {
    other.WriteRegister(kCtrl, 1);
    other.RunUntilIdle(1000);
  });
  EXPECT_NE(violation.find("crosses a 4 KiB boundary"), std::string::npos) << violation;
}

TEST_F(VerilatedDeviceTest, RefusesIllegalAccesses) {
  VerilatedDevice device(StubRequest(), Memory());
  EXPECT_THROW((void)device.ReadRegister(2), std::out_of_range);
  EXPECT_THROW(device.WriteRegister(0x1000, 0), std::out_of_range);
  std::uint8_t byte = 0;
  EXPECT_EQ(device.MemoryBytes(), 1U << 20U);
  EXPECT_THROW(device.ReadMemory(1U << 20U, &byte, 1), std::out_of_range);
  EXPECT_THROW(device.WriteMemory(1U << 20U, &byte, 1), std::out_of_range);
}

TEST_F(VerilatedDeviceTest, SeveralDevicesDoNotDisturbEachOther) {
  VerilatedDevice a(StubRequest(), Memory());
  VerilatedDevice b(StubRequest(), Memory());
  a.WriteRegister(kAddress, 1);
  b.WriteRegister(kAddress, 2);
  EXPECT_EQ(a.ReadRegister(kAddress), 1U);
  EXPECT_EQ(b.ReadRegister(kAddress), 2U);
}

TEST_F(VerilatedDeviceTest, OtherBusWidthsWork) {
  for (const int bus_bytes : {8, 32}) {
    ModelRequest request = StubRequest();
    request.parameters[5].second = bus_bytes;
    MemoryParameters memory = Memory();
    memory.bus_bytes = bus_bytes;
    VerilatedDevice device(request, memory);
    Start(device);
    EXPECT_TRUE(device.RunUntilIdle(1000));
    const std::vector<std::uint8_t> pattern = Pattern();
    const std::vector<std::uint8_t> copy = Copy(device);
    const std::ptrdiff_t bytes = std::min(64, 4 * bus_bytes);
    EXPECT_TRUE(std::equal(copy.begin(), copy.begin() + bytes, pattern.begin())) << bus_bytes;
  }
  DeviceParameters parameters;
  MemoryParameters memory = Memory();
  memory.bus_bytes = 8;
  EXPECT_THROW(VerilatedDevice(parameters, memory), std::invalid_argument);
}

TEST_F(VerilatedDeviceTest, WritesAWaveformOfTheCyclesAskedFor) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "wave.vcd";
  {
    VerilatedDevice device(StubRequest(), Memory(), {file, 20, 23});
    device.Run(19);
    EXPECT_FALSE(std::filesystem::exists(file));
    device.Run(100);
  }
  const std::string wave = FileContent(file);
  EXPECT_NE(wave.find("m_axi_araddr_o"), std::string::npos);
  EXPECT_EQ(wave.find("#195"), std::string::npos);
  for (const char* time : {"#200\n", "#205\n", "#210\n", "#225\n"}) {
    EXPECT_NE(wave.find(time), std::string::npos) << time;
  }
  EXPECT_EQ(wave.find("#230"), std::string::npos);
  EXPECT_THROW(VerilatedDevice(StubRequest(), Memory(), {folder.path() / "wave.txt"}),
               std::invalid_argument);
  VerilatedDevice unwritable(StubRequest(), Memory(), {folder.path() / "no/such/wave.vcd"});
  EXPECT_NE(ErrorOf([&] { unwritable.Run(1); }).find("cannot write"), std::string::npos);
}

}  // namespace
}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: the cycle model, written from docs/timing.md alone, is the RTL in every cycle, with errors
// and without: in lock-step all their state is equal, and the model alone gives the same results,
// cycles, counters and traffic.
//
// DENSESHIFT_LAYERS is the number of layers (default 100, of flipped bits
// 40), DENSESHIFT_SEED the first seed.

#include "sim/model/model_device.h"

#include <fmt/format.h>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/registers.h"
#include "driver/runtime.h"
#include "sim/lockstep/lockstep_device.h"
#include "tests/driver/random_network.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

namespace registers = driver::registers;

// What the registers say about the last job, in words that name them.
std::vector<std::string> JobFacts(driver::Device& device) {
  std::vector<std::string> facts;
  const auto add = [&](const std::string& name, std::uint32_t offset) {
    facts.push_back(fmt::format("{} {:#x}", name, device.ReadRegister(offset)));
  };
  add("ERROR", registers::kError);
  add("ERROR_COMMAND", registers::kErrorCommand);
  add("ERROR_ADDRESS", registers::kErrorAddress);
  add("CYCLES_LO", registers::kCyclesLo);
  add("CYCLES_HI", registers::kCyclesHi);
  for (std::uint32_t unit = 0; unit < registers::kUnitNames.size(); ++unit) {
    for (std::uint32_t counter = 0; counter < registers::kCounterNames.size(); ++counter) {
      const std::string name = fmt::format(
          "{} {}", registers::kUnitNames.at(unit), registers::kCounterNames.at(counter));
      add(name, registers::Counter(unit, counter));
      add(name + " high", registers::Counter(unit, counter) + 4);
    }
  }
  add("CTRL", registers::kCtrl);
  add("ISR", registers::kIsr);
  return facts;
}

std::string TrafficOf(sim::AxiMemory& memory) {
  const sim::AxiMemory::Traffic& t = memory.traffic();
  return fmt::format("read {} bursts {} beats, write {} bursts {} beats",
                     t.read_bursts,
                     t.read_beats,
                     t.write_bursts,
                     t.write_beats);
}

void AddFault(sim::ModelDevice& device, const sim::Fault& fault) {
  device.memory().AddFault(fault);
}

void AddFault(sim::LockstepDevice& device, const sim::Fault& fault) {
  device.AddFault(fault);
}

// The model alone, and the RTL in lock-step with another one.
class Pair {
 public:
  Pair(const sim::DeviceParameters& parameters, const sim::MemoryParameters& memory)
      : model_(std::make_unique<sim::ModelDevice>(parameters, memory)),
        rtl_(std::make_unique<sim::LockstepDevice>(parameters, memory)) {}

  sim::ModelDevice& model() { return *model_; }

  sim::LockstepDevice& rtl() { return *rtl_; }

  // The same on both, for classes that are not related.
  template <typename Action>
  void OnBoth(Action action) {
    action(*model_);
    action(*rtl_);
  }

  void ExpectSameFacts() {
    EXPECT_EQ(JobFacts(*model_), JobFacts(*rtl_));
    EXPECT_EQ(TrafficOf(model_->memory()), TrafficOf(rtl_->memory()));
    EXPECT_EQ(model_->Cycles(), rtl_->Cycles());
  }

  void ExpectSameMemory() {
    std::vector<std::uint8_t> model(model_->MemoryBytes());
    std::vector<std::uint8_t> rtl(rtl_->MemoryBytes());
    model_->ReadMemory(0, model.data(), model.size());
    rtl_->ReadMemory(0, rtl.data(), rtl.size());
    EXPECT_TRUE(model == rtl) << "memories differ";
  }

 private:
  std::unique_ptr<sim::ModelDevice> model_;
  std::unique_ptr<sim::LockstepDevice> rtl_;
};

// How a job ended, in text: the device's error, if it had one.
std::string RunJob(driver::Runtime& runtime, const std::vector<std::vector<std::int8_t>>& images) {
  try {
    static_cast<void>(runtime.Run(images));
  } catch (const driver::JobError& error) {
    return error.what();
  }
  return "no error";
}

TEST(ModelDevice, IsTheRtlInEveryCycleOfRandomLayers) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t layers = FromEnvironment("DENSESHIFT_LAYERS", 100);
  std::uint64_t cycles = 0;
  for (std::uint32_t seed = first; seed < first + layers; ++seed) {
    const RandomCase random_case = MakeRandomCase(seed);
    SCOPED_TRACE(
        fmt::format("{}\nrepeat with: DENSESHIFT_SEED={} DENSESHIFT_LAYERS=1 "
                    "ds_system_tests --gtest_filter=ModelDevice.*",
                    Describe(random_case),
                    seed));
    Pair pair(Builds()[random_case.build].parameters, random_case.memory);
    std::vector<std::string> results;
    pair.OnBoth([&](auto& device) {
      driver::Runtime runtime(device, random_case.program);
      results.push_back(RunJob(runtime, random_case.images));
    });
    ASSERT_EQ(results[0], results[1]);
    pair.ExpectSameFacts();
    pair.ExpectSameMemory();
    ASSERT_FALSE(HasFailure());
    cycles += pair.model().Cycles();
  }
  fmt::print("{} layers, {} cycles in lock-step, 0 differences\n", layers, cycles);
}

// Jobs that go wrong, on the smallest build.
class ModelErrors : public ::testing::Test {
 protected:
  static sim::MemoryParameters MakeMemory() {
    sim::MemoryParameters memory;
    memory.bus_bytes = Builds()[0].parameters.bus_bytes;
    memory.bytes = std::uint64_t{1} << 20U;
    memory.latency_cycles = 7;
    return memory;
  }

  // A network whose job loads, computes, pools and stores in several tiles.
  ModelErrors() : pair_(Builds()[0].parameters, MakeMemory()) {
    const driver::Capabilities capabilities = driver::ReadCapabilities(pair_.model());
    static_cast<void>(driver::ReadCapabilities(pair_.rtl()));
    driver::testing::NetworkBuilder builder(5, capabilities);
    driver::Window window;
    window.kernel_h = window.kernel_w = 3;
    window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
    const int conv = builder.Conv(builder.Input(12, 12, 12), window, 20, 4);
    driver::Window pool;
    pool.kernel_h = pool.kernel_w = pool.stride_h = pool.stride_w = 2;
    builder.MaxPool(conv, pool);
    driver::CompileOptions options;
    options.memory_bytes = MakeMemory().bytes;
    program_ = driver::Compile(builder.Finish(), capabilities, options);
    image_ = builder.RandomImage();
  }

  // Runs a program on both and compares all there is to see. Returns the devices' error.
  std::string ExpectSameJob(const driver::Program& program, std::uint32_t watchdog) {
    std::vector<std::string> results;
    pair_.OnBoth([&](auto& device) {
      driver::RuntimeOptions options;
      options.watchdog = watchdog;
      options.limit_cycles = 40000000;  // a flipped count is long work, not a hang
      driver::Runtime runtime(device, program, options);
      results.push_back(RunJob(runtime, {image_}));
    });
    EXPECT_EQ(results[0], results[1]);
    pair_.ExpectSameFacts();
    pair_.ExpectSameMemory();
    return results[0];
  }

  void FailTransactions(sim::Direction direction, sim::FaultKind kind) {
    int failed = 0;
    for (std::uint64_t n = 0;; n += 1 + n / 16) {
      SCOPED_TRACE(fmt::format("transaction {}", n));
      pair_ = Pair(Builds()[0].parameters, MakeMemory());
      pair_.OnBoth([&](auto& device) { AddFault(device, {direction, kind, n, n}); });
      if (ExpectSameJob(program_, 2000) == "no error")
        break;
      ++failed;
      // The bus may still owe something: then the next job ends at once.
      ExpectSameJob(program_, 2000);
      ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(failed, 5);
  }

  // Runs a raw list on both.
  void ExpectSameList(const std::vector<driver::CommandWords>& list, std::uint32_t watchdog) {
    constexpr std::uint32_t kAddress = 0x40;
    pair_.OnBoth([&](auto& device) {
      device.WriteMemory(kAddress, list.data(), list.size() * driver::kCommandBytes);
      device.WriteRegister(registers::kCmdAddr, kAddress);
      device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
      device.WriteRegister(registers::kWatchdog, watchdog);
      device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
      EXPECT_TRUE(device.RunUntilIdle(1000000));
    });
    pair_.ExpectSameFacts();
    pair_.ExpectSameMemory();
  }

  Pair pair_;
  driver::Program program_;
  std::vector<std::int8_t> image_;
};

TEST_F(ModelErrors, FailingReadsEndTheSameWay) {
  FailTransactions(sim::Direction::kRead, sim::FaultKind::kSlaveError);
  FailTransactions(sim::Direction::kRead, sim::FaultKind::kDecodeError);
}

TEST_F(ModelErrors, FailingWritesEndTheSameWay) {
  FailTransactions(sim::Direction::kWrite, sim::FaultKind::kSlaveError);
  FailTransactions(sim::Direction::kWrite, sim::FaultKind::kDecodeError);
}

TEST_F(ModelErrors, ABusThatDoesNotAnswerEndsTheSameWay) {
  FailTransactions(sim::Direction::kRead, sim::FaultKind::kNoAnswer);
  FailTransactions(sim::Direction::kRead, sim::FaultKind::kNoAddress);
  FailTransactions(sim::Direction::kWrite, sim::FaultKind::kNoAnswer);
  FailTransactions(sim::Direction::kWrite, sim::FaultKind::kNoAddress);
  FailTransactions(sim::Direction::kWrite, sim::FaultKind::kNoData);
}

TEST_F(ModelErrors, FlippedCommandBitsHaveTheSameEffect) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t flips = FromEnvironment("DENSESHIFT_LAYERS", 40);
  int errors = 0;
  for (std::uint32_t seed = first; seed < first + flips; ++seed) {
    std::mt19937 random(seed);
    driver::Program flipped = program_;
    const std::size_t command = random() % flipped.commands.size();
    const std::size_t word = random() % 16;
    const unsigned bit = random() % 32;
    flipped.commands[command][word] ^= 1U << bit;
    SCOPED_TRACE(fmt::format("seed {}: command {}, word {}, bit {}", seed, command, word, bit));
    errors += ExpectSameJob(flipped, 1000) == "no error" ? 0 : 1;
    ASSERT_FALSE(HasFailure());
  }
  fmt::print("{} flipped bits, {} of them reported as errors, 0 differences\n", flips, errors);
}

// The last command of a burst is illegal and the first beat of the next one bad, some cycles apart:
// in some of the runs none.
TEST_F(ModelErrors, AnIllegalCommandMeetsABusError) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  const driver::CommandWords good = stamp.Encode();
  driver::CommandWords bad = good;
  bad[0] |= 1U << 20U;
  std::vector<driver::CommandWords> list(12, good);
  list[3] = bad;
  for (std::uint64_t seed = 1; seed < 60; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    sim::MemoryParameters memory = MakeMemory();
    memory.stall_probability = 0.6;
    memory.seed = seed;
    pair_ = Pair(Builds()[0].parameters, memory);
    pair_.OnBoth([](auto& device) {
      AddFault(device, {sim::Direction::kRead, sim::FaultKind::kSlaveError, 1, 1});
    });
    ExpectSameList(list, 500);
    ASSERT_FALSE(HasFailure());
  }
}

TEST_F(ModelErrors, TokensThatLackOrOverflowHaveTheSameEffect) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  stamp.wait_a = 1;  // nobody gives this token
  for (const std::uint32_t watchdog : {0U, 1U, 2U, 3U, 10U, 500U})
    ExpectSameList({stamp.Encode()}, watchdog);
  stamp.wait_a = 0;
  stamp.signal_a = 1;  // 256 tokens nobody takes
  ExpectSameList(std::vector<driver::CommandWords>(260, stamp.Encode()), 500);
  stamp.signal_b = 1;
  ExpectSameList(std::vector<driver::CommandWords>(260, stamp.Encode()), 500);
}

}  // namespace
}  // namespace denseshift::testing

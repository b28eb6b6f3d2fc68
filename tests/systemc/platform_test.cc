// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: two accelerators that share a memory of random latency, each with a driver of its own that
// waits for interrupts, lose no interrupt and no job and never wait for each other; errors of the
// memory reach the driver with their address.
//
// DENSESHIFT_RUNS is the number of runs (default 100), DENSESHIFT_SEED the first seed. A run is a
// process: there can be one simulation in each.

#include <fmt/format.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "sim/device_capabilities.h"
#include "sim/functional/functional_device.h"
#include "tests/driver/random_network.h"
#include "tests/system/random_case.h"
#include "tests/systemc/run.h"

namespace denseshift::systemc::testing {
namespace {

using denseshift::testing::FromEnvironment;
using driver::testing::NetworkBuilder;

constexpr unsigned kAccelerators = 2;
constexpr std::size_t kJobs = 3;  // of each
constexpr std::uint64_t kPartBytes = std::uint64_t{1} << 20U;

// A network whose job loads, computes, pools and stores in several tiles.
driver::Program MakeProgram(const sim::DeviceParameters& device, std::uint32_t seed) {
  const driver::Capabilities capabilities = sim::CapabilitiesOf(device);
  NetworkBuilder builder(seed, capabilities);
  driver::Window window;
  window.kernel_h = window.kernel_w = 3;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
  const int size = 6 + static_cast<int>(seed % 7);
  const int conv = builder.Conv(builder.Input(size, size, 12), window, 20, 4);
  driver::Window pool;
  pool.kernel_h = pool.kernel_w = pool.stride_h = pool.stride_w = 2;
  builder.MaxPool(conv, pool);
  driver::CompileOptions options;
  options.memory_bytes = kPartBytes;
  return driver::Compile(builder.Finish(), capabilities, options);
}

class SeededRun {
 public:
  explicit SeededRun(std::uint32_t seed)
      : random_(seed),
        options_(Draw()),
        programs_{MakeProgram(options_.accelerator.device, seed),
                  MakeProgram(options_.accelerator.device, seed + 1)},
        platform_("platform", options_) {}

  void Run() {
    std::vector<Platform::Program> drivers;
    for (unsigned i = 0; i < kAccelerators; ++i)
      drivers.emplace_back(
          [this, i](driver::Device& device) { Drive(device, programs_.at(i), i); });
    platform_.Run(drivers);
    EXPECT_EQ(platform_.host().InterruptsTaken(), jobs_started_);
    EXPECT_EQ(jobs_ended_, jobs_started_);
    EXPECT_GT(ExpectAllEnded(platform_), 100U);
  }

 private:
  // A number below `bound`.
  std::uint32_t Pick(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

  PlatformOptions Draw() {
    sim::Config config = sim::LoadConfig("4x4");
    config.memory.latency_cycles = 1 + static_cast<int>(Pick(20));
    config.memory.bytes = kAccelerators * kPartBytes;
    // The RTL takes long to load: in every tenth run.
    const std::uint32_t which = Pick(20);
    PlatformOptions options = OptionsFor(config,
                                         which < 2    ? BodyKind::kRtl
                                         : which < 11 ? BodyKind::kModel
                                                      : BodyKind::kFunctional);
    options.accelerators = kAccelerators;
    options.accelerator.clock_period = sc_core::sc_time(1.0 + Pick(13), sc_core::SC_NS);
    options.accelerator.style =
        Pick(2) == 0 ? TimingStyle::kLooselyTimed : TimingStyle::kApproximatelyTimed;
    options.interrupts = true;
    options.memory.latency = sc_core::sc_time(Pick(40), sc_core::SC_NS);
    options.memory.random_latency = sc_core::sc_time(Pick(300), sc_core::SC_NS);
    options.memory.seed = random_();
    return options;
  }

  void Drive(driver::Device& device, const driver::Program& program, unsigned index) {
    const std::vector<driver::Image> images = RandomImages(program, kJobs, index + 1);
    driver::RuntimeOptions limits;
    limits.limit_cycles = 2'000'000;
    driver::Runtime runtime(device, program, limits);
    for (const driver::Image& image : images) {
      if (Pick(4) == 0)
        sc_core::wait(sc_core::sc_time(Pick(5000), sc_core::SC_NS));
      if (!is_failing_ && Pick(6) == 0)
        FailOnce(runtime, program, image, index);
      ++jobs_started_;
      const driver::Image output = runtime.Run({image}).front();
      ++jobs_ended_;
      sim::FunctionalDevice expected(options_.accelerator.device, kPartBytes);
      EXPECT_EQ(output, driver::Runtime(expected, program).Run({image}).front());
    }
  }

  // A job while a byte of its input or its output cannot be accessed.
  void FailOnce(driver::Runtime& runtime,
                const driver::Program& program,
                const driver::Image& image,
                unsigned index) {
    const bool is_write = Pick(2) == 0;
    const driver::ProgramTensor& tensor =
        program.tensors.at(static_cast<std::size_t>(is_write ? program.output : program.input));
    const std::uint64_t row = Pick(static_cast<unsigned>(tensor.tensor.height));
    const std::uint64_t byte = tensor.address + row * tensor.row_pitch;
    const bool outside = Pick(2) == 0;
    MemoryFault fault;
    fault.begin = index * kPartBytes + byte;
    fault.end = fault.begin + 1;
    fault.response = outside ? tlm::TLM_ADDRESS_ERROR_RESPONSE : tlm::TLM_GENERIC_ERROR_RESPONSE;
    is_failing_ = true;
    platform_.memory().AddFault(fault);
    ++jobs_started_;
    try {
      static_cast<void>(runtime.Run({image}));
      ADD_FAILURE() << "the job has not failed";
    } catch (const driver::JobError& error) {
      ++jobs_ended_;
      EXPECT_EQ(error.failure().code, (is_write ? 4U : 2U) + (outside ? 1U : 0U)) << error.what();
      // A burst of at most 32 words of 8 bytes.
      EXPECT_LE(error.failure().address, byte) << error.what();
      EXPECT_GT(error.failure().address + 32 * 8, byte) << error.what();
    }
    platform_.memory().ClearFaults();
    is_failing_ = false;
  }

  std::mt19937 random_;
  PlatformOptions options_;
  std::vector<driver::Program> programs_;
  Platform platform_;
  std::uint64_t jobs_started_ = 0;
  std::uint64_t jobs_ended_ = 0;
  bool is_failing_ = false;  // the memory, for one of them
};

int Failures() {
  const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
  return test->result()->total_part_count();
}

// Whether a run of the seed, in a process of its own, shows no failure.
bool RunsWell(std::uint32_t seed) {
  const int before = Failures();
  const pid_t child = fork();
  if (child == 0) {
    constexpr unsigned kSeconds = 120;
    alarm(kSeconds);  // ends a run that hangs
    try {
      SeededRun(seed).Run();
    } catch (const std::exception& error) {
      ADD_FAILURE() << "seed " << seed << ": " << error.what();
    }
    std::fflush(nullptr);
    _exit(Failures() != before ? 1 : 0);
  }
  int status = -1;
  return waitpid(child, &status, 0) == child && status == 0;
}

TEST(Platform, TwoAcceleratorsAndRandomLatencies) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t runs = FromEnvironment("DENSESHIFT_RUNS", 100);
  for (std::uint32_t seed = first; seed < first + runs; ++seed)
    EXPECT_TRUE(RunsWell(seed)) << "seed " << seed;
}

TEST(Platform, AHostThatWaitsForNothingIsTold) {
  PlatformOptions options = OptionsFor(sim::LoadConfig("4x4"), BodyKind::kModel);
  Platform platform("platform", options);
  const auto wait = [](driver::Device&) {
    sc_core::sc_event never;
    sc_core::wait(never);
  };
  EXPECT_THROW(platform.Run(wait), std::runtime_error);
}

}  // namespace
}  // namespace denseshift::systemc::testing

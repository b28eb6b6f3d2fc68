// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Which programs for smaller buffers are tried, that the fastest wins, and that it runs on the
// device.

#include "driver/compiler/buffer_search.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/buffers.h"
#include "driver/compiler/hazards.h"
#include "driver/compiler/schedule.h"
#include "tests/driver/fake_timer.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

ProgramChoice Search(const Network& network,
                     const ProgramTimer& timer,
                     const std::vector<int>& prefetch_distances = {kUsualPrefetchDistance},
                     const Capabilities& device = Capabilities()) {
  CompileOptions options;
  options.timer = &timer;
  ProgramPool pool(network, device, options, prefetch_distances);
  BufferSearch(pool, MemorySpeed()).Run();
  return pool.best();
}

EmittedProgram Emit(const Network& network, const ProgramChoice& choice) {
  return EmitProgram(network, Capabilities(), CompileOptions(), choice, false);
}

std::vector<CommandWords> Words(const EmittedProgram& program) {
  std::vector<CommandWords> words;
  for (const Command& command : program.plan.commands) {
    words.push_back(Encode(command));
  }
  return words;
}

// The last word of the activation buffer a program fills.
std::int64_t LastActivationWord(const ProgramPlan& plan) {
  std::int64_t last = 0;
  for (const Command& command : plan.commands) {
    if (const auto* load = std::get_if<LoadCommand>(&command);
        load != nullptr && load->destination == static_cast<int>(Destination::kActivation)) {
      last = std::max(last, BufferWrite(*load).high);
    }
  }
  return last;
}

// Likes programs that use little of the activation buffer.
class ThriftyTimer : public ProgramTimer {
 public:
  [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan,
                                    std::int64_t /*limit*/) const override {
    return 1000 + LastActivationWord(plan) / 64;
  }

  [[nodiscard]] std::int64_t CyclesWith(const MemorySpeed& /*memory*/,
                                        const ProgramPlan& plan,
                                        std::int64_t limit) const override {
    return ThriftyTimer::Cycles(plan, limit);
  }

  [[nodiscard]] MemorySpeed Memory() const override { return {}; }
};

TEST(BufferSearch, TheFastestWinsAndTheFirstOfEquals) {
  const Network network = Convolutions(32, 2);
  const FakeTimer all({});
  static_cast<void>(Search(network, all, {kUsualPrefetchDistance, 1}));
  ASSERT_GE(all.commands().size(), 8U);
  for (std::size_t best = 0; best < 8; ++best) {
    SCOPED_TRACE(best);
    // All are good enough to go on from, so the order stays.
    const FakeTimer timer({}, [&](std::size_t program) {
      return program == best || program == best + 1 ? 999 : 1000;
    });
    const ProgramChoice choice = Search(network, timer, {kUsualPrefetchDistance, 1});
    EXPECT_EQ(choice.prefetch_distance, best % 2 == 0 ? kUsualPrefetchDistance : 1);
    EXPECT_EQ(Emit(network, choice).plan.commands.size(), all.commands().at(best));
  }
}

TEST(BufferSearch, FindsProgramsOfSmallerBuffersThatRunOnTheDevice) {
  const Network network = Convolutions(32, 1);
  const ProgramChoice choice = Search(network, ThriftyTimer());
  const Capabilities device;
  EXPECT_LT(choice.device.act_bytes, device.act_bytes);
  const EmittedProgram program = Emit(network, choice);
  EXPECT_EQ(DescribeDifference(program.plan.program.capabilities, device), "");
  EXPECT_LE(LastActivationWord(program.plan) * 2 * device.bus_bytes, choice.device.act_bytes);
}

// What a device with a quarter of a buffer gets is tried, whatever lies between.
TEST(BufferSearch, GoesOnAlongABufferFromProgramsThatAreNotGood) {
  const Network network = Convolutions(32, 1);
  Capabilities smaller;
  const int least =
      Emit(network,
           Search(network,
                  FakeTimer({}, [](std::size_t program) { return program == 0 ? 1 : 1000; })))
          .least_device.act_bytes;
  for (const int part : {2, 4, 8}) {
    SCOPED_TRACE(part);
    smaller.act_bytes = least / part;
    const FakeTimer only_one({}, [](std::size_t program) { return program == 0 ? 1 : 1000; });
    const std::vector<CommandWords> wanted =
        Words(Emit(network, Search(network, only_one, {kUsualPrefetchDistance}, smaller)));

    class Detector : public ProgramTimer {
     public:
      explicit Detector(const std::vector<CommandWords>& wanted) : wanted_(wanted) {}

      [[nodiscard]] std::int64_t CyclesWith(const MemorySpeed& /*memory*/,
                                            const ProgramPlan& /*plan*/,
                                            std::int64_t /*limit*/) const override {
        return programs_ == 1 ? 100 : 1000;
      }

      [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan,
                                        std::int64_t /*limit*/) const override {
        ++programs_;
        std::vector<CommandWords> words;
        for (const Command& command : plan.commands) {
          words.push_back(Encode(command));
        }
        return words == wanted_ ? 1 : 1000;
      }

      [[nodiscard]] MemorySpeed Memory() const override { return {}; }

     private:
      const std::vector<CommandWords>& wanted_;
      mutable int programs_ = 0;
    };

    EXPECT_EQ(Words(Emit(network, Search(network, Detector(wanted)))), wanted);
  }
}

TEST(BufferSearch, EndsAfterSoManyCommands) {
  constexpr std::size_t kMost = 240000;
  Capabilities small;
  small.act_bytes = small.out_bytes = 1024;
  small.wgt_bytes = 4096;
  const Network network = Convolutions(32, 12);
  const FakeTimer timer({});
  static_cast<void>(Search(network, timer, {kUsualPrefetchDistance}, small));
  std::size_t commands = 0;
  for (const std::size_t of_program : timer.commands()) {
    EXPECT_LT(commands, kMost);
    commands += of_program;
  }
  EXPECT_GE(commands, kMost);
}

// So a faster memory never has less to choose from.
TEST(BufferSearch, FindsTheSameWhateverTheMemoryOfTheDeviceIs) {
  class OwnMemory : public ThriftyTimer {
   public:
    explicit OwnMemory(bool likes_much) : likes_much_(likes_much) {}

    [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan,
                                      std::int64_t /*limit*/) const override {
      commands_.push_back(plan.commands.size());
      const std::int64_t words = 1 + LastActivationWord(plan);
      return likes_much_ ? 1'000'000 / words : words;
    }

    [[nodiscard]] const std::vector<std::size_t>& commands() const { return commands_; }

   private:
    bool likes_much_;
    mutable std::vector<std::size_t> commands_;
  };

  const Network network = Convolutions(32, 2);
  const OwnMemory one(true);
  const OwnMemory other(false);
  static_cast<void>(Search(network, one));
  static_cast<void>(Search(network, other));
  EXPECT_GE(one.commands().size(), 8U);
  EXPECT_EQ(one.commands(), other.commands());
}

TEST(BufferSearch, ProgramsThatDoNotFitMemoryAreNoError) {
  const Network network = Convolutions(32, 2);
  CompileOptions options;
  const FakeTimer timer({}, [](std::size_t program) { return program == 0 ? 2 : 1; });
  options.timer = &timer;
  options.memory_bytes = PlanProgram(network, Capabilities()).program.memory_bytes;
  EXPECT_NO_THROW(static_cast<void>(PlanProgram(network, Capabilities(), options)));
  EXPECT_FALSE(timer.commands().empty());
  options.memory_bytes = 20000;  // tensors take 16 KiB
  try {
    static_cast<void>(PlanProgram(network, Capabilities(), options));
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("bytes of device memory, but there are 20000"),
              std::string::npos)
        << error.what();
  }
}

TEST(BufferSearch, NamesALayerThatDoesNotFit) {
  Capabilities small;
  small.wgt_bytes = 64;
  try {
    static_cast<void>(Search(Convolutions(32, 1), FakeTimer({}), {kUsualPrefetchDistance}, small));
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("raise WgtBytes"), std::string::npos) << error.what();
  }
}

TEST(Ring, IsUsedAsFarAsFourPieces) {
  Ring ring(100);
  for (const std::int64_t place : {0, 10, 20, 30, 0, 10}) {
    EXPECT_EQ(ring.Allocate(10), place);
  }
  EXPECT_EQ(ring.least_size(), 40);
  EXPECT_EQ(ring.Allocate(20), 20);
  EXPECT_EQ(ring.Allocate(20), 40);
  EXPECT_EQ(ring.Allocate(20), 60);
  EXPECT_EQ(ring.least_size(), 80);
  EXPECT_EQ(ring.Allocate(30), 0);
  EXPECT_EQ(ring.least_size(), 100) << "four of them would not fit";
}

TEST(Ring, ThatIsNotGoneRoundNeedsWhatWasHandedOut) {
  Ring ring(100);
  EXPECT_EQ(ring.Allocate(10), 0);
  EXPECT_EQ(ring.Allocate(15), 10);
  EXPECT_EQ(ring.least_size(), 25);
}

// And devices with less than that mostly get other ones.
TEST(EmitProgram, LeastDeviceGetsTheSameCommands) {
  int shrunk = 0;
  int others = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto draw = [&](int low, int high) {
      return std::uniform_int_distribution<int>(low, high)(random);
    };
    Capabilities device;
    device.act_bytes = 1 << draw(13, 17);
    device.wgt_bytes = 1 << draw(12, 16);
    device.out_bytes = 1 << draw(12, 16);
    device.param_entries = 1 << draw(3, 8);
    NetworkBuilder builder(seed, device);
    int tensor = builder.Input(draw(1, 20), draw(1, 20), draw(1, 40));
    for (int layer = draw(1, 3); layer > 0; --layer) {
      tensor = builder.RandomLayer(tensor);
    }
    const Network network = builder.Finish();
    ProgramChoice choice =
        Search(network,
               FakeTimer({}, [](std::size_t program) { return program == 0 ? 1 : 1000; }),
               {kUsualPrefetchDistance},
               device);
    const auto emit = [&](const Capabilities& smaller) {
      ProgramChoice on_smaller = choice;
      on_smaller.device = smaller;
      return EmitProgram(network, device, CompileOptions(), on_smaller, false);
    };
    const EmittedProgram program = emit(device);
    const Capabilities least = program.least_device;
    EXPECT_EQ(Words(emit(least)), Words(program));
    for (const auto buffer : kBuffers) {
      shrunk += least.*buffer < device.*buffer ? 1 : 0;
    }
    Capabilities smaller = least;
    smaller.act_bytes /= 2;
    try {
      others += Words(emit(smaller)) != Words(program) ? 1 : 0;
    } catch (const std::logic_error&) {
      ++others;  // the tiling is none for so small a buffer
    }
  }
  EXPECT_GT(shrunk, 40);
  EXPECT_GT(others, 30) << "of 40";
}

}  // namespace
}  // namespace denseshift::driver::testing

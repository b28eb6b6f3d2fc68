// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: a waveform shows what the RTL does, wherever its window opens and whatever bits are
// flipped.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "driver/runtime.h"
#include "sim/lockstep/lockstep_device.h"
#include "tests/sim/temporary_folder.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

using Values = std::map<std::string, std::string>;  // of each signal, bits without leading zeros

std::string WithoutLeadingZeros(const std::string& bits) {
  const std::size_t one = bits.find('1');
  return one == std::string::npos ? "0" : bits.substr(one);
}

// All signals of a VCD file after each of its times from `first` on.
std::map<std::uint64_t, Values> ReadVcd(const std::filesystem::path& path, std::uint64_t first) {
  std::ifstream file(path);
  std::vector<std::string> scopes;
  std::map<std::string, std::vector<std::string>> names;  // of each identifier
  std::map<std::uint64_t, Values> shown;
  Values now;
  std::uint64_t time = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string word;
    std::string value;
    words >> word;
    if (word == "$scope") {
      words >> word >> word;
      scopes.push_back(word);
    } else if (word == "$upscope") {
      scopes.pop_back();
    } else if (word == "$var") {
      std::string identifier;
      words >> word >> word >> identifier >> word;
      names[identifier].push_back(fmt::format("{}.{}", fmt::join(scopes, "."), word));
    } else if (word[0] == '#') {
      if (time >= first)
        shown[time] = now;
      time = std::stoull(word.substr(1));
    } else if (word[0] == 'b') {
      words >> value;
      for (const std::string& name : names[value])
        now[name] = WithoutLeadingZeros(word.substr(1));
    } else if (word[0] == '0' || word[0] == '1') {
      for (const std::string& name : names[word.substr(1)])
        now[name] = word.substr(0, 1);
    }
  }
  shown[time] = now;
  return shown;
}

// Registers by the names they have in a waveform.
Values Registers(const std::vector<sim::StateEntry>& state) {
  Values registers;
  for (const sim::StateEntry& entry : state) {
    if (entry.count != 1)
      continue;
    const auto* bytes = static_cast<const std::uint8_t*>(entry.items);
    std::string bits;
    for (std::uint32_t bit = entry.bits; bit-- > 0;)
      bits += (bytes[bit / 8] >> (bit % 8U) & 1U) != 0 ? '1' : '0';
    registers[fmt::format("TOP.ds_top.{}", entry.name)] = WithoutLeadingZeros(bits);
  }
  return registers;
}

constexpr std::uint64_t kOpens = 1500;
constexpr std::uint64_t kCloses = 1600;

class Waveform : public ::testing::Test {
 protected:
  // Runs a layer with a bit flipped amid the window; the registers after each cycle.
  std::map<std::uint64_t, Values> Trace(std::uint64_t from) {
    const RandomCase random_case = MakeRandomCase(kSeed);
    sim::LockstepDevice::Options options;
    options.trace = {file_, from, kCloses};
    options.concurrent = false;
    std::map<std::uint64_t, Values> registers;
    const sim::LockstepDevice* rtl = nullptr;
    options.observer = [&](std::uint64_t cycle) {
      if (cycle > kOpens && cycle <= kCloses)
        registers[cycle - 1] = Registers(rtl->RtlState());
    };
    options.on_difference = [](const sim::LockstepDifference&) {};
    sim::LockstepDevice device(
        Builds()[random_case.build].parameters, random_case.memory, std::move(options));
    rtl = &device;
    device.Inject({"counters.count[0][0]", 40, (kOpens + kCloses) / 2});
    driver::Runtime runtime(device, random_case.program);
    static_cast<void>(runtime.Run(random_case.images));
    EXPECT_GT(device.Cycles(), kCloses);
    return registers;
  }

  static constexpr std::uint32_t kSeed = 7;  // a layer that takes longer than the window
  sim::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "wave.vcd";
};

// A clock edge is in the middle of its cycle of 10 ns.
TEST_F(Waveform, ShowsTheRegisters) {
  const auto registers = Trace(kOpens);
  const auto shown = ReadVcd(file_, 0);
  ASSERT_EQ(registers.size(), kCloses - kOpens);
  std::size_t compared = 0;
  for (const auto& [cycle, expected] : registers) {
    const Values& values = shown.at(10 * cycle + 5);
    for (const auto& [name, value] : expected) {
      const auto found = values.find(name);
      ASSERT_NE(found, values.end()) << name;
      ASSERT_EQ(found->second, value) << name << " in cycle " << cycle;
      ++compared;
    }
  }
  EXPECT_GT(compared, 20000U);
}

TEST_F(Waveform, OfAWindowIsAPartOfTheWhole) {
  Trace(0);
  const auto whole = ReadVcd(file_, 10 * kOpens);
  Trace(kOpens);
  const auto window = ReadVcd(file_, 10 * kOpens);
  ASSERT_EQ(whole.size(), 2 * (kCloses - kOpens));
  ASSERT_EQ(window.size(), whole.size());
  for (const auto& [time, values] : window) {
    ASSERT_GT(values.size(), 500U);
    for (const auto& [name, value] : values) {
      const bool is_loop_variable = name.find(".unnamedblk") != std::string::npos;  // no signal
      if (!is_loop_variable) {
        ASSERT_EQ(value, whole.at(time).at(name)) << name << " at " << time;
      }
    }
  }
}

}  // namespace
}  // namespace denseshift::testing

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>
#include <string>

#include "tests/mutation/job.h"
#include "tests/mutation/random_commands.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kWatchdog = 60;
constexpr std::uint64_t kLimitCycles = 3000;
constexpr std::uint32_t kRandomTraces = 30;
constexpr std::uint32_t kWideTraces = 8;
constexpr int kListsOfATrace = 50;

Trace RandomLists(std::uint32_t seed) {
  sim::MemoryParameters memory = MutationMemory();
  memory.latency_cycles = 1 + static_cast<int>(seed / 2 % 4) * 3;
  memory.stall_probability = seed % 3 == 0 ? 0.4 : 0.0;
  memory.seed = seed;
  const bool far = seed % 2 == 0;
  if (far)
    memory.bytes = std::uint64_t{1} << 32U;
  Recorder device(fmt::format("random lists {}", seed), MutationDevice(), memory);
  FillMemory(device, seed);
  using Addresses = RandomCommands::Addresses;
  RandomCommands random(MutationDevice(), far ? Addresses::kFar : Addresses::kNear, 1, seed);
  for (int i = 0; i < kListsOfATrace; ++i) {
    const CommandList list = random.List();
    const std::uint32_t watchdog = random.Watchdog();
    RunList(device, list, watchdog, kLimitCycles, random.ListAddress());
    if (i % 2 == 0)
      ReadStatus(device);
  }
  return device.trace();
}

// Lists that read from all over the activation buffer.
Trace WideLists(std::uint32_t seed) {
  Recorder device(fmt::format("wide lists {}", seed), MutationDevice(), MutationMemory());
  FillMemory(device, seed);
  constexpr int kRowWords = 64;
  driver::LoadCommand fill;
  fill.words = fill.pitch = kRowWords;
  fill.row_stride = std::int64_t{MutationDevice().bus_bytes} * kRowWords;
  fill.rows = MutationDevice().act_bytes / fill.row_stride;
  fill.tail = MutationDevice().bus_bytes;
  RunList(device, {fill.Encode()}, kWatchdog, 2 * kLimitCycles * kRowWords);
  constexpr std::int64_t kSpread = 60;
  RandomCommands random(MutationDevice(), RandomCommands::Addresses::kNear, kSpread, seed);
  for (int i = 0; i < kListsOfATrace; ++i)
    RunList(device, random.List(), kWatchdog, kLimitCycles);
  return device.trace();
}

// Small commands, one of each kind.

driver::CommandWords SmallLoad() {
  driver::LoadCommand load;
  load.address = 0x1000;
  load.rows = load.words = 2;
  load.row_stride = 64;
  load.tail = 5;
  load.left = load.top = load.bottom = 1;
  load.pitch = 4;
  return load.Encode();
}

driver::CommandWords SmallConv() {
  driver::ConvCommand conv;
  conv.out_columns = 3;
  conv.out_rows = 2;
  conv.stripe = 4;
  conv.stripes = 2;
  conv.last_stripe = 2;
  conv.run_len = 3;
  conv.runs_y = 2;
  conv.kernel_row_odd = 1;
  conv.dual = 1;
  conv.steps = 2;
  conv.column_tiles = 2;
  conv.valid_columns = 3;
  conv.weight_words = 4;
  conv.code_bits = 4;
  conv.x_stride = 3;
  conv.pitch = 4;
  conv.position_pitch = 8;
  conv.out_row_pitch = 6;
  conv.lo = -128;
  conv.hi = 127;
  conv.run_step = 5;
  return conv.Encode();
}

driver::CommandWords SmallVector() {
  driver::VectorCommand vector;
  vector.out_columns = 2;
  vector.out_rows = 2;
  vector.runs_x = 2;
  vector.operation = 2;
  vector.groups = 2;
  vector.valid_lanes = 3;
  vector.x_stride = 8;
  vector.run_step = 4;
  vector.pitch = 4;
  vector.row_stride_odd = 1;
  vector.position_pitch = 8;
  vector.out_row_pitch = 6;
  vector.lo = -128;
  vector.hi = 127;
  return vector.Encode();
}

driver::CommandWords SmallStore() {
  driver::StoreCommand store;
  store.address = 0x8000;
  store.rows = 2;
  store.words = 3;
  store.row_stride = 32;
  store.head = 2;
  store.tail = 6;
  store.pitch = 4;
  return store.Encode();
}

driver::CommandWords SmallStamp() {
  driver::StampCommand stamp;
  stamp.address = 0x7000;
  return stamp.Encode();
}

// Each bit of a command is flipped once.
Trace FlippedBits(const std::string& kind, const driver::CommandWords& command) {
  Recorder device("flipped bits of a " + kind, MutationDevice(), MutationMemory());
  FillMemory(device, 1);
  for (std::size_t bit = 0; bit < 512; ++bit) {
    driver::CommandWords flipped = command;
    flipped.at(bit / 32) ^= 1U << (bit % 32);
    RunList(device, {flipped, SmallStamp()}, kWatchdog, bit % 8 == 0 ? 1200 : 300);
  }
  return device.trace();
}

// One tile of several, which may be one stripe only.
driver::CommandWords PartialConv() {
  driver::ConvCommand conv;
  conv.last = 0;
  conv.valid_columns = 3;
  conv.code_bits = 2;
  conv.lo = -128;
  conv.hi = 127;
  return conv.Encode();
}

// The `bits` of a word around this bit, all 0 but that one.
std::uint32_t OnlyBit(std::uint32_t word, unsigned bit, unsigned bits) {
  const std::uint32_t field = ((std::uint32_t{1} << bits) - 1) << (bit / bits * bits);
  return (word & ~field) | std::uint32_t{1} << bit;
}

// Every byte and every half word of a command holds each power of two: is it legal, and does what
// begins with it take each bit? Jobs are cut off soon after their beginning.
Trace Powers(const std::string& kind, const driver::CommandWords& command) {
  constexpr std::uint64_t kBeginning = 60;
  constexpr std::size_t kFirstWord = 2;
  constexpr std::size_t kEndWord = 12;
  Recorder device("powers in a " + kind, MutationDevice(), MutationMemory());
  FillMemory(device, 2);
  for (std::size_t word = kFirstWord; word < kEndWord; ++word) {
    for (unsigned bit = 0; bit < 32; ++bit) {
      const std::uint32_t flipped = command.at(word) ^ std::uint32_t{1} << bit;
      for (const std::uint32_t value :
           {OnlyBit(command.at(word), bit, 8), OnlyBit(command.at(word), bit, 16), flipped}) {
        driver::CommandWords changed = command;
        changed.at(word) = value;
        RunList(device, {changed}, kWatchdog, kBeginning);
      }
    }
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> CommandStimuli() {
  std::vector<Trace> traces;
  for (std::uint32_t seed = 1; seed <= kRandomTraces; ++seed)
    traces.push_back(RandomLists(seed));
  for (std::uint32_t seed = 101; seed < 101 + kWideTraces; ++seed)
    traces.push_back(WideLists(seed));
  traces.push_back(FlippedBits("LOAD", SmallLoad()));
  traces.push_back(FlippedBits("CONV", SmallConv()));
  traces.push_back(FlippedBits("VECTOR", SmallVector()));
  traces.push_back(FlippedBits("STORE", SmallStore()));
  traces.push_back(FlippedBits("STAMP", SmallStamp()));
  traces.push_back(Powers("LOAD", SmallLoad()));
  traces.push_back(Powers("CONV", SmallConv()));
  traces.push_back(Powers("partial CONV", PartialConv()));
  traces.push_back(Powers("VECTOR", SmallVector()));
  traces.push_back(Powers("STORE", SmallStore()));
  return traces;
}

}  // namespace denseshift::testing

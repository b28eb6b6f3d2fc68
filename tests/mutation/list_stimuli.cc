// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kWatchdog = 300;
constexpr std::uint64_t kLimitCycles = 20000;

driver::StampCommand Stamp(int wait, int signal_a, int signal_b) {
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  stamp.wait_a = wait;
  stamp.signal_a = signal_a;
  stamp.signal_b = signal_b;
  return stamp;
}

// A load of one word.
driver::LoadCommand OneWord() {
  driver::LoadCommand load;
  load.address = 0x4000;
  load.destination = 2;
  load.rows = load.words = 1;
  load.tail = 3;
  return load;
}

// A vector command of one tap.
driver::VectorCommand OneTap() {
  driver::VectorCommand vector;
  vector.valid_lanes = 2;
  vector.lo = -128;
  vector.hi = 127;
  return vector;
}

// A list of every length and place around a page's end, and list lengths around whole chunks.
Trace PageCrossings() {
  Recorder device("page crossings", MutationDevice(), MutationMemory());
  const driver::CommandWords stamp = Stamp(0, 0, 0).Encode();
  for (const std::size_t count : {0U, 1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 13U})
    RunList(device, CommandList(count, stamp), kWatchdog, kLimitCycles);
  for (std::uint32_t before = 8; before <= 5 * 64; before += 40)
    RunList(device, CommandList(6, stamp), kWatchdog, kLimitCycles, 0x2000 - before);
  RunList(device, {}, 1, kLimitCycles);
  ReadStatus(device);
  return device.trace();
}

// Each of the five counters is filled to its end and beyond.
Trace TokenOverflows() {
  Recorder device("token overflows", MutationDevice(), MutationMemory());
  FillMemory(device, 7);
  const auto repeat = [&](const driver::CommandWords& command, std::size_t count) {
    RunList(device, CommandList(count, command), kWatchdog, kLimitCycles);
    ReadStatus(device);
  };
  driver::LoadCommand load;
  load.address = 0x4000;
  load.destination = 1;
  load.rows = load.words = 1;
  load.tail = 8;
  load.signal_a = 1;
  driver::VectorCommand vector;
  vector.valid_lanes = 1;
  vector.lo = -128;
  vector.hi = 127;
  vector.signal_a = 1;
  driver::VectorCommand vector_b = vector;
  vector_b.signal_a = 0;
  vector_b.signal_b = 1;
  for (const std::size_t count : {255U, 258U}) {
    repeat(load.Encode(), count);
    repeat(vector.Encode(), count);
    repeat(vector_b.Encode(), count);
    repeat(Stamp(0, 1, 0).Encode(), count);
    repeat(Stamp(0, 0, 1).Encode(), count);
    repeat(Stamp(0, 1, 1).Encode(), count);
  }
  return device.trace();
}

// A command of each unit takes `wait` tokens of each kind after `given` have been given.
void PassTokens(Recorder& device, int given, int wait) {
  const auto count = static_cast<std::size_t>(given);
  driver::LoadCommand load = OneWord();
  driver::VectorCommand vector = OneTap();
  // Store to compute and to load.
  CommandList list(count, Stamp(0, 1, 1).Encode());
  vector.wait_b = wait;
  list.push_back(vector.Encode());
  load.wait_b = wait;
  list.push_back(load.Encode());
  RunList(device, list, kWatchdog, kLimitCycles);
  // Load to compute, compute to load and to store.
  vector.wait_b = load.wait_b = 0;
  load.signal_a = 1;
  list.assign(count, load.Encode());
  vector.wait_a = wait;
  list.push_back(vector.Encode());
  RunList(device, list, kWatchdog, kLimitCycles);
  load.signal_a = 0;
  vector.wait_a = 0;
  vector.signal_a = vector.signal_b = 1;
  list.assign(count, vector.Encode());
  load.wait_a = wait;
  list.push_back(load.Encode());
  list.push_back(Stamp(wait, 0, 0).Encode());
  RunList(device, list, kWatchdog, kLimitCycles);
  ReadStatus(device);
}

// Every number of tokens one command can take, with just enough of them and with one too few; and
// every bit of the counters.
Trace TokenCounts() {
  Recorder device("token counts", MutationDevice(), MutationMemory());
  FillMemory(device, 8);
  for (int wait = 0; wait < 16; ++wait) {
    PassTokens(device, wait, wait);
    if (wait > 0)
      PassTokens(device, wait - 1, wait);
  }
  for (const int given : {16, 32, 64, 128})
    PassTokens(device, given, given == 64 ? 15 : 1);
  return device.trace();
}

// A counter is filled, and emptied in takes of 15; one take more has to wait for ever.
Trace TokenDrains() {
  Recorder device("token drains", MutationDevice(), MutationMemory());
  FillMemory(device, 12);
  driver::LoadCommand load = OneWord();
  driver::VectorCommand vector = OneTap();
  const auto run = [&](const auto& giver, const auto& taker, std::int64_t rest, int given) {
    CommandList list(static_cast<std::size_t>(given), giver.Encode());
    constexpr int kMostTaken = 15;
    for (int left = given; left >= kMostTaken; left -= kMostTaken)
      list.push_back(taker.Encode());
    auto last = taker;
    (last.wait_a > 0 ? last.wait_a : last.wait_b) = given % kMostTaken + rest;
    list.push_back(last.Encode());
    RunList(device, list, kWatchdog, kLimitCycles);
  };
  driver::LoadCommand load_a = load;
  load_a.wait_a = 15;
  driver::LoadCommand load_b = load;
  load_b.wait_b = 15;
  driver::VectorCommand vector_a = vector;
  vector_a.wait_a = 15;
  driver::VectorCommand vector_b = vector;
  vector_b.wait_b = 15;
  load.signal_a = 1;
  driver::VectorCommand to_load = vector;
  to_load.signal_a = 1;
  driver::VectorCommand to_store = vector;
  to_store.signal_b = 1;
  for (const int given : {17, 35, 71, 130, 200, 255}) {
    for (const std::int64_t rest : {0, 1}) {
      run(load, vector_a, rest, given);
      run(to_load, load_a, rest, given);
      run(to_store, Stamp(15, 0, 0), rest, given);
      run(Stamp(0, 1, 0), vector_b, rest, given);
      run(Stamp(0, 0, 1), load_b, rest, given);
    }
  }
  return device.trace();
}

// A full counter is given one more token some cycles before, after or while one is taken.
Trace TokensMeet() {
  Recorder device("tokens meet", MutationDevice(), MutationMemory());
  FillMemory(device, 13);
  driver::LoadCommand load = OneWord();
  driver::VectorCommand vector = OneTap();
  const auto run =
      [&](const auto& giver, const auto& taker, const auto& pause, std::size_t pauses) {
        CommandList list(256, giver.Encode());
        list.insert(list.end(), pauses, pause.Encode());
        list.push_back(taker.Encode());
        RunList(device, list, kWatchdog, kLimitCycles);
      };
  driver::LoadCommand load_a = load;
  load_a.wait_a = 1;
  driver::LoadCommand load_b = load;
  load_b.wait_b = 1;
  driver::LoadCommand gives = load;
  gives.signal_a = 1;
  driver::VectorCommand vector_a = vector;
  vector_a.wait_a = 1;
  driver::VectorCommand vector_b = vector;
  vector_b.wait_b = 1;
  driver::VectorCommand to_load = vector;
  to_load.signal_a = 1;
  driver::VectorCommand to_store = vector;
  to_store.signal_b = 1;
  for (std::size_t pauses = 0; pauses < 6; ++pauses) {
    run(gives, vector_a, vector, pauses);
    run(to_load, load_a, load, pauses);
    run(to_store, Stamp(1, 0, 0), Stamp(0, 0, 0), pauses);
    run(Stamp(0, 1, 0), vector_b, vector, pauses);
    run(Stamp(0, 0, 1), load_b, load, pauses);
  }
  // Once in the very same cycle: the last token is given some cycles earlier or later.
  for (const std::int64_t taken : {1, 0}) {
    load_a.wait_a = taken;
    for (std::int64_t columns = 4; columns <= 12; ++columns) {
      driver::VectorCommand last = to_load;
      last.out_columns = columns;
      CommandList list(255, to_load.Encode());
      list.push_back(last.Encode());
      list.push_back(load_a.Encode());
      RunList(device, list, kWatchdog, kLimitCycles);
    }
  }
  return device.trace();
}

// Nobody gives the token; the watchdog at its ends.
Trace Deadlocks() {
  Recorder device("deadlocks", MutationDevice(), MutationMemory());
  driver::LoadCommand load;
  load.address = 0x4000;
  load.destination = 1;
  load.rows = load.words = 1;
  load.tail = 8;
  driver::VectorCommand vector;
  vector.valid_lanes = 1;
  for (const std::uint32_t watchdog : {0U, 1U, 2U, 3U, 10U, 300U, 1025U, 4098U}) {
    for (int who = 0; who < 5; ++who) {
      driver::LoadCommand waiting_load = load;
      driver::VectorCommand waiting_vector = vector;
      waiting_load.wait_a = who == 0 ? 1 : 0;
      waiting_load.wait_b = who == 1 ? 1 : 0;
      waiting_vector.wait_a = who == 2 ? 1 : 0;
      waiting_vector.wait_b = who == 3 ? 1 : 0;
      RunList(device,
              {Stamp(0, 0, 0).Encode(),
               waiting_load.Encode(),
               waiting_vector.Encode(),
               Stamp(who == 4 ? 1 : 0, 0, 0).Encode()},
              watchdog,
              kLimitCycles);
    }
    ReadStatus(device);
  }
  // Lists and rows outside the memory.
  RunList(device, {}, kWatchdog, kLimitCycles, 0xFFFFFFC0);
  return device.trace();
}

}  // namespace

std::vector<Trace> ListStimuli() {
  return {
      PageCrossings(), TokenOverflows(), TokenCounts(), TokenDrains(), TokensMeet(), Deadlocks()};
}

}  // namespace denseshift::testing

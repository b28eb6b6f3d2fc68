// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/random_commands.h"

#include <algorithm>

namespace denseshift::testing {

using driver::Destination;

namespace {

// Steps of a window of `runs` runs where a step may take the next run's bytes as well;
// docs/commands.md "Steps".
std::int64_t DualSteps(std::int64_t runs, std::int64_t run_len, std::int64_t lanes) {
  std::int64_t steps = 0;
  std::int64_t offset = 0;
  for (std::int64_t run = 0; run < runs; ++steps) {
    const std::int64_t a = std::min(lanes, run_len - offset);
    const std::int64_t b = run + 1 < runs ? std::min(lanes - a, run_len) : 0;
    offset = b > 0 ? b : offset + a;
    run += b > 0 ? 1 : 0;
    if (offset == run_len) {
      offset = 0;
      ++run;
    }
  }
  return steps;
}

}  // namespace

std::int64_t RandomCommands::Pick(std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
}

std::int64_t RandomCommands::Mostly(std::int64_t low,
                                    std::int64_t high,
                                    std::int64_t most,
                                    int rarity) {
  return is_wild_ && OneIn(rarity) ? Pick(low, most) : Pick(low, high);
}

std::int64_t RandomCommands::Base(std::int64_t words) {
  constexpr std::int64_t kFieldMax = 0xFFFF;
  constexpr std::int64_t kFewWords = 32;  // of commands that shall read what others wrote
  switch (is_wild_ ? Pick(0, 9) : 9) {
    case 0:
      return Pick(std::max<std::int64_t>(0, words - 8), std::min(kFieldMax, words + 1));
    case 1:
      return Pick(0, kFieldMax);
    case 2:
      // One bit that must not be lost when the end is checked.
      return std::min(kFieldMax, (std::int64_t{1} << Pick(5, 15)) + Pick(0, kFewWords));
    default:
      return Pick(0, std::min(kFewWords, words / 4));
  }
}

std::int64_t RandomCommands::Address(std::int64_t near) {
  constexpr std::int64_t kPage = 4096;
  constexpr std::int64_t kPages = std::int64_t{1} << 20;
  if (addresses_ == Addresses::kNear || OneIn(2))
    return near;
  return kPage * Pick(0, kPages - 1) + near % kPage;
}

std::int64_t RandomCommands::RowStride() {
  const std::int64_t bus = device_.bus_bytes;
  if (addresses_ == Addresses::kFar && OneIn(3))
    return bus * Pick(0, (std::int64_t{1} << 32) / bus - 1);
  return bus * Mostly(0, 12, 0x400, 6);
}

std::uint32_t RandomCommands::Watchdog() {
  constexpr std::uint32_t kUsual = 60;
  return OneIn(4) ? static_cast<std::uint32_t>(Pick(1, 20)) : kUsual;
}

std::uint32_t RandomCommands::ListAddress() {
  return static_cast<std::uint32_t>(Address(0x40 + 64 * Pick(0, 60)));
}

driver::LoadCommand RandomCommands::Load(Destination destination) {
  const std::int64_t bus = device_.bus_bytes;
  driver::LoadCommand load;
  load.address = Address(bus * (OneIn(6) ? 0x2000 / bus - Pick(0, 40) : Pick(0x400, 0x1000)));
  load.row_stride = RowStride();
  load.destination = static_cast<std::int64_t>(destination);
  load.rows = 1;
  load.fill = Pick(0, 255);
  load.tail = Pick(1, bus);
  if (destination == Destination::kActivation) {
    load.rows = Pick(0, 5);
    load.words = Mostly(1, 6, 40, 8);
    load.par = Pick(0, 1);
    load.left = OneIn(2) ? 0 : Mostly(0, 3, 20, 8);
    load.right = OneIn(2) ? 0 : Mostly(0, 3, 20, 8);
    load.top = load.rows == 0 ? 1 : OneIn(2) ? 0 : Pick(0, 2);
    load.bottom = OneIn(2) ? 0 : Pick(0, 2);
    load.pitch = Mostly(0, 12, 0xFFFF, 30);
    load.base = Base(device_.act_bytes / bus / 2);
  } else if (destination == Destination::kWeight) {
    load.words = Mostly(8, 60, 130, 8);
    load.base = Base(device_.wgt_bytes / bus);
    load.fill = 0;
  } else {
    load.words = Mostly(8, 32, 36, 8);
    if (!OneIn(4))
      load.address = kParameterSets + 8 * Pick(0, 300);
    load.base = Base(std::int64_t{8} * device_.param_entries * device_.columns / bus);
    load.fill = 0;
  }
  return load;
}

void RandomCommands::DrawWindow(driver::WindowCommand& c) {
  const std::int64_t words = device_.act_bytes / device_.bus_bytes / 2;
  c.act_base = Base(words);
  c.pitch = Mostly(0, 12 * spread_, 0xFFFF, 15);
  c.x0 = Mostly(0, 40, 0xFFFFFF, 15);
  c.x_stride = Mostly(0, 12, 0xFFFFFF, 15);
  c.row_stride_odd = Pick(0, 1);
  c.kernel_row_step = Mostly(0, 12 * spread_, 0xFFFF, 15);
  c.runs_x = Mostly(1, 3, 255, 30);
  c.runs_y = Mostly(1, 3, 255, 30);
  c.row_stride = Mostly(0, 12 * spread_, 0xFFFF, 15);
  c.out_columns = Mostly(1, 5, 40, 10);
  c.out_rows = Mostly(1, 4, 20, 10);
  c.par = Pick(0, 1);
  c.out_base = OneIn(12) ? Mostly(0, device_.out_bytes + 8, 0xFFFFFF, 3) : Pick(0, 256);
  c.zero_out = Pick(-128, 127);
  c.position_pitch = Mostly(0, 16, 0xFFFF, 15);
  c.out_row_pitch = Mostly(0, 12, 0xFFFF, 15);
  c.parameter_base = Base(device_.param_entries);
  c.hi = OneIn(3) ? Pick(-128, 127) : 127;
  c.lo = OneIn(3) ? Pick(-128, 127) : -128;  // also above hi
  c.run_step = Mostly(0, 12, 0xFFFFFF, 15);
  c.kernel_row_odd = Pick(0, 1);
}

driver::ConvCommand RandomCommands::Conv() {
  driver::ConvCommand c;
  DrawWindow(c);
  // Runs shorter than a step bring up to two of them into it.
  c.run_len = OneIn(2) ? Pick(1, device_.lanes) : Mostly(1, 12, 60, 8);
  if (OneIn(2))
    c.runs_y = Pick(1, 7);
  const std::int64_t positions = c.out_rows * c.out_columns;
  c.stripe =
      OneIn(3) ? Pick(1, device_.acc_depth) : std::min<std::int64_t>(positions, device_.acc_depth);
  c.stripes = (positions + c.stripe - 1) / c.stripe;
  c.last_stripe = is_wild_ && OneIn(8) ? Pick(1, c.stripe) : positions - (c.stripes - 1) * c.stripe;
  c.column_tiles = Pick(1, 3);
  c.valid_columns = Pick(1, device_.columns);
  c.code_bits = Pick(2, device_.max_code_bits);
  if (OneIn(2)) {
    c.dual = 1;
    c.runs_x = 1;
    c.kernel_row_odd = 1;
  }
  if (OneIn(5)) {
    c.first = Pick(0, 1);
    c.last = Pick(0, 1);
    if (c.first == 0 || c.last == 0) {
      c.stripes = 1;
      c.column_tiles = 1;
    }
  }
  const std::int64_t lanes = device_.lanes;
  const std::int64_t runs = c.runs_x * c.runs_y;
  c.steps =
      c.dual != 0 ? DualSteps(runs, c.run_len, lanes) : runs * ((c.run_len + lanes - 1) / lanes);
  if (is_wild_ && OneIn(10))
    c.steps = Pick(1, 2 * c.steps + 1);
  const std::int64_t bits = c.column_tiles * c.steps * lanes * device_.columns * c.code_bits;
  const std::int64_t word_bits = std::int64_t{8} * device_.bus_bytes;
  c.weight_words = (bits + word_bits - 1) / word_bits;
  c.weight_words = std::clamp<std::int64_t>(
      is_wild_ && OneIn(10) ? Pick(1, 2 * c.weight_words) : c.weight_words, 1, 0xFFFF);
  c.steps = std::min<std::int64_t>(c.steps, 0xFFFF);
  c.weight_base = Base(device_.wgt_bytes / device_.bus_bytes);
  return c;
}

driver::VectorCommand RandomCommands::Vector() {
  driver::VectorCommand c;
  DrawWindow(c);
  c.groups = Pick(1, 3);
  c.valid_lanes = Pick(1, std::min(device_.lanes, device_.columns));
  c.operation = Pick(0, 2);
  if (c.operation == 2) {
    c.runs_x = Pick(1, 2);
    c.runs_y = 3 - c.runs_x;
  }
  return c;
}

driver::StoreCommand RandomCommands::Store() {
  const std::int64_t bus = device_.bus_bytes;
  driver::StoreCommand store;
  store.address = Address(0x9000 + bus * (OneIn(4) ? 0x1000 / bus - Pick(0, 40) : Pick(0, 0x100)));
  store.row_stride = RowStride();
  store.rows = Pick(1, 4);
  store.words = Mostly(1, 6, 50, 8);
  store.head = Pick(0, bus - 1);
  store.tail = Pick(1, bus);
  store.base = OneIn(2) ? 0 : Base(device_.out_bytes / bus);
  store.pitch = Mostly(0, 12, 0xFFFF, 30);
  return store;
}

driver::StoreCommand RandomCommands::StoreAll() {
  driver::StoreCommand store;
  store.address = Address(0xC000);
  store.words = 192;  // what commands that are not wild write
  store.tail = device_.bus_bytes;
  return store;
}

driver::StampCommand RandomCommands::Stamp() {
  driver::StampCommand stamp;
  stamp.address = Address(0xB000 + device_.bus_bytes * Pick(0, 15));
  return stamp;
}

CommandList RandomCommands::List() {
  CommandList list;
  is_wild_ = OneIn(3);
  const bool ordered =
      !is_wild_ || OneIn(2);  // by tokens, so that nothing is read before it is written
  const auto load = [&](Destination destination) {
    driver::LoadCommand command = Load(destination);
    command.signal_a = ordered ? 1 : Pick(0, 1);
    list.push_back(command.Encode());
  };
  load(Destination::kActivation);
  load(Destination::kWeight);
  load(Destination::kParameter);
  std::int64_t loads = 3;
  const std::int64_t groups = Pick(1, 3);
  for (std::int64_t group = 0; group < groups; ++group) {
    driver::CommandHeader header;
    header.wait_a = ordered ? loads : Pick(0, 2);
    header.wait_b = ordered ? 0 : Pick(0, 9) / 9;
    header.signal_a = Pick(0, 1);
    header.signal_b = ordered ? 1 : Pick(0, 1);
    if (OneIn(3)) {
      driver::VectorCommand command = Vector();
      static_cast<driver::CommandHeader&>(command) = header;
      list.push_back(command.Encode());
    } else {
      driver::ConvCommand command = Conv();
      static_cast<driver::CommandHeader&>(command) = header;
      list.push_back(command.Encode());
    }
    if (OneIn(2) && group + 1 < groups) {
      load(static_cast<Destination>(Pick(0, 2)));
      loads = 1;
    } else {
      loads = 0;
    }
    driver::StoreCommand store = Store();
    store.wait_a = ordered ? 1 : Pick(0, 1);
    store.signal_a = Pick(0, 1);
    store.signal_b = Pick(0, 1);
    list.push_back(store.Encode());
  }
  if (!is_wild_)
    list.push_back(StoreAll().Encode());
  list.push_back(Stamp().Encode());
  if (!ordered && OneIn(2))
    std::shuffle(list.begin(), list.end(), random_);
  if (is_wild_ && OneIn(2))
    FlipBits(list);
  return list;
}

void RandomCommands::FlipBits(CommandList& list) {
  for (std::int64_t i = Pick(1, 2); i > 0; --i) {
    driver::CommandWords& command = list[static_cast<std::size_t>(Pick(0, 1 << 20)) % list.size()];
    const auto word = static_cast<std::size_t>(Pick(2, 15));
    command.at(word) ^= 1U << static_cast<unsigned>(Pick(0, 31));
  }
}

}  // namespace denseshift::testing

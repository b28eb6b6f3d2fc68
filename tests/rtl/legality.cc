// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/legality.h"

namespace denseshift::rtl {
namespace {

// A number of [low, high], often one of the two.
std::uint32_t Limit(Random& random, std::uint32_t low, std::uint32_t high) {
  switch (random.Between(0, 3)) {
    case 0:
      return low;
    case 1:
      return high;
    default:
      return random.Word(low, high);
  }
}

std::uint32_t BusAddress(Random& random, const LegalitySizes& sizes) {
  return random.Word(0, ~0U / sizes.bus_bytes) * sizes.bus_bytes;
}

// Tokens and tag: any value is legal but where a unit forbids it.
void AddTokens(Random& random, Command& command, bool wait_b, bool signal_b) {
  command.Set(0, 16, 4, Limit(random, 0, 15)).Set(0, 20, 4, wait_b ? Limit(random, 0, 15) : 0);
  command.Set(0, 24, 1, random.Word(0, 1)).Set(0, 25, 1, signal_b ? random.Word(0, 1) : 0);
  command.words[1] = random.Word(0, ~0U);
}

// Fields that CONV and VECTOR share, every one within its limits.
void AddWalk(Random& random, Command& command) {
  for (const std::size_t word : {2U, 3U, 4U, 5U, 6U, 7U, 12U, 13U, 14U, 15U}) {
    command.words.at(word) = random.Word(0, ~0U);
  }
  command.Set(5, 0, 16, Limit(random, 1, 0xFFFF));
  command.Set(6, 0, 8, Limit(random, 1, 0xFF)).Set(6, 8, 8, Limit(random, 1, 0xFF));
  command.Set(7, 0, 16, Limit(random, 1, 0xFFFF)).Set(7, 16, 16, Limit(random, 1, 0xFFFF));
  command.Set(9, 16, 16, Limit(random, 1, 0xFFFF));
  command.Set(10, 14, 1, random.Word(0, 1));
}

}  // namespace

Command RandomLegalLoad(Random& random, const LegalitySizes& sizes) {
  Load load;
  load.destination = static_cast<Destination>(random.Word(0, 2));
  load.address = BusAddress(random, sizes);
  load.stride = BusAddress(random, sizes);
  load.words = Limit(random, 1, 0xFFFF);
  load.tail = Limit(random, 1, sizes.bus_bytes);
  load.fill = random.Byte();
  load.base = random.Word(0, 0xFFFF);
  if (load.destination == Destination::kActivation) {
    load.rows = Limit(random, 0, 0xFFFF);
    load.top = Limit(random, 0, 0xFFFF);
    load.bottom = load.rows + load.top == 0 ? Limit(random, 1, 0xFFFF) : Limit(random, 0, 0xFFFF);
    load.left = random.Word(0, 0xFFFF);
    load.right = random.Word(0, 0xFFFF);
    load.parity = random.Word(0, 1);
    load.pitch = random.Word(0, 0xFFFF);
  }
  Command command = load.Encode();
  AddTokens(random, command, true, false);
  return command;
}

Command RandomLegalConv(Random& random, const LegalitySizes& sizes) {
  Command command = MakeCommand(Opcode::kConv);
  AddWalk(random, command);
  const std::uint32_t stripe = Limit(random, 1, sizes.acc_depth);
  command.Set(8, 0, 16, stripe).Set(8, 16, 16, Limit(random, 1, 0xFFFF));
  command.Set(9, 0, 16, Limit(random, 1, stripe));
  command.Set(10, 0, 8, Limit(random, 1, sizes.columns));
  command.Set(10, 8, 3, Limit(random, 2, sizes.max_code_bits));
  command.Set(10, 16, 16, Limit(random, 1, 0xFFFF));
  command.Set(10, 12, 2, random.Word(0, 3));
  if (command.Get(10, 12, 2) != 3) {
    command.Set(8, 16, 16, 1).Set(9, 16, 16, 1);
  }
  if (random.Chance(40)) {
    command.Set(10, 11, 1, 1).Set(6, 0, 8, 1).Set(15, 24, 1, 1);
  }
  command.Set(11, 0, 16, random.Word(0, 0xFFFF)).Set(11, 16, 16, Limit(random, 1, 0xFFFF));
  AddTokens(random, command, true, true);
  return command;
}

Command RandomLegalVector(Random& random, const LegalitySizes& sizes) {
  Command command = MakeCommand(Opcode::kVector);
  AddWalk(random, command);
  command.Set(5, 0, 16, 0);
  command.Set(10, 0, 8, Limit(random, 1, sizes.VectorLanes()));
  const auto operation = static_cast<Operation>(random.Word(0, 2));
  command.Set(10, 8, 2, static_cast<std::uint32_t>(operation));
  if (operation == Operation::kAddition) {
    const std::uint32_t runs_x = random.Word(1, 2);
    command.Set(6, 0, 8, runs_x).Set(6, 8, 8, 3 - runs_x);
  }
  AddTokens(random, command, true, true);
  return command;
}

Command RandomLegalStore(Random& random, const LegalitySizes& sizes) {
  Store store;
  store.address = BusAddress(random, sizes);
  store.stride = BusAddress(random, sizes);
  store.rows = Limit(random, 1, 0xFFFF);
  store.words = Limit(random, 1, 0xFFFF);
  store.head = Limit(random, 0, sizes.bus_bytes - 1);
  store.tail = Limit(random, 1, sizes.bus_bytes);
  store.base = random.Word(0, 0xFFFF);
  store.pitch = random.Word(0, 0xFFFF);
  Command command = store.Encode();
  AddTokens(random, command, false, true);
  return command;
}

Command RandomLegalStamp(Random& random, const LegalitySizes& sizes) {
  Command command = EncodeStamp(BusAddress(random, sizes));
  AddTokens(random, command, false, true);
  return command;
}

Command RandomLegalCommand(Random& random, const LegalitySizes& sizes) {
  switch (random.Between(0, 4)) {
    case 0:
      return RandomLegalLoad(random, sizes);
    case 1:
      return RandomLegalConv(random, sizes);
    case 2:
      return RandomLegalVector(random, sizes);
    case 3:
      return RandomLegalStore(random, sizes);
    default:
      return RandomLegalStamp(random, sizes);
  }
}

}  // namespace denseshift::rtl

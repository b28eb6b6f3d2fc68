// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/job.h"

#include <cstring>

#include "sim/functional/execute.h"

namespace denseshift::sim {

JobResult Job::Run(std::uint32_t list, std::uint32_t count, std::vector<CommandWords>* fetched) {
  try {
    for (std::uint32_t index = 0; index < count; ++index) {
      command_ = index;
      const CommandWords words = Fetch(list + index * static_cast<std::uint32_t>(kCommandBytes));
      if (fetched != nullptr)
        fetched->push_back(words);
      if (!IsLegal(words, parameters_)) {
        throw JobError(ErrorCode::kIllegalCommand, Unit::kSequencer);
      }
      HandOut(words);
      RunUnits();
    }
    CheckAllDone();
  } catch (const JobError& error) {
    return {error.code, error.unit, command_, error.address};
  }
  return {};
}

Job::TokenPorts Job::PortsOf(std::size_t unit) {
  switch (unit) {
    case kLoadUnit:
      return {kComputeToLoad, kStoreToLoad, kLoadToCompute, kNoCounter, Unit::kLoad, Unit::kLoad};
    case kComputeUnit:
      return {kLoadToCompute,
              kStoreToCompute,
              kComputeToLoad,
              kComputeToStore,
              Unit::kFeeder,
              Unit::kPost};
    default:
      return {
          kComputeToStore, kNoCounter, kStoreToCompute, kStoreToLoad, Unit::kStore, Unit::kStore};
  }
}

// Reads the command at a byte address, one bus word after the other.
CommandWords Job::Fetch(std::uint32_t address) {
  const auto bus_bytes = static_cast<std::uint32_t>(parameters_.bus_bytes);
  std::array<std::uint8_t, kCommandBytes> bytes{};
  for (std::uint32_t offset = 0; offset < kCommandBytes; offset += bus_bytes) {
    const std::uint8_t* word = storage_.memory.ReadWord(address + offset, Unit::kSequencer);
    std::memcpy(bytes.data() + offset, word, bus_bytes);
  }
  CommandWords words{};
  for (std::size_t i = 0; i < kCommandBytes; ++i) {
    words.at(i / 4) |= static_cast<std::uint32_t>(bytes.at(i)) << (8 * (i % 4));
  }
  return words;
}

void Job::HandOut(const CommandWords& words) {
  switch (DecodeHeader(words).opcode) {
    case Opcode::kLoad:
      queues_[kLoadUnit].push_back({command_, words});
      break;
    case Opcode::kConv:
    case Opcode::kVector:
      queues_[kComputeUnit].push_back({command_, words});
      break;
    case Opcode::kStore:
    case Opcode::kStamp:
      queues_[kStoreUnit].push_back({command_, words});
      break;
  }
}

// Executes commands until no unit can go on.
void Job::RunUnits() {
  bool has_progress = true;
  while (has_progress) {
    has_progress = false;
    for (std::size_t unit = 0; unit < kUnits; ++unit) {
      has_progress = TryNextCommand(unit) || has_progress;
    }
  }
}

// Executes the next command of a unit if there is one and its tokens are there.
bool Job::TryNextCommand(std::size_t unit) {
  if (queues_.at(unit).empty()) {
    return false;
  }
  const QueuedCommand next = queues_.at(unit).front();
  const CommandHeader header = DecodeHeader(next.words);
  const TokenPorts ports = PortsOf(unit);
  if (tokens_.at(ports.wait_a) < header.wait_a || tokens_.at(ports.wait_b) < header.wait_b) {
    return false;
  }
  tokens_.at(ports.wait_a) -= header.wait_a;
  tokens_.at(ports.wait_b) -= header.wait_b;
  queues_.at(unit).pop_front();
  command_ = next.index;
  Execute(next.words);
  if (header.signal_a) {
    GiveToken(ports.signal_a, ports.signal_a_unit);
  }
  if (header.signal_b) {
    GiveToken(ports.signal_b, ports.signal_b_unit);
  }
  return true;
}

void Job::Execute(const CommandWords& words) {
  switch (DecodeHeader(words).opcode) {
    case Opcode::kLoad:
      ExecuteLoad(DecodeLoad(words), parameters_, storage_);
      break;
    case Opcode::kConv:
      ExecuteConv(DecodeConv(words), parameters_, storage_);
      break;
    case Opcode::kVector:
      ExecuteVector(DecodeVector(words), parameters_, storage_);
      break;
    case Opcode::kStore:
      ExecuteStore(DecodeStore(words), parameters_, storage_);
      break;
    case Opcode::kStamp:
      ExecuteStamp(DecodeStamp(words), parameters_, storage_);
      break;
  }
}

void Job::GiveToken(Counter counter, Unit unit) {
  constexpr std::uint32_t kMostTokens = 255;
  if (tokens_.at(counter) == kMostTokens) {
    throw JobError(ErrorCode::kTokenOverflow, unit);
  }
  ++tokens_.at(counter);
}

// Commands that still wait when all are handed out wait for ever.
void Job::CheckAllDone() {
  constexpr std::array<Unit, kUnits> kUnitNumbers = {Unit::kLoad, Unit::kFeeder, Unit::kStore};
  for (std::size_t unit = 0; unit < kUnits; ++unit) {
    if (!queues_.at(unit).empty()) {
      command_ = queues_.at(unit).front().index;
      throw JobError(ErrorCode::kNoProgress, kUnitNumbers.at(unit));
    }
  }
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/command/command.h"

#include <fmt/format.h>
#include <stdexcept>

#include "driver/command/fields.h"
#include "driver/registers.h"

namespace denseshift::driver {
namespace {

constexpr std::uint32_t Mask(int width) {
  return width == 32 ? 0xFFFFFFFFU : (1U << static_cast<unsigned>(width)) - 1U;
}

template <typename F>
[[noreturn]] void ThrowMisfit(
    const char* command, const F& field, std::int64_t value, std::int64_t min, std::int64_t max) {
  throw std::invalid_argument(fmt::format("{} field {} is {}; its {} bits hold {} .. {}",
                                          command,
                                          field.name,
                                          value,
                                          field.width,
                                          min,
                                          max));
}

template <typename F>
std::uint32_t FieldBits(const char* command, const F& field, std::int64_t value) {
  const bool is_signed = field.kind == FieldKind::kSigned;
  const auto span = static_cast<std::int64_t>(Mask(field.width)) + 1;
  const std::int64_t min = is_signed ? -span / 2 : 0;
  const std::int64_t max = is_signed ? span / 2 - 1 : span - 1;
  if (value < min || value > max) {
    ThrowMisfit(command, field, value, min, max);
  }
  return static_cast<std::uint32_t>(value) & Mask(field.width);
}

template <typename F>
std::int64_t FieldValue(const CommandWords& words, const F& field) {
  const std::uint32_t bits =
      (words.at(static_cast<std::size_t>(field.word)) >> static_cast<unsigned>(field.low)) &
      Mask(field.width);
  const auto value = static_cast<std::int64_t>(bits);
  const auto span = static_cast<std::int64_t>(Mask(field.width)) + 1;
  return field.kind == FieldKind::kSigned && value >= span / 2 ? value - span : value;
}

// Calls visit(field) for header and body fields.
template <typename C, typename Visit>
void ForEachFieldOf(Visit visit) {
  CommandTable<CommandHeader>::ForEachField(visit);
  CommandTable<C>::ForEachField(visit);
}

template <typename C>
CommandWords EncodeFields(const C& command) {
  CommandWords words{};
  words[0] = CommandTable<C>::kOpcode | registers::kCommandSetVersion << 8U;
  ForEachFieldOf<C>([&](const auto& field) {
    words.at(static_cast<std::size_t>(field.word)) |=
        FieldBits(CommandTable<C>::kName, field, command.*(field.member))
        << static_cast<unsigned>(field.low);
  });
  return words;
}

template <typename C>
Command DecodeFields(const CommandWords& words) {
  C command;
  ForEachFieldOf<C>([&](const auto& field) { command.*(field.member) = FieldValue(words, field); });
  return command;
}

template <typename C>
std::string Print(const C& command) {
  std::string text = CommandTable<C>::kName;
  ForEachFieldOf<C>([&](const auto& field) {
    const std::int64_t value = command.*(field.member);
    if (field.kind == FieldKind::kAddress) {
      text += fmt::format(" {}={:#x}", field.name, value);
    } else if (value != 0) {
      text += fmt::format(" {}={}", field.name, value);
    }
  });
  return text;
}

}  // namespace

CommandWords LoadCommand::Encode() const {
  return EncodeFields(*this);
}

CommandWords ConvCommand::Encode() const {
  return EncodeFields(*this);
}

CommandWords VectorCommand::Encode() const {
  return EncodeFields(*this);
}

CommandWords StoreCommand::Encode() const {
  return EncodeFields(*this);
}

CommandWords StampCommand::Encode() const {
  return EncodeFields(*this);
}

CommandHeader& HeaderOf(Command& command) {
  return std::visit([](auto& c) -> CommandHeader& { return c; }, command);
}

const CommandHeader& HeaderOf(const Command& command) {
  return std::visit([](const auto& c) -> const CommandHeader& { return c; }, command);
}

CommandWords Encode(const Command& command) {
  return std::visit([](const auto& c) { return c.Encode(); }, command);
}

Command Decode(const CommandWords& words) {
  const std::uint32_t opcode = words[0] & 0xFFU;
  const std::uint32_t version = words[0] >> 8U & 0xFFU;
  if (version != registers::kCommandSetVersion) {
    throw std::invalid_argument(fmt::format(
        "command set version {}; this driver knows {}", version, registers::kCommandSetVersion));
  }
  switch (opcode) {
    case CommandTable<LoadCommand>::kOpcode:
      return DecodeFields<LoadCommand>(words);
    case CommandTable<ConvCommand>::kOpcode:
      return DecodeFields<ConvCommand>(words);
    case CommandTable<VectorCommand>::kOpcode:
      return DecodeFields<VectorCommand>(words);
    case CommandTable<StoreCommand>::kOpcode:
      return DecodeFields<StoreCommand>(words);
    case CommandTable<StampCommand>::kOpcode:
      return DecodeFields<StampCommand>(words);
    default:
      throw std::invalid_argument(fmt::format("opcode {} is not a command", opcode));
  }
}

std::string Disassemble(const CommandWords& words) {
  try {
    return std::visit([](const auto& c) { return Print(c); }, Decode(words));
  } catch (const std::invalid_argument& error) {
    std::string text = fmt::format("illegal command ({}):", error.what());
    for (const std::uint32_t word : words) {
      text += fmt::format(" {:08x}", word);
    }
    return text;
  }
}

}  // namespace denseshift::driver

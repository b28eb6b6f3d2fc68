// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/bit_flip.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <random>
#include <regex>
#include <stdexcept>

#include "sim/lockstep/memory_names.h"
#include "sim/lockstep/rtl_names.h"

namespace denseshift::sim {

namespace {

// As bit flips name it; of a memory, without the word.
std::string SignalName(const StateEntry& entry) {
  const StateName name = NameOfState(entry.name);
  std::string text = name.state;
  for (const int index : name.indices)
    text += fmt::format("[{}]", index);
  return text;
}

template <typename T>
T Number(const std::string& digits, const std::string& text) {
  T value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc())
    throw std::invalid_argument(fmt::format("'{}': {} is too large", text, digits));
  return value;
}

BitPlace BitOf(const StateEntry& entry, std::uint32_t item, std::uint32_t bit) {
  auto* bytes = static_cast<std::uint8_t*>(entry.items) + std::size_t{item} * entry.item_bytes;
  return {bytes + bit / 8, static_cast<std::uint8_t>(1U << bit % 8)};
}

// Signals of the same unit, or all units.
std::string Suggestions(const std::string& signal, const std::vector<StateEntry>& rtl) {
  const std::string unit = signal.substr(0, signal.find('.') + 1);
  std::vector<std::string> names;
  std::vector<std::string> units;
  for (const StateEntry& entry : rtl) {
    const std::string name = NameOfState(entry.name).state;
    if (!unit.empty() && name.compare(0, unit.size(), unit) == 0)
      names.push_back(name);
    units.push_back(name.substr(0, name.find('.')));
  }
  std::vector<std::string>& shown = names.empty() ? units : names;
  std::sort(shown.begin(), shown.end());
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  return fmt::format(
      "{}: {}", names.empty() ? "units" : "signals of the unit", fmt::join(shown, ", "));
}

}  // namespace

std::string BitFlip::Text() const {
  return fmt::format("{}[{}]@{}", signal, bit, cycle);
}

BitFlip ParseBitFlip(const std::string& text) {
  static const std::regex kForm(R"((\w+(?:\.\w+)+(?:\[\d+\])*)\[(\d+)\]@(\d+))");
  std::smatch match;
  if (!std::regex_match(text, match, kForm)) {
    throw std::invalid_argument(
        fmt::format("'{}' is not of the form UNIT.SIGNAL[bit]@CYCLE, for example "
                    "feeder.left[3]@1200 or array.flip[0][2][7]@1200 (lane, column, bit)",
                    text));
  }
  return {match[1], Number<std::uint32_t>(match[2], text), Number<std::uint64_t>(match[3], text)};
}

BitPlace PlaceOf(const BitFlip& flip, const std::vector<StateEntry>& rtl) {
  for (const StateEntry& entry : rtl) {
    const std::string name = SignalName(entry);
    std::uint32_t item = 0;
    if (entry.count > 1) {
      if (flip.signal.compare(0, name.size() + 1, name + "[") != 0)
        continue;
      item = Number<std::uint32_t>(flip.signal.substr(name.size() + 1), flip.Text());
      if (flip.signal != fmt::format("{}[{}]", name, item))
        continue;
    } else if (flip.signal != name) {
      continue;
    }
    if (item >= entry.count || flip.bit >= entry.bits) {
      throw std::invalid_argument(
          fmt::format("there is no bit {}: {} has {} bits{}",
                      flip.Text(),
                      name,
                      entry.bits,
                      entry.count > 1 ? fmt::format(" in each of {} items", entry.count) : ""));
    }
    return BitOf(entry, item, flip.bit);
  }
  throw std::invalid_argument(
      fmt::format("there is no state {}; {}", flip.signal, Suggestions(flip.signal, rtl)));
}

StateBits::StateBits(const std::vector<StateEntry>& rtl) : rtl_(rtl) {
  const MemoryNames memories(rtl);
  std::uint64_t bits = 0;
  for (const StateEntry& entry : rtl) {
    first_bits_.push_back(bits);
    is_memory_.push_back(memories.Contain(entry.name));
    bits += std::uint64_t{entry.bits} * entry.count;
  }
  first_bits_.push_back(bits);
}

std::size_t StateBits::EntryOf(std::uint64_t index) const {
  const auto after = std::upper_bound(first_bits_.begin(), first_bits_.end(), index);
  return static_cast<std::size_t>(after - first_bits_.begin()) - 1;
}

BitFlip StateBits::Flip(std::uint64_t index, std::uint64_t cycle) const {
  const std::size_t number = EntryOf(index);
  const StateEntry& entry = rtl_[number];
  const std::uint64_t bit = index - first_bits_[number];
  BitFlip flip;
  flip.signal = SignalName(entry);
  if (entry.count > 1)
    flip.signal += fmt::format("[{}]", bit / entry.bits);
  flip.bit = static_cast<std::uint32_t>(bit % entry.bits);
  flip.cycle = cycle;
  return flip;
}

bool StateBits::IsOfMemory(std::uint64_t index) const {
  return is_memory_[EntryOf(index)];
}

std::optional<std::uint64_t> RandomSeed(const std::string& text) {
  static const std::regex kForm(R"(random:(\d+))");
  std::smatch match;
  if (std::regex_match(text, match, kForm))
    return Number<std::uint64_t>(match[1], text);
  if (text.compare(0, 6, "random") == 0)
    throw std::invalid_argument(fmt::format("'{}' is not of the form random:SEED", text));
  return std::nullopt;
}

BitFlip RandomFlip(const StateBits& bits, std::uint64_t cycles, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::uint64_t bit = random() % bits.size();
  return bits.Flip(bit, random() % cycles);
}

}  // namespace denseshift::sim

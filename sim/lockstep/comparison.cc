// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/comparison.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace denseshift::sim {

namespace {

bool IsInteger(std::size_t bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
}

std::size_t Log2(std::size_t bytes) {
  return bytes == 1 ? 0 : bytes == 2 ? 1 : bytes == 4 ? 2 : 3;
}

template <typename T>
std::uint64_t Load(const void* data) {
  T value{};
  std::memcpy(&value, data, sizeof(T));
  return value;
}

std::uint32_t Field(const Place& place, std::uint32_t bits) {
  std::uint64_t value = 0;
  const auto* bytes = static_cast<const std::uint8_t*>(place.data) + place.lsb / 8;
  std::memcpy(&value, bytes, std::min<std::size_t>(8, place.bytes - place.lsb / 8));
  return static_cast<std::uint32_t>(value >> place.lsb % 8 & ((std::uint64_t{1} << bits) - 1));
}

bool FieldsDiffer(const Signal& signal) {
  return Field(signal.rtl, signal.bits) != Field(signal.model, signal.bits);
}

// Whether the same bits lie in the same bytes on both sides, with nothing else in them.
bool IsBlock(const Signal& signal) {
  if (signal.is_whole && signal.rtl.bytes == signal.model.bytes)
    return true;
  return signal.bits % 32 == 0 && signal.rtl.lsb % 32 == 0 && signal.model.lsb % 32 == 0 &&
         signal.rtl.bytes >= 4 && signal.model.bytes >= 4;
}

std::size_t BlockBytes(const Signal& signal) {
  return signal.is_whole ? signal.rtl.bytes : signal.bits / 8;
}

}  // namespace

Comparison::Comparison(std::vector<Signal> signals) : signals_(std::move(signals)) {
  for (const Signal& signal : signals_)
    Add(signal);
  MergeBlocks();
}

void Comparison::Add(const Signal& signal) {
  if (IsBlock(signal)) {
    blocks_.push_back({static_cast<const std::uint8_t*>(signal.rtl.data) + signal.rtl.lsb / 8,
                       static_cast<const std::uint8_t*>(signal.model.data) + signal.model.lsb / 8,
                       BlockBytes(signal)});
  } else if (signal.is_whole && IsInteger(signal.rtl.bytes) && IsInteger(signal.model.bytes)) {
    pairs_[Log2(signal.rtl.bytes)][Log2(signal.model.bytes)].push_back(
        {signal.rtl.data, signal.model.data});
  } else {
    fields_.push_back(&signal);
  }
}

void Comparison::MergeBlocks() {
  std::sort(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) {
    return std::less<>()(a.rtl, b.rtl);
  });
  std::vector<Block> merged;
  for (const Block& block : blocks_) {
    if (!merged.empty() && merged.back().rtl + merged.back().bytes == block.rtl &&
        merged.back().model + merged.back().bytes == block.model) {
      merged.back().bytes += block.bytes;
    } else {
      merged.push_back(block);
    }
  }
  blocks_.clear();
  for (const Block& block : merged) {
    if (IsInteger(block.bytes)) {
      const std::size_t size = Log2(block.bytes);
      pairs_[size][size].push_back({block.rtl, block.model});
    } else {
      blocks_.push_back(block);
    }
  }
}

template <typename Rtl, typename Model>
std::uint64_t Comparison::Differ(const std::vector<Pair>& pairs) {
  std::uint64_t difference = 0;
  for (const Pair& pair : pairs)
    difference |= Load<Rtl>(pair.rtl) ^ Load<Model>(pair.model);
  return difference;
}

template <typename Rtl>
std::uint64_t Comparison::DifferOf(std::size_t rtl_size) const {
  const auto& pairs = pairs_[rtl_size];
  return Differ<Rtl, std::uint8_t>(pairs[0]) | Differ<Rtl, std::uint16_t>(pairs[1]) |
         Differ<Rtl, std::uint32_t>(pairs[2]) | Differ<Rtl, std::uint64_t>(pairs[3]);
}

bool Comparison::Equal() const {
  const std::uint64_t difference = DifferOf<std::uint8_t>(0) | DifferOf<std::uint16_t>(1) |
                                   DifferOf<std::uint32_t>(2) | DifferOf<std::uint64_t>(3);
  if (difference != 0)
    return false;
  for (const Block& block : blocks_) {
    if (std::memcmp(block.rtl, block.model, block.bytes) != 0)
      return false;
  }
  return std::none_of(
      fields_.begin(), fields_.end(), [](const Signal* signal) { return FieldsDiffer(*signal); });
}

std::optional<Signal> Comparison::FirstDifference() const {
  for (const Signal& signal : signals_) {
    if (ValueText(signal.rtl, signal.bits) != ValueText(signal.model, signal.bits))
      return signal;
  }
  return std::nullopt;
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/comparison.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>

namespace denseshift::sim {

namespace {

// Sixteen bytes at once; loads may be unaligned.
using Vector [[gnu::vector_size(16)]] = std::uint64_t;

std::size_t Log2(std::size_t bytes) {
  std::size_t log = 0;
  while ((std::size_t{1} << log) < bytes)
    ++log;
  return log;
}

const std::uint8_t* Bytes(const Place& place) {
  return static_cast<const std::uint8_t*>(place.data) + place.lsb / 8;
}

template <typename T>
T Load(const std::uint8_t* data) {
  T value{};
  std::memcpy(&value, data, sizeof(T));
  return value;
}

std::uint64_t Field(const Place& place, std::uint32_t bits) {
  std::uint64_t value = 0;
  std::memcpy(&value, Bytes(place), std::min<std::size_t>(8, place.bytes - place.lsb / 8));
  return value >> place.lsb % 8 & ((std::uint64_t{1} << bits) - 1);
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
  FindBases();
  std::vector<Block> blocks;
  for (const Signal& signal : signals_)
    Add(signal, blocks);
  std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
    return std::less<>()(a.a, b.a);
  });
  Block merged{};
  for (const Block& block : blocks) {
    if (merged.a + merged.bytes == block.a && merged.b + merged.bytes == block.b) {
      merged.bytes += block.bytes;
    } else {
      AddBlock(merged);
      merged = block;
    }
  }
  AddBlock(merged);
}

void Comparison::FindBases() {
  for (const Signal& signal : signals_) {
    if (base_.rtl == nullptr || Bytes(signal.rtl) < base_.rtl)
      base_.rtl = Bytes(signal.rtl);
    if (base_.model == nullptr || Bytes(signal.model) < base_.model)
      base_.model = Bytes(signal.model);
  }
}

Comparison::Pair Comparison::PairOf(const void* rtl, const void* model) const {
  const auto offset = [](const void* place, const std::uint8_t* base) {
    const auto distance = static_cast<const std::uint8_t*>(place) - base;
    if (distance > std::numeric_limits<std::uint32_t>::max())
      throw std::logic_error("the state of a model lies more than 4 GiB apart");
    return static_cast<std::uint32_t>(distance);
  };
  return {offset(rtl, base_.rtl), offset(model, base_.model)};
}

void Comparison::Add(const Signal& signal, std::vector<Block>& blocks) {
  const std::uint32_t rtl = signal.rtl.bytes;
  const std::uint32_t model = signal.model.bytes;
  if (IsBlock(signal)) {
    blocks.push_back({Bytes(signal.rtl), Bytes(signal.model), BlockBytes(signal)});
  } else if (signal.is_whole && rtl <= 2 && model <= 4 && rtl < model) {
    auto& pairs = rtl == 2 ? half_in_word_ : model == 2 ? byte_in_half_ : byte_in_word_;
    pairs.push_back(PairOf(signal.rtl.data, signal.model.data));
  } else {
    fields_.push_back(&signal);
  }
}

// Small blocks become pairs; where their size is no power of two, the last pair overlaps.
void Comparison::AddBlock(const Block& block) {
  if (block.bytes >= kLineBytes) {
    blocks_.push_back(block);
    return;
  }
  if (block.bytes == 0)
    return;
  std::size_t size = 16;
  while (size > block.bytes)
    size /= 2;
  for (std::size_t at = 0; at < block.bytes; at += size) {
    const std::size_t from = std::min(at, block.bytes - size);
    pairs_[Log2(size)].push_back(PairOf(block.a + from, block.b + from));
  }
}

template <typename Rtl, typename Model>
inline std::uint64_t Comparison::Differ(const std::vector<Pair>& pairs) const {
  std::uint64_t difference = 0;
  for (const Pair& pair : pairs)
    difference |=
        std::uint64_t{Load<Rtl>(base_.rtl + pair.rtl)} ^ Load<Model>(base_.model + pair.model);
  return difference;
}

inline std::uint64_t Comparison::DifferInPairs() const {
  Vector difference = {};
  for (const Pair& pair : pairs_[4])
    difference |= Load<Vector>(base_.rtl + pair.rtl) ^ Load<Vector>(base_.model + pair.model);
  return difference[0] | difference[1] | Differ<std::uint8_t, std::uint8_t>(pairs_[0]) |
         Differ<std::uint16_t, std::uint16_t>(pairs_[1]) |
         Differ<std::uint32_t, std::uint32_t>(pairs_[2]) |
         Differ<std::uint64_t, std::uint64_t>(pairs_[3]) |
         Differ<std::uint8_t, std::uint16_t>(byte_in_half_) |
         Differ<std::uint8_t, std::uint32_t>(byte_in_word_) |
         Differ<std::uint16_t, std::uint32_t>(half_in_word_);
}

bool Comparison::Equal() const {
  return DifferInPairs() == 0 && !memory_.blocks_differ(blocks_) &&
         std::none_of(fields_.begin(), fields_.end(), [](const Signal* signal) {
           return FieldsDiffer(*signal);
         });
}

std::optional<Signal> Comparison::FirstDifference() const {
  for (const Signal& signal : signals_) {
    if (ValueText(signal.rtl, signal.bits) != ValueText(signal.model, signal.bits))
      return signal;
  }
  return std::nullopt;
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/unpacker.h"

#include <algorithm>
#include <cstring>

namespace denseshift::golden::cycle {
namespace {

constexpr std::uint32_t kLargestCodeBits = 4;
constexpr std::uint32_t kAddressMask = (1U << 17U) - 1U;

// Sign and exponent of a code of n bits, the exponent in 3 bits.
std::uint8_t Widen(std::uint32_t code, std::uint32_t n) {
  const std::uint32_t sign_bit = 1U << (n - 1U);
  return static_cast<std::uint8_t>((code & sign_bit) << (4U - n) | (code & (sign_bit - 1U)));
}

}  // namespace

Unpacker::Unpacker(const Parameters& parameters, const WordBuffer& weights)
    : weights_(weights), bus_bytes_(parameters.bus_bytes) {
  const std::uint32_t rows =
      std::clamp(parameters.bus_bytes * 8 / (2 * parameters.columns), 1U, parameters.lanes);
  group_places_ = rows * parameters.columns;
  groups_ = parameters.lanes / rows;
  word_units_ = parameters.bus_bytes * 8 / group_places_;
  gear_units_ = kLargestCodeBits + 2 * word_units_;
}

// To the first word of the weights, for the next stripe.
void Unpacker::StartSweep() {
  inflight_ = false;
  words_left_ = static_cast<std::uint16_t>(command_.weight_words);
  addr_ = command_.weight_base;
  tile_ = static_cast<std::uint16_t>(command_.tiles);
  step_ = static_cast<std::uint16_t>(command_.steps);
}

void Unpacker::Start() {
  command_ = DecodeCompute(queue_.head());
  running_ = true;
  stripe_ = static_cast<std::uint16_t>(command_.stripes);
  StartSweep();
  if (weights_.Contains(addr_)) {
    CopyBusWord(word_.data(), weights_.At(addr_), bus_bytes_);
    inflight_ = true;
    --words_left_;
    ++addr_;
  }
}

void Unpacker::WriteNarrowCodes(std::uint8_t* shadow) const {
  const std::uint32_t n = command_.code_bits;
  const std::uint32_t mask = (1U << n) - 1U;
  for (std::uint32_t place = 0, bit = 0; place < group_places_; ++place, bit += n) {
    const std::uint32_t word = bit / 64;
    const std::uint32_t offset = bit % 64;
    std::uint64_t bits = gear_[word] >> offset;
    if (offset + n > 64)  // a code of 3 bits in two words
      bits |= gear_[word + 1] << (64U - offset);
    const std::uint8_t code = Widen(static_cast<std::uint32_t>(bits) & mask, n);
    if (place % 2 == 0) {
      shadow[place / 2] = code;
    } else {
      shadow[place / 2] = static_cast<std::uint8_t>(shadow[place / 2] | code << 4U);
    }
  }
}

void Unpacker::WriteGroup(Array& array) const {
  std::uint8_t* shadow = array.shadow() + std::size_t{group_} * group_places_ / 2;
  if (command_.code_bits == kLargestCodeBits) {
    std::memcpy(shadow, gear_.data(), group_places_ / 2);  // they lie as the array takes them
  } else {
    WriteNarrowCodes(shadow);
  }
}

void Unpacker::ShiftGear(std::uint32_t units) {
  const std::uint32_t bytes = units * group_places_ / 8U;
  auto* gear = reinterpret_cast<std::uint8_t*>(gear_.data());
  std::memmove(gear, gear + bytes, sizeof(gear_) - bytes);
  std::memset(gear + sizeof(gear_) - bytes, 0, bytes);
}

// A word arrives above what is stored.
void Unpacker::FillGear(const BusWord& word) {
  auto* gear = reinterpret_cast<std::uint8_t*>(gear_.data());
  std::memcpy(gear + count_ * group_places_ / 8U, word.data(), bus_bytes_);
  count_ = static_cast<std::uint8_t>(count_ + word_units_);
}

// After a group is written. Returns whether it was the last of the sweep.
bool Unpacker::EndGroup() {
  ++group_;
  if (group_ != groups_)
    return false;
  group_ = 0;
  full_ = true;
  if (--step_ != 0)
    return false;
  step_ = static_cast<std::uint16_t>(command_.steps);
  return --tile_ == 0;
}

void Unpacker::StepRunning(bool swap, Array& array, Values& values) {
  const bool is_inside = weights_.Contains(addr_);
  const bool reads = words_left_ != 0 && is_inside && HasRoom();
  const bool writes = count_ >= command_.code_bits && (!full_ || swap);
  values.is_active = reads || writes;
  values.is_outside = words_left_ != 0 && !is_inside;
  if (values.is_outside) {
    values.address = addr_ * bus_bytes_;
    values.index = queue_.head().index;
  }
  if (swap)
    full_ = false;
  bool ends_sweep = false;
  if (writes) {
    WriteGroup(array);
    ShiftGear(command_.code_bits);
    count_ = static_cast<std::uint8_t>(count_ - command_.code_bits);
    ends_sweep = EndGroup();
  }
  if (inflight_)
    FillGear(word_);
  inflight_ = reads;
  if (reads) {
    CopyBusWord(word_.data(), weights_.At(addr_), bus_bytes_);
    --words_left_;
    addr_ = (addr_ + 1U) & kAddressMask;
  }
  if (ends_sweep) {
    gear_.fill(0);
    count_ = 0;
    StartSweep();
    if (--stripe_ == 0) {
      queue_.Pop();
      running_ = false;
    }
  }
}

void Unpacker::Work(bool swap, Array& array) {
  const bool word_arrives = inflight_;
  values_.is_active = values_.is_outside = false;
  if (running_) {
    StepRunning(swap, array, values_);
  } else {
    gear_.fill(0);
    if (swap)
      full_ = false;
    if (!queue_.empty()) {
      Start();
      values_.is_active = true;
    }
  }
  values_.is_ready = full_ && (swap || !reserved_);
  is_still_ = !values_.is_active && !word_arrives && !swap;
}

void Unpacker::Clear(const Unpacker& before) {
  running_ = false;
  inflight_ = false;
  count_ = 0;
  group_ = 0;
  full_ = false;
  reserved_ = false;
  queue_.Clear(before.queue_);
  is_still_ = false;
  stripe_ = before.stripe_;
  tile_ = before.tile_;
  step_ = before.step_;
  words_left_ = before.words_left_;
  addr_ = before.addr_;
}

void Unpacker::ListState(StateList& list) const {
  list.Add("unpacker.running", running_, 1);
  list.Add("unpacker.stripe", stripe_, 16);
  list.Add("unpacker.tile", tile_, 16);
  list.Add("unpacker.step", step_, 16);
  list.Add("unpacker.words_left", words_left_, 16);
  list.Add("unpacker.addr", addr_, 17);
  list.Add("unpacker.inflight", inflight_, 1);
  list.Add("unpacker.count", count_, 8);
  list.AddRaw("unpacker.gear", gear_.data(), gear_units_ * group_places_, 1);
  list.Add("unpacker.group", group_, 7);
  list.Add("unpacker.full", full_, 1);
  list.Add("unpacker.reserved", reserved_, 1);
  queue_.ListState(list, "unpacker.queue", kCommandBits);
}

}  // namespace denseshift::golden::cycle

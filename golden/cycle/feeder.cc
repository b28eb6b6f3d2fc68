// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/feeder.h"

namespace denseshift::golden::cycle {

Feeder::Feeder(const Parameters& parameters, ActivationBuffer& buffer)
    : bus_bytes_(parameters.bus_bytes),
      vector_lanes_(parameters.VectorLanes()),
      group_bytes_(parameters.act_bytes / 2),
      buffer_(buffer),
      window_(parameters.lanes) {
}

void Feeder::Start() {
  command_ = DecodeCompute(queue_.head());
  running_ = true;
  tile_start_ = true;
  position_ = 0;
  channel_ = 0;
  tile_ = static_cast<std::uint16_t>(command_.tiles);
  stripe_ = static_cast<std::uint16_t>(command_.is_conv ? command_.stripes : command_.rows);
  left_ = static_cast<std::uint16_t>(command_.is_conv ? Length() : command_.columns);
  StartWindow();
  positions_.Start({command_.par,
                    command_.base,
                    command_.columns,
                    command_.x_stride,
                    command_.row_stride,
                    command_.pitch,
                    command_.row_stride_odd});
}

// Of the stripe that stripe_ counts.
inline std::uint32_t Feeder::Length() const {
  return stripe_ == 1 ? command_.last_stripe : command_.stripe;
}

inline void Feeder::CheckRange(const ActivationBuffer::Read& read,
                               std::uint32_t length_a,
                               Errors& errors) {
  const auto is_outside = [this](std::uint32_t first, std::uint32_t length) {
    return first >= group_bytes_ || ((first + length - 1U) & kByteMask) >= group_bytes_;
  };
  const std::uint32_t first_b = (read.address_b + length_a) & kByteMask;
  if (is_outside(read.address_a, length_a)) {
    errors.Raise(kFeederUnit, kBufferBounds, queue_.head().index, read.address_a);
  } else if (read.uses_b && is_outside(first_b, window_.length_b())) {
    errors.Raise(kFeederUnit, kBufferBounds, queue_.head().index, first_b);
  }
}

inline void Feeder::Read(Errors& errors) {
  const auto address = [this](bool par, std::uint32_t slot, std::uint32_t byte) {
    const bool carries = par && positions_.par();
    const std::uint32_t word =
        (positions_.slot() + slot + (carries ? command_.pitch : 0)) & kSlotMask;
    return (word * bus_bytes_ + positions_.byte() + byte + channel_) & kByteMask;
  };
  const bool is_last_group = tile_ == 1;
  const std::uint32_t length_a =
      command_.is_conv ? window_.length_a() : (is_last_group ? command_.valid : vector_lanes_);
  ActivationBuffer::Read read;
  read.group_a = positions_.par() != window_.par();
  read.uses_b = window_.UsesB();
  read.address_a = address(window_.par(), window_.slot(), window_.byte());
  if (read.uses_b)
    read.address_b = address(window_.next_par(), window_.next_slot(), command_.x0 - length_a);
  CheckRange(read, length_a, errors);
  buffer_.Start(read);
  if (tile_start_)
    buffer_.SetLanes(window_.length_a(), window_.length_b());
}

// To the next step of a CONV. Returns whether the command ends.
inline bool Feeder::MoveConv() {
  tile_start_ = left_ == 1;
  if (!tile_start_) {
    --left_;
    ++position_;
    positions_.Move();
    return false;
  }
  const bool sums_tile = window_.IsLast();
  position_ = 0;
  if (!sums_tile || --tile_ != 0) {
    left_ = static_cast<std::uint16_t>(Length());
    positions_.Rewind();
  } else {
    tile_ = static_cast<std::uint16_t>(command_.tiles);
    --stripe_;
    left_ = static_cast<std::uint16_t>(Length());
    positions_.MoveStripe();
  }
  if (!sums_tile) {
    window_.Move(command_);
    return false;
  }
  bank_ = bank_ != command_.last;
  if (stripe_ == 0)
    return true;
  StartWindow();
  return false;
}

// To the next tap of a VECTOR. Returns whether the command ends.
bool Feeder::MoveVector() {
  if (!window_.IsLast()) {
    window_.Move(command_);
    return false;
  }
  channel_ = (channel_ + vector_lanes_) & kByteMask;
  if (--tile_ == 0) {
    channel_ = 0;
    tile_ = static_cast<std::uint16_t>(command_.tiles);
    positions_.Move();
    if (--left_ == 0) {
      left_ = static_cast<std::uint16_t>(command_.columns);
      if (--stripe_ == 0)
        return true;
    }
  }
  StartWindow();
  return false;
}

inline void Feeder::Issue(Values& values, Errors& errors) {
  values.issues = true;
  values.activity = kBusy;
  values.takes_tile = command_.is_conv && tile_start_;
  values.claims_bank = StartsSum();
  values.claimed_bank = bank_;
  Read(errors);
  stage_.step = command_.is_conv;
  stage_.swap = values.takes_tile;
  stage_.sum_done = command_.is_conv && window_.IsLast() && left_ == 1;
  stage_.tap = !command_.is_conv;
  stage_.first = window_.IsFirst() && command_.first;
  stage_.bank1 = bank_;
  stage_.tap_first = window_.IsFirst();
  stage_.tap_last = window_.IsLast();
  stage_.position1 = static_cast<std::uint16_t>(position_);
  stage_.operation = static_cast<std::uint8_t>(command_.operation);
  values.ends = command_.is_conv ? MoveConv() : MoveVector();
  if (values.ends) {
    values.gives = command_.signal_a;
    running_ = false;
    queue_.Pop();
  }
}

const Feeder::Values& Feeder::Step(const Inputs& in, const Handoff& handoff, Errors& errors) {
  Values& values = values_;
  values.issues = values.takes_tile = values.claims_bank = values.ends = values.gives = false;
  stage_.step = stage_.swap = stage_.sum_done = stage_.tap = false;
  if (!running_) {
    if (queue_.empty()) {
      values.activity = in.compute_queue_empty ? kIdle : kWaitsForInput;
    } else {
      values.activity = kWaitsForOutput;
      if (queue_.head().opcode() == kConv || in.post_caught_up)
        Start();
    }
    return values;
  }
  if (command_.is_conv && tile_start_) {
    if (!in.tile_is_ready) {
      values.activity = kWaitsForInput;
      return values;
    }
    if (StartsSum() && handoff.IsBusy(bank_)) {
      values.activity = kWaitsForOutput;
      return values;
    }
  }
  Issue(values, errors);
  return values;
}

void Feeder::Clear(const Feeder& before) {
  running_ = false;
  bank_ = false;
  stage_.step = stage_.swap = stage_.sum_done = stage_.tap = false;
  queue_.Clear(before.queue_);
  tile_start_ = before.tile_start_;
  stripe_ = before.stripe_;
  tile_ = before.tile_;
  left_ = before.left_;
  position_ = before.position_;
  channel_ = before.channel_;
}

void Feeder::ListState(StateList& list) const {
  list.Add("feeder.running", running_, 1);
  list.Add("feeder.bank", bank_, 1);
  list.Add("feeder.stripe", stripe_, 16);
  list.Add("feeder.tile", tile_, 16);
  list.Add("feeder.left", left_, 16);
  list.Add("feeder.position", position_, 24);
  list.Add("feeder.channel", channel_, 24);
  list.Add("feeder.tile_start", tile_start_, 1);
  list.Add("feeder.step", stage_.step, 1);
  list.Add("feeder.swap", stage_.swap, 1);
  list.Add("feeder.sum_done", stage_.sum_done, 1);
  list.Add("feeder.tap", stage_.tap, 1);
  list.Add("feeder.position1", stage_.position1, 16);
  list.Add("feeder.first", stage_.first, 1);
  list.Add("feeder.bank1", stage_.bank1, 1);
  list.Add("feeder.tap_first", stage_.tap_first, 1);
  list.Add("feeder.tap_last", stage_.tap_last, 1);
  list.Add("feeder.operation", stage_.operation, 2);
  window_.ListState(list);
  positions_.ListState(list, "feeder.position_state");
  queue_.ListState(list, "feeder.queue", kCommandBits);
}

}  // namespace denseshift::golden::cycle

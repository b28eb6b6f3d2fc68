// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/post.h"

namespace denseshift::golden::cycle {
namespace {

constexpr unsigned kSumsMask = 7;

}  // namespace

void Post::Start() {
  command_ = DecodeCompute(queue_.head());
  running_ = true;
  fresh_ = true;
  entry_ = static_cast<std::uint16_t>(command_.entry);
  position_ = 0;
  channel_ = 0;
  tile_ = static_cast<std::uint16_t>(command_.tiles);
  stripe_ = static_cast<std::uint16_t>(command_.is_conv ? command_.stripes : command_.rows);
  left_ = static_cast<std::uint16_t>(command_.is_conv ? Length() : command_.columns);
  positions_.Start(
      {false, 0, command_.columns, command_.position_pitch, command_.out_row_pitch, 0, false});
}

// What travels with a vector or with a command's end.
void Post::Enter(Values& values) const {
  PostStages::Entering& entering = values.entering;
  entering.vector = !command_.is_conv;
  entering.give = command_.signal_b;
  entering.index = queue_.head().index;
  const std::uint32_t all = command_.is_conv ? columns_ : vector_lanes_;
  entering.len = static_cast<std::uint8_t>(tile_ == 1 ? command_.valid : all);
  entering.addr =
      (command_.out_base + positions_.slot() * bus_bytes_ + positions_.byte() + channel_) &
      kOutputMask;
  entering.clamp.zero_out = static_cast<std::int8_t>(command_.zero_out);
  entering.clamp.hi = static_cast<std::int8_t>(command_.hi);
  entering.clamp.lo = static_cast<std::int8_t>(command_.lo);
}

void Post::ReadEntry(Values& values,
                     std::uint32_t entry,
                     const ParameterBuffer& parameters,
                     Errors& errors) const {
  values.reads_entry = true;
  values.entry = entry;
  if (!parameters.Contains(entry))
    errors.Raise(kPostUnit, kBufferBounds, queue_.head().index, parameters.AddressOf(entry));
}

// After the last position of a bank. Returns whether the command ends.
bool Post::EndBank(Values& values) {
  values.releases = true;
  fresh_ = true;
  bank_ = !bank_;
  position_ = 0;
  entry_ = static_cast<std::uint16_t>(entry_ + 1);
  channel_ = (channel_ + columns_) & kByteMask;
  if (--tile_ != 0) {
    left_ = static_cast<std::uint16_t>(Length());
    positions_.Rewind();
    return false;
  }
  tile_ = static_cast<std::uint16_t>(command_.tiles);
  entry_ = static_cast<std::uint16_t>(command_.entry);
  channel_ = 0;
  --stripe_;
  left_ = static_cast<std::uint16_t>(Length());
  positions_.MoveStripe();
  return stripe_ == 0;
}

// One position. Returns whether the command ends.
bool Post::Drain(Values& values) {
  values.drains = true;
  values.bank = bank_;
  values.position = position_;
  fresh_ = false;
  if (left_ == 1)
    return EndBank(values);
  --left_;
  ++position_;
  positions_.Move();
  return false;
}

// After the window's last tap. Returns whether the command ends.
bool Post::MoveVector() {
  channel_ = (channel_ + vector_lanes_) & kByteMask;
  if (--tile_ != 0)
    return false;
  channel_ = 0;
  tile_ = static_cast<std::uint16_t>(command_.tiles);
  positions_.Move();
  if (--left_ != 0)
    return false;
  left_ = static_cast<std::uint16_t>(command_.columns);
  return --stripe_ == 0;
}

void Post::Work(const FeederStage& feeder,
                bool sum_done,
                const ParameterBuffer& parameters,
                Errors& errors) {
  Values& values = values_;
  values.entering.valid = values.entering.write = values.entering.done = false;
  values.entering.join = false;
  values.is_active = values.drains = values.reads_entry = false;
  values.releases = values.ends = false;
  if (!running_ || (command_.is_conv ? sums_ == 0 : !feeder.tap)) {
    values.activity = running_ || !queue_.empty() ? kWaitsForInput : kIdle;
    if (!running_ && !queue_.empty())
      Start();
    sums_ = static_cast<std::uint8_t>((sums_ + (sum_done ? 1U : 0U)) & kSumsMask);
    waits_ = true;
    return;
  }

  waits_ = false;
  values.is_active = true;
  values.activity = kBusy;
  Enter(values);
  bool ends_sum = false;
  if (!command_.is_conv) {
    const bool is_addition = command_.operation == kAdditionOperation;
    values.entering.join = is_addition && !feeder.tap_first;
    values.entering.write = feeder.tap_last;
    values.entering.valid = feeder.tap_last || is_addition;
    ReadEntry(values, entry_ + (values.entering.join ? 1U : 0U), parameters, errors);
    values.ends = feeder.tap_last && MoveVector();
  } else if (command_.last) {
    values.entering.valid = values.entering.write = true;
    if (fresh_)
      ReadEntry(values, entry_, parameters, errors);
    values.ends = Drain(values);
    ends_sum = values.releases;
  } else {
    values.activity = kWaitsForInput;
    values.ends = ends_sum = true;
  }
  values.entering.done = values.ends;
  sums_ =
      static_cast<std::uint8_t>((sums_ + (sum_done ? 1U : 0U) - (ends_sum ? 1U : 0U)) & kSumsMask);
  if (values.ends) {
    running_ = false;
    queue_.Pop();
  }
}

void Post::Clear(const Post& before) {
  running_ = false;
  bank_ = false;
  sums_ = 0;
  queue_.Clear(before.queue_);
  waits_ = false;
  fresh_ = before.fresh_;
  stripe_ = before.stripe_;
  tile_ = before.tile_;
  left_ = before.left_;
  entry_ = before.entry_;
  position_ = before.position_;
  channel_ = before.channel_;
}

void Post::ListState(StateList& list) const {
  list.Add("post.running", running_, 1);
  list.Add("post.bank", bank_, 1);
  list.Add("post.sums", sums_, 3);
  list.Add("post.fresh", fresh_, 1);
  list.Add("post.stripe", stripe_, 16);
  list.Add("post.tile", tile_, 16);
  list.Add("post.left", left_, 16);
  list.Add("post.entry", entry_, 16);
  list.Add("post.position", position_, 24);
  list.Add("post.channel", channel_, 24);
  positions_.ListState(list, "post.position_state");
  queue_.ListState(list, "post.queue", kCommandBits);
}

}  // namespace denseshift::golden::cycle

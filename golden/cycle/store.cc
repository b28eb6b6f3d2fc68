// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/store.h"

#include <cstring>

namespace denseshift::golden::cycle {
namespace {

constexpr std::uint8_t kMaxCredit = 4;
constexpr std::uint8_t kMaxAhead = 4;

}  // namespace

void Store::Start(std::uint64_t cycles) {
  const Command& command = queue_.head();
  command_ = DecodeStore(command, parameters_.bus_bytes);
  running_ = reading_ = true;
  rows_.Start(command, command_.rows, command_.words);
  read_rows_ = static_cast<std::uint16_t>(command_.rows);
  read_word_ = 0;
  read_base_ = Bits(command.words[8], 15, 0);
  stamp_ = cycles;
}

std::uint32_t Store::Strobes() const {
  std::uint32_t strobes = 0xFFFFFFFFU >> (32U - parameters_.bus_bytes);
  if (read_word_ == 0)
    strobes &= 0xFFFFFFFFU << command_.head;
  if (read_word_ + 1U == command_.words)
    strobes &= 0xFFFFFFFFU >> (32U - command_.tail);
  return strobes;
}

void Store::StepResponse(const BusInputs& bus, Errors& errors) {
  if (!bus.bvalid)
    return;
  if (IsErrorResponse(bus.bresp)) {
    errors.Raise(kStoreUnit,
                 Bit(bus.bresp, 0) ? kWriteDecodeError : kWriteSlaveError,
                 index(),
                 bursts_.head());
  }
  bursts_.Pop();
}

void Store::StepBeat(bool sends, bool address_accepted) {
  if (sends) {
    words_.Pop();
    --credit_;
    const bool is_last = beat_ == lens_.head();
    beat_ = is_last ? 0 : static_cast<std::uint8_t>(beat_ + 1);
    if (is_last) {
      lens_.Pop();
      --ahead_;
    }
  }
  if (address_accepted)
    lens_.Push(address_channel_.len());
}

// What was read in the cycle before, with the strobes it has got.
void Store::PushWord() {
  Beat beat{};
  if (stamp_read_) {
    std::memcpy(beat.data(), &stamp_, sizeof(stamp_));
  } else {
    CopyBusWord(
        reinterpret_cast<std::uint8_t*>(beat.data()), buffer_.read().data(), parameters_.bus_bytes);
  }
  beat[parameters_.bus_bytes / 4] = strobes_;
  words_.Push(beat);
}

void Store::StepReader(Errors& errors) {
  const std::uint32_t word = (read_base_ + read_word_) & kWordMask;
  if (!command_.is_stamp) {
    if (!buffer_.ContainsWord(word))
      errors.Raise(kStoreUnit, kBufferBounds, index(), word * parameters_.bus_bytes);
    buffer_.Read(word);
  }
  strobes_ = Strobes();
  stamp_read_ = command_.is_stamp;
  ++credit_;
  ++read_word_;
  if (read_word_ == command_.words) {
    read_word_ = 0;
    read_base_ = (read_base_ + command_.pitch) & kWordMask;
    --read_rows_;
    reading_ = read_rows_ != 0;
  }
}

void Store::Announce() {
  const Burst burst = rows_.Next(parameters_.bus_bytes);
  address_channel_.Send(burst);
  bursts_.Push(burst.address);
  ++ahead_;
}

Activity Store::CurrentActivity(bool sends) const {
  if (sends)
    return kBusy;
  if (!running_)
    return queue_.empty() ? kIdle : kWaitsForInput;
  return words_.empty() && reading_ && !lens_.empty() ? kWaitsForInput : kWaitsForOutput;
}

void Store::Work(const Inputs& in, const BusInputs& bus, Tokens& tokens, Errors& errors) {
  Values& values = values_;
  values.takes = values.address_accepted = values.gives_compute = values.gives_load = false;
  values.activity = kIdle;
  const bool sends = SendsBeat(bus);
  values.activity = CurrentActivity(sends);
  values.address_accepted = address_channel_.valid() && bus.awready;
  const bool is_free = address_channel_.IsFree(values.address_accepted);
  const bool finishes = running_ && rows_.AreDone() && !address_channel_.valid() && bursts_.empty();
  values.takes = Starts(in, tokens);
  const bool reads = reading_ && credit_ < kMaxCredit;
  const bool announces =
      running_ && !rows_.AreDone() && is_free && ahead_ < kMaxAhead && !bursts_.full() && !in.abort;

  StepResponse(bus, errors);
  StepBeat(sends, values.address_accepted);
  if (read_)
    PushWord();
  read_ = reads;
  if (reads)
    StepReader(errors);
  if (is_free)
    address_channel_.SendNothing();
  if (announces)
    Announce();
  if (finishes) {
    values.index = index();
    values.gives_compute = queue_.head().signal_a();
    values.gives_load = queue_.head().signal_b();
    running_ = false;
    queue_.Pop();
  }
  if (values.takes) {
    tokens.Take(queue_.head(), kComputeToStore);
    Start(in.cycles);
  }
  is_at_rest_ = !running_ && IsQuiet() && words_.empty() && !reading_ && !read_;
}

void Store::Clear(const Store& before) {
  running_ = false;
  address_channel_.Clear(before.address_channel_);
  reading_ = false;
  read_ = false;
  credit_ = 0;
  ahead_ = 0;
  beat_ = 0;
  queue_.Clear(before.queue_);
  lens_.Clear(before.lens_);
  bursts_.Clear(before.bursts_);
  words_.Clear(before.words_);
  is_at_rest_ = false;
  rows_ = before.rows_;
  read_rows_ = before.read_rows_;
  read_word_ = before.read_word_;
  read_base_ = before.read_base_;
}

void Store::ShowOutputs(BusOutputs& out) const {
  out.awvalid = address_channel_.valid();
  out.awaddr = address_channel_.address();
  out.awlen = address_channel_.len();
  out.wvalid = !words_.empty() && !lens_.empty();
  if (out.wvalid) {
    const Beat& beat = words_.head();
    CopyBusWord(
        out.wdata, reinterpret_cast<const std::uint8_t*>(beat.data()), parameters_.bus_bytes);
    out.wstrb = beat[parameters_.bus_bytes / 4];
    out.wlast = beat_ == lens_.head();
  }
}

void Store::ListState(StateList& list) const {
  list.Add("store.running", running_, 1);
  address_channel_.ListState(list, "store.awvalid", "store.awaddr", "store.awlen");
  rows_.ListState(list, "store");
  list.Add("store.stamp", stamp_, 64);
  list.Add("store.reading", reading_, 1);
  list.Add("store.read_rows", read_rows_, 16);
  list.Add("store.read_word", read_word_, 16);
  list.Add("store.read_base", read_base_, 18);
  list.Add("store.read", read_, 1);
  list.AddRaw("store.strobes", &strobes_, parameters_.bus_bytes, 1);
  list.Add("store.stamp_read", stamp_read_, 1);
  list.Add("store.credit", credit_, 3);
  list.Add("store.ahead", ahead_, 3);
  list.Add("store.beat", beat_, 8);
  queue_.ListState(list, "store.queue", kCommandBits);
  lens_.ListState(list, "store.lens", 8);
  bursts_.ListState(list, "store.bursts", 32);
  words_.ListState(list, "store.words", 9 * parameters_.bus_bytes);
}

}  // namespace denseshift::golden::cycle

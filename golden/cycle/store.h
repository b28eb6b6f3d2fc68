// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_STORE_H_
#define DENSESHIFT_GOLDEN_CYCLE_STORE_H_

#include <array>
#include <cstdint>

#include "golden/cycle/burst.h"
#include "golden/cycle/bus_word.h"
#include "golden/cycle/command.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/output_buffer.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/pins.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"
#include "golden/cycle/tokens.h"

namespace denseshift::golden::cycle {

// Announces bursts, sends beats, waits for responses; docs/timing.md "Store".
class Store {
 public:
  struct Inputs {
    bool abort = false;
    std::uint64_t cycles = 0;  // of the job
  };

  struct Values {
    bool takes = false;  // a command, with its token
    bool address_accepted = false;
    bool gives_compute = false;
    bool gives_load = false;
    std::uint32_t index = 0;  // of the command that gives
    Activity activity = kIdle;
  };

  Store(const Parameters& parameters, OutputBuffer& buffer)
      : parameters_(parameters), buffer_(buffer) {}

  // A cycle; after it commands may be pushed into queue().
  const Values& Step(const Inputs& in, const BusInputs& bus, Tokens& tokens, Errors& errors) {
    if (is_at_rest_ && !Starts(in, tokens)) {
      values_ = {};
      values_.activity = queue_.empty() ? kIdle : kWaitsForInput;
    } else {
      Work(in, bus, tokens, errors);
    }
    return values_;
  }

  // At the end of a cycle while no job runs; `before` is the unit as the cycle found it.
  void Clear(const Store& before);

  [[nodiscard]] Queue<Command, 4>& queue() { return queue_; }

  // Write address and write data channel.
  void ShowOutputs(BusOutputs& out) const;

  [[nodiscard]] bool IsQuiet() const {
    return bursts_.empty() && lens_.empty() && !address_channel_.valid();
  }

  [[nodiscard]] bool IsIdle() const { return queue_.empty() && !running_ && IsQuiet(); }

  // Whether nothing happens, and nothing will until a command starts.
  [[nodiscard]] bool IsAtRest() const { return is_at_rest_; }

  // Of the command an error belongs to.
  [[nodiscard]] std::uint32_t index() const { return queue_.head().index; }

  void ListState(StateList& list) const;

 private:
  // A beat: the data's 32-bit words, then the strobes.
  using Beat = std::array<std::uint32_t, kMaxBusBytes / 4 + 1>;

  [[nodiscard]] Activity CurrentActivity(bool sends) const;

  [[nodiscard]] bool Starts(const Inputs& in, const Tokens& tokens) const {
    return !running_ && !queue_.empty() && !in.abort &&
           tokens.AreThere(queue_.head(), kComputeToStore, kComputeToStore);
  }

  void Work(const Inputs& in, const BusInputs& bus, Tokens& tokens, Errors& errors);

  [[nodiscard]] bool SendsBeat(const BusInputs& bus) const {
    return !words_.empty() && !lens_.empty() && bus.wready;
  }

  void Start(std::uint64_t cycles);
  void StepResponse(const BusInputs& bus, Errors& errors);
  void StepBeat(bool sends, bool address_accepted);
  void StepReader(Errors& errors);
  void Announce();
  void PushWord();
  [[nodiscard]] std::uint32_t Strobes() const;

  Parameters parameters_;
  OutputBuffer& buffer_;
  Queue<Command, 4> queue_;
  Queue<std::uint8_t, 4> lens_;
  Queue<std::uint32_t, 16> bursts_;
  Queue<Beat, 4> words_;
  bool running_ = false;
  AddressChannel address_channel_;
  RowBursts rows_;
  std::uint64_t stamp_ = 0;
  // Reader.
  bool reading_ = false;
  std::uint16_t read_rows_ = 0;
  std::uint16_t read_word_ = 0;
  std::uint32_t read_base_ = 0;
  bool read_ = false;
  std::uint32_t strobes_ = 0;
  bool stamp_read_ = false;
  std::uint8_t credit_ = 0;  // words read and not yet sent
  std::uint8_t ahead_ = 0;   // bursts announced whose beats are not all sent
  std::uint8_t beat_ = 0;
  StoreFields command_;
  Values values_;            // of the cycle
  bool is_at_rest_ = false;  // nothing changes until a command starts
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_STORE_H_

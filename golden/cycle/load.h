// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_LOAD_H_
#define DENSESHIFT_GOLDEN_CYCLE_LOAD_H_

#include <cstdint>

#include "golden/cycle/buffers.h"
#include "golden/cycle/burst.h"
#include "golden/cycle/bus_word.h"
#include "golden/cycle/command.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"
#include "golden/cycle/tokens.h"

namespace denseshift::golden::cycle {

// An issuer that requests rows ahead and a writer that puts words and fill into a buffer;
// docs/timing.md "Load".
class Load {
 public:
  struct Inputs {
    bool abort = false;
    bool hold = false;  // the sequencer's addresses come first
    bool address_accepted = false;
    const ReadBeat* beat = nullptr;  // taken with ID 1, or none
  };

  struct Values {
    bool takes = false;       // a command, with its tokens
    bool issues = false;      // has requested all of a command
    bool gives = false;       // a token to compute
    std::uint32_t index = 0;  // of the command that gives
    Activity activity = kIdle;
  };

  Load(const Parameters& parameters, LoadTargets& targets)
      : parameters_(parameters), targets_(targets) {}

  // A cycle; after it commands may be pushed into queue().
  const Values& Step(const Inputs& in, Tokens& tokens, Errors& errors) {
    if (!is_still_ || in.beat != nullptr || in.abort != last_abort_ ||
        queue_.empty() != queue_was_empty_ || Starts(in, tokens))
      Work(in, tokens, errors);
    return values_;
  }

  // At the end of a cycle while no job runs; `before` is the unit as the cycle found it.
  void Clear(const Load& before);

  [[nodiscard]] Queue<Command, 4>& queue() { return queue_; }

  [[nodiscard]] const AddressChannel& address_channel() const { return address_channel_; }

  [[nodiscard]] bool IsDataFull() const { return data_.full(); }

  [[nodiscard]] bool IsQuiet() const { return bursts_.empty() && !address_channel_.valid(); }

  [[nodiscard]] bool IsIdle() const {
    return queue_.empty() && writer_queue_.empty() && !issuing_ && IsQuiet();
  }

  // Of the command an error belongs to.
  [[nodiscard]] std::uint32_t index() const {
    return writer_queue_.empty() ? queue_.head().index : writer_queue_.head().index;
  }

  void ListState(StateList& list) const;

 private:
  struct IndexedBurst {
    std::uint32_t address = 0;
    std::uint32_t index = 0;
  };

  [[nodiscard]] Activity CurrentActivity(bool writes) const;

  [[nodiscard]] bool Starts(const Inputs& in, const Tokens& tokens) const {
    return !issuing_ && !queue_.empty() && !writer_queue_.full() && !in.hold && !in.abort &&
           tokens.AreThere(queue_.head(), kComputeToLoad, kStoreToLoad);
  }

  void Work(const Inputs& in, Tokens& tokens, Errors& errors);

  [[nodiscard]] bool IsDataPlace() const {
    return row_ >= command_.top && row_ < command_.top + command_.rows &&
           column_ >= command_.left && column_ < command_.left + command_.words;
  }

  void StepIssuer(const Inputs& in, Tokens& tokens);
  bool StepWriter(const Inputs& in, std::uint32_t index, Errors& errors);
  void WriteWord(bool is_data, std::uint32_t index, Errors& errors);
  bool NextPlace();
  void TakeBeat(const ReadBeat& beat, bool abort);

  Parameters parameters_;
  LoadTargets& targets_;
  Queue<Command, 4> queue_;
  Queue<Command, 2> writer_queue_;
  Queue<IndexedBurst, 16> bursts_;
  Queue<BusWord, 64> data_;
  // Issuer.
  bool issuing_ = false;
  AddressChannel address_channel_;
  RowBursts rows_;
  // Writer.
  bool writing_ = false;
  bool par_ = false;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t base_ = 0;
  LoadFields command_;     // the writer's
  bool is_still_ = false;  // nothing changes until an input does
  bool last_abort_ = false;
  bool queue_was_empty_ = false;
  Values values_;  // of the cycle
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_LOAD_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/read_bus_timing.h"

#include <algorithm>

namespace denseshift::sim::timing {

ReadBusTiming::ReadBusTiming(const MemoryParameters& memory,
                             const Stalls& stalls,
                             std::int64_t beats)
    : latency_(memory.latency_cycles),
      max_outstanding_(static_cast<unsigned>(memory.max_outstanding_reads)),
      stalls_(stalls),
      pace_(memory, stalls, Channel::kRead),
      beats_left_(beats) {
}

// A beat of the burst accepted last. Returns when it is taken.
Cycle ReadBusTiming::NextBeat(const LoadWriterTiming& writer) {
  const Cycle valid = pace_.Next(std::max(accepted_ + latency_, beat_ + 1));
  beat_ = writer.ReadyFrom(valid);
  return beat_;
}

void ReadBusTiming::AnswerSequencer(SequencerTiming& sequencer, const LoadWriterTiming& writer) {
  std::array<Cycle, kLongestBurst> beats;  // of which sequencer.Beats() are set
  const Cycle first = std::max(accepted_ + latency_, beat_ + 1);
  if (pace_.IsFree() && writer.ReadyFrom(first) == first) {
    // What is written meanwhile makes more room.
    for (int i = 0; i < sequencer.Beats(); ++i)
      beats.at(static_cast<std::size_t>(i)) = first + i;
    beat_ = first + sequencer.Beats() - 1;
  } else {
    for (int i = 0; i < sequencer.Beats(); ++i)
      beats.at(static_cast<std::size_t>(i)) = NextBeat(writer);
  }
  sequencer.TakeBurst(accepted_, beats.data());
}

void ReadBusTiming::AnswerLoad(LoadTiming& load) {
  LoadWriterTiming& writer = load.writer();
  const Cycle first = writer.EvenlyFrom(std::max(accepted_ + latency_, beat_ + 1), load.Beats());
  if (pace_.IsFree() && first < kUnknown) {
    writer.Push(first, load.Beats());
    beat_ = first + load.Beats() - 1;
  } else {
    for (int i = 0; i < load.Beats(); ++i)
      writer.Push(NextBeat(writer), 1);
  }
  load.TakeBurst(accepted_, beat_);
}

// A row of a load, up to its last address, if nothing disturbs it.
void ReadBusTiming::AcceptRow(const SequencerTiming& sequencer, LoadTiming& load) {
  LoadWriterTiming& writer = load.writer();
  if (!pace_.IsFree() || sequencer.ShowsFrom() < kUnknown || !writer.TakesRowFrom(beat_ + 1))
    return;
  int beats = 0;
  load.TakeRow(
      [&](Cycle shown) {
        accepted_ = std::max({shown, accepted_ + 1, answered_.RoomFrom(bursts_, max_outstanding_)});
        ++bursts_;
        return accepted_;
      },
      [&](int count) {
        beats += count;
        beat_ = std::max(accepted_ + latency_, beat_ + 1) + count - 1;
        answered_.Add(beat_);
        return beat_;
      });
  beats_left_ -= beats;
  // As if there were no pauses between the bursts: no word is written later than the last beat
  // comes then either, or all are at the writer's own pace.
  if (beats > 0)
    writer.Push(beat_ - beats + 1, beats);
}

// The next address. Returns whether it is one of the load unit from which nothing else follows.
bool ReadBusTiming::Accept(SequencerTiming& sequencer, LoadTiming& load) {
  // The sequencer never begins to show one while the load unit's waits; the other way round that
  // one does.
  const Cycle sequencer_shows = sequencer.ShowsFrom();
  const Cycle chosen = std::max(std::min(sequencer_shows, load.ShowsFrom()), accepted_ + 1);
  const bool is_sequencer = sequencer_shows <= chosen;
  accepted_ = stalls_.FreeFrom(Channel::kReadAddress,
                               std::max(chosen, answered_.RoomFrom(bursts_, max_outstanding_)));
  ++bursts_;
  beats_left_ -= is_sequencer ? sequencer.Beats() : load.Beats();
  if (is_sequencer) {
    AnswerSequencer(sequencer, load.writer());
  } else {
    AnswerLoad(load);
  }
  answered_.Add(beat_);
  return !is_sequencer && load.JustGoesOn();
}

bool ReadBusTiming::AcceptNext(SequencerTiming& sequencer, LoadTiming& load) {
  if (std::min(sequencer.ShowsFrom(), load.ShowsFrom()) >= kUnknown)
    return false;
  do {
    AcceptRow(sequencer, load);
  } while (Accept(sequencer, load));
  return true;
}

}  // namespace denseshift::sim::timing

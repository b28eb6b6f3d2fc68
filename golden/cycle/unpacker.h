// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_UNPACKER_H_
#define DENSESHIFT_GOLDEN_CYCLE_UNPACKER_H_

#include <array>
#include <cstdint>

#include "golden/cycle/array.h"
#include "golden/cycle/buffers.h"
#include "golden/cycle/command.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Words of the weight buffer in, groups of codes into the array's shadow tile; docs/timing.md
// "Unpacker".
class Unpacker {
 public:
  struct Values {
    bool is_ready = false;  // a tile for the feeder
    bool is_active = false;
    bool is_outside = false;  // error 7 at address
    std::uint32_t address = 0;
    std::uint32_t index = 0;
  };

  Unpacker(const Parameters& parameters, const WordBuffer& weights);

  // A cycle, up to what the feeder does in it; `swap` is stage 1's. After it commands may be pushed
  // into queue().
  const Values& Step(bool swap, Array& array) {
    if (!is_still_ || swap || (!running_ && !queue_.empty())) {
      Work(swap, array);
    } else {
      values_.is_ready = full_ && !reserved_;
    }
    return values_;
  }

  // The end of the cycle: whether the feeder took the tile.
  void EndStep(bool swap, bool taken) { reserved_ = taken || (reserved_ && !swap); }

  // At the end of a cycle while no job runs; `before` is the unit as the cycle found it.
  void Clear(const Unpacker& before);

  [[nodiscard]] Queue<Command, 2>& queue() { return queue_; }

  [[nodiscard]] const Queue<Command, 2>& queue() const { return queue_; }

  void ListState(StateList& list) const;

 private:
  static constexpr std::size_t kGearWords = 16;

  [[nodiscard]] bool HasRoom() const {
    return count_ + (inflight_ ? 2 * word_units_ : word_units_) <= gear_units_;
  }

  void Work(bool swap, Array& array);
  void Start();
  void StartSweep();
  void StepRunning(bool swap, Array& array, Values& values);
  void WriteGroup(Array& array) const;
  void WriteNarrowCodes(std::uint8_t* shadow) const;
  void ShiftGear(std::uint32_t units);
  void FillGear(const BusWord& word);
  bool EndGroup();

  const WordBuffer& weights_;
  std::uint32_t bus_bytes_;
  std::uint32_t group_places_;  // codes of a group: bits of a unit
  std::uint32_t groups_;        // of a tile
  std::uint32_t word_units_;    // of a bus word
  std::uint32_t gear_units_;    // the gearbox holds

  Queue<Command, 2> queue_;
  bool running_ = false;
  std::uint16_t stripe_ = 0;
  std::uint16_t tile_ = 0;
  std::uint16_t step_ = 0;
  std::uint16_t words_left_ = 0;
  std::uint32_t addr_ = 0;
  bool inflight_ = false;
  std::uint8_t count_ = 0;
  std::array<std::uint64_t, kGearWords> gear_{};
  std::uint8_t group_ = 0;
  bool full_ = false;
  bool reserved_ = false;
  BusWord word_{};  // what the weight buffer shows
  ComputeFields command_;
  Values values_;          // of the cycle
  bool is_still_ = false;  // nothing changes until a swap or a command
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_UNPACKER_H_

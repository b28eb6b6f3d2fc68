// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_POSITION_H_
#define DENSESHIFT_GOLDEN_CYCLE_POSITION_H_

#include <cstdint>
#include <string>

#include "golden/cycle/bits.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// A row by row walk over output positions: where the current one lies, and the one a stripe starts
// with. docs/timing.md "Feeder".
class Position {
 public:
  // How a command moves from position to position.
  struct Steps {
    bool first_par = false;  // group and word of the first row
    std::uint32_t first_slot = 0;
    std::uint32_t columns = 1;
    std::uint32_t byte = 0;   // to the next column
    std::uint32_t slot = 0;   // to the next row, words
    std::uint32_t pitch = 0;  // added to it from an odd row to an even one
    bool is_odd = false;      // the next row lies in the other group
  };

  void Start(const Steps& steps) {
    steps_ = steps;
    now_ = {steps.first_slot, 0, static_cast<std::uint16_t>(steps.columns), steps.first_par};
    start_ = now_;
  }

  void Move() {
    if (now_.left != 1) {
      --now_.left;
      now_.byte = (now_.byte + steps_.byte) & kByteMask;
      return;
    }
    now_.left = static_cast<std::uint16_t>(steps_.columns);
    now_.byte = 0;
    const bool carries = now_.par && steps_.is_odd;
    now_.slot = (now_.slot + steps_.slot + (carries ? steps_.pitch : 0)) & kSlotMask;
    now_.par = now_.par != steps_.is_odd;
  }

  // Back to the first position of the stripe.
  void Rewind() { now_ = start_; }

  // On to the first position of the next stripe.
  void MoveStripe() {
    Move();
    start_ = now_;
  }

  [[nodiscard]] bool par() const { return now_.par; }

  [[nodiscard]] std::uint32_t slot() const { return now_.slot; }

  [[nodiscard]] std::uint32_t byte() const { return now_.byte; }

  void ListState(StateList& list, const std::string& name) const {
    ListPlace(list, name + ".", now_);
    ListPlace(list, name + ".start_", start_);
  }

 private:
  struct Place {
    std::uint32_t slot = 0;
    std::uint32_t byte = 0;
    std::uint16_t left = 0;  // columns of the row
    bool par = false;
  };

  static void ListPlace(StateList& list, const std::string& prefix, const Place& place) {
    list.Add(prefix + "par", place.par, 1);
    list.Add(prefix + "slot", place.slot, 17);
    list.Add(prefix + "byte", place.byte, 24);
    list.Add(prefix + "left", place.left, 16);
  }

  Place now_;
  Place start_;
  Steps steps_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_POSITION_H_

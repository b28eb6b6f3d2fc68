// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_READ_PORT_H_
#define DENSESHIFT_GOLDEN_CYCLE_READ_PORT_H_

#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Lets two readers, sequencer and load, share the read address channel; docs/timing.md "Read
// port".
class ReadPort {
 public:
  // Whether the channel shows the load unit's address in the coming cycle, else the sequencer's.
  [[nodiscard]] bool ChoosesLoad(bool sequencer_shows) const {
    return locked_ ? load_ : !sequencer_shows;
  }

  struct Accepted {
    bool sequencer = false;
    bool load = false;
  };

  // The end of a cycle.
  Accepted Step(bool sequencer_shows, bool load_shows, bool arready) {
    const bool load = ChoosesLoad(sequencer_shows);
    const bool shows = load ? load_shows : sequencer_shows;
    locked_ = shows && !arready;
    load_ = load;
    return {!load && shows && arready, load && shows && arready};
  }

  void Reset() { *this = ReadPort(); }

  void ListState(StateList& list) const {
    list.Add("read_port.locked", locked_, 1);
    list.Add("read_port.load", load_, 1);
  }

 private:
  bool locked_ = false;
  bool load_ = false;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_READ_PORT_H_

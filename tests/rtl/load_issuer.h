// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_LOAD_ISSUER_H_
#define DENSESHIFT_TESTS_RTL_LOAD_ISSUER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include <gtest/gtest.h>

#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// The load unit as the sequencer sees it, docs/timing.md, Load, Issuer: a queue of LOADs that sends
// one or three read addresses for each, as slowly as wanted, and shares the bus by docs/timing.md,
// Read port.
class LoadIssuer {
 public:
  explicit LoadIssuer(Random& random) : random_(&random) {}

  [[nodiscard]] bool Full() const { return queue_.size() == kDepth; }

  [[nodiscard]] bool Idle() const { return queue_.empty() && !shown_; }

  // Addresses of a LOAD.
  static std::size_t AddressesOf(std::uint32_t index) { return 2 * (index % 2) + 1; }

  void Push(std::uint32_t index) { queue_.push_back(index); }

  // Sets the inputs of the coming cycle, once arready_i is set.
  template <typename Dut>
  void Drive(Dut& dut) {
    const bool accepted = dut->arready_i != 0 && dut->arvalid_o == 0;
    Set(dut->load_arvalid_i, shown_.has_value());
    Set(dut->load_arready_i, accepted);
    sends_ = left_ > 0 && (!shown_ || accepted) && random_->Chance(send_percent);
    Set(dut->load_issued_i, sends_ && left_ == 1);
  }

  // Takes the end of the cycle; the LOAD whose address was accepted.
  template <typename Dut>
  std::optional<std::uint32_t> Sample(Dut& dut) {
    std::optional<std::uint32_t> accepted;
    if (dut->load_arready_i != 0) {
      accepted.swap(shown_);
    }
    if (sends_) {
      shown_ = queue_.front();
      --left_;
      if (left_ == 0) {
        queue_.pop_front();
      }
    } else if (left_ == 0 && !queue_.empty() && dut->load_hold_o == 0 &&
               random_->Chance(start_percent)) {
      left_ = AddressesOf(queue_.front());
    }
    return accepted;
  }

  // Nothing more begins.
  void Abort() {
    start_percent = 0;
    send_percent = 0;
  }

  unsigned start_percent = 100;  // of the cycles may start a LOAD: its tokens are there
  unsigned send_percent = 100;   // of the cycles may send an address

 private:
  static constexpr std::size_t kDepth = 4;

  Random* random_;
  std::deque<std::uint32_t> queue_;
  std::size_t left_ = 0;                // addresses the first one has yet to send
  bool sends_ = false;                  // in this cycle
  std::optional<std::uint32_t> shown_;  // the LOAD whose address waits
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_LOAD_ISSUER_H_

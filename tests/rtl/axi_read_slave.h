// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_AXI_READ_SLAVE_H_
#define DENSESHIFT_TESTS_RTL_AXI_READ_SLAVE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

constexpr std::uint32_t kPageBytes = 4096;
constexpr std::uint32_t kLongestBurst = 32;  // beats; docs/architecture.md

enum class Response : std::uint32_t { kOkay = 0, kSlaveError = 2, kDecodeError = 3 };

// A burst: byte address of its first word, and its words.
struct Burst {
  std::uint32_t address = 0;
  std::uint32_t beats = 0;
};

// Checks what docs/architecture.md says about bursts.
inline void CheckBurst(const Burst& burst, std::uint32_t bus_bytes) {
  EXPECT_EQ(burst.address % bus_bytes, 0U);
  EXPECT_LE(burst.beats, kLongestBurst);
  const std::uint32_t last = burst.address + burst.beats * bus_bytes - 1;
  EXPECT_EQ(burst.address / kPageBytes, last / kPageBytes) << "a burst crosses 4 KiB";
}

// The memory behind the read channels of one unit, in order, as slow as wanted.
class AxiReadSlave {
 public:
  AxiReadSlave(std::size_t memory_bytes, std::uint32_t bus_bytes, Random& random)
      : memory(random.ByteVector(memory_bytes)), bus_bytes_(bus_bytes), random_(&random) {}

  // Sets the inputs of the coming cycle.
  template <typename Dut>
  void Drive(Dut& dut) {
    if (!shows_data_) {
      shows_data_ = !bursts_.empty() && random_->Chance(data_percent);
    }
    Set(dut->arready_i, random_->Chance(address_percent));
    Set(dut->rvalid_i, shows_data_);
    Set(dut->rlast_i, shows_data_ ? bursts_.front().beats == beat_ + 1 : random_->Chance(50));
    Set(dut->rresp_i, static_cast<std::uint32_t>(shows_data_ ? ResponseNow() : Response::kOkay));
    if (shows_data_) {
      SetBytes(dut->rdata_i, &memory.at(Address()), bus_bytes_);
    } else {
      const std::vector<std::uint8_t> garbage = random_->ByteVector(bus_bytes_);
      SetBytes(dut->rdata_i, garbage.data(), bus_bytes_);
    }
  }

  // Takes the handshakes of the cycle, once its outputs have settled.
  template <typename Dut>
  void Sample(Dut& dut) {
    if (shows_data_ && dut->rready_o != 0) {
      shows_data_ = false;
      ++beat_;
      ++beats;
      if (beat_ == bursts_.front().beats) {
        bursts_.pop_front();
        beat_ = 0;
      }
    }
    if (dut->arvalid_o == 0) {
      EXPECT_FALSE(shown_) << "an address was withdrawn";
      return;
    }
    const Burst burst{static_cast<std::uint32_t>(dut->araddr_o),
                      static_cast<std::uint32_t>(dut->arlen_o) + 1U};
    if (shown_) {
      EXPECT_EQ(burst.address, shown_->address) << "an address changed before it was accepted";
      EXPECT_EQ(burst.beats, shown_->beats);
    }
    shown_ = burst;
    if (dut->arready_i != 0) {
      CheckBurst(burst, bus_bytes_);
      bursts_.push_back(burst);
      ++bursts;
      shown_.reset();
    }
  }

  // Bursts accepted and not completely answered.
  [[nodiscard]] std::size_t Outstanding() const { return bursts_.size(); }

  std::vector<std::uint8_t> memory;
  std::map<std::uint32_t, Response> errors;  // by byte address of the word
  unsigned address_percent = 100;            // of the cycles accept an address
  unsigned data_percent = 100;               // of the cycles may show a word
  std::size_t bursts = 0;                    // accepted so far
  std::size_t beats = 0;                     // delivered so far

 private:
  [[nodiscard]] std::uint32_t Address() const {
    return bursts_.front().address + beat_ * bus_bytes_;
  }

  [[nodiscard]] Response ResponseNow() const {
    const auto found = errors.find(Address());
    return found == errors.end() ? Response::kOkay : found->second;
  }

  std::uint32_t bus_bytes_;
  Random* random_;
  std::deque<Burst> bursts_;
  std::uint32_t beat_ = 0;
  bool shows_data_ = false;
  std::optional<Burst> shown_;  // the address that waits
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_AXI_READ_SLAVE_H_

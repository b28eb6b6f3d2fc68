// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_AXI_WRITE_SLAVE_H_
#define DENSESHIFT_TESTS_RTL_AXI_WRITE_SLAVE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/axi_read_slave.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// The memory behind the write channels of one unit, in order, as slow as wanted.
class AxiWriteSlave {
 public:
  AxiWriteSlave(std::size_t memory_bytes, std::uint32_t bus_bytes, Random& random)
      : memory(random.ByteVector(memory_bytes)), bus_bytes_(bus_bytes), random_(&random) {}

  // Sets the inputs of the coming cycle.
  template <typename Dut>
  void Drive(Dut& dut) {
    Set(dut->awready_i, random_->Chance(address_percent));
    Set(dut->wready_i, random_->Chance(data_percent));
    answers_ = !written_.empty() && random_->Chance(response_percent);
    Response response = Response::kOkay;
    if (answers_ && errors.count(written_.front()) != 0) {
      response = errors.at(written_.front());
    }
    Set(dut->bvalid_i, answers_);
    Set(dut->bresp_i, static_cast<std::uint32_t>(response));
  }

  // Takes the handshakes of the cycle, once its outputs have settled.
  template <typename Dut>
  void Sample(Dut& dut) {
    if (answers_) {
      written_.pop_front();
      ++responses;
    }
    SampleData(dut);
    SampleAddress(dut);
  }

  // Bursts announced and not answered.
  [[nodiscard]] std::size_t Outstanding() const { return bursts_.size() + written_.size(); }

  std::vector<std::uint8_t> memory;
  std::map<std::uint32_t, Response> errors;  // by byte address of the burst
  unsigned address_percent = 100;            // of the cycles accept an address
  unsigned data_percent = 100;               // of the cycles accept a beat
  unsigned response_percent = 100;           // of the cycles answer a burst
  std::size_t bursts = 0;                    // announced so far
  std::size_t beats = 0;                     // written so far
  std::size_t responses = 0;                 // given so far

 private:
  template <typename Dut>
  void SampleAddress(Dut& dut) {
    if (dut->awvalid_o == 0) {
      EXPECT_FALSE(shown_) << "an address was withdrawn";
      return;
    }
    const Burst burst{static_cast<std::uint32_t>(dut->awaddr_o),
                      static_cast<std::uint32_t>(dut->awlen_o) + 1U};
    if (shown_) {
      EXPECT_EQ(burst.address, shown_->address) << "an address changed before it was accepted";
      EXPECT_EQ(burst.beats, shown_->beats);
    }
    shown_ = burst;
    if (dut->awready_i != 0) {
      CheckBurst(burst, bus_bytes_);
      bursts_.push_back(burst);
      ++bursts;
      shown_.reset();
    }
  }

  template <typename Dut>
  void SampleData(Dut& dut) {
    if (dut->wvalid_o == 0) {
      EXPECT_FALSE(waits_) << "a beat was withdrawn";
      return;
    }
    const std::vector<std::uint8_t> data = Bytes(dut->wdata_o, bus_bytes_);
    const std::uint64_t strobes = Bits(dut->wstrb_o, 0, bus_bytes_);
    if (waits_) {
      EXPECT_EQ(data, waiting_data_) << "a beat changed before it was accepted";
      EXPECT_EQ(strobes, waiting_strobes_);
    }
    waits_ = dut->wready_i == 0;
    waiting_data_ = data;
    waiting_strobes_ = strobes;
    if (bursts_.empty()) {
      ADD_FAILURE() << "a beat before its burst was announced";
      return;
    }
    Burst& burst = bursts_.front();
    EXPECT_EQ(dut->wlast_o, burst.beats == beat_ + 1 ? 1 : 0);
    if (waits_) {
      return;
    }
    for (std::uint32_t i = 0; i < bus_bytes_; ++i) {
      if (((strobes >> i) & 1U) != 0) {
        memory.at(burst.address + beat_ * bus_bytes_ + i) = data[i];
      }
    }
    ++beat_;
    ++beats;
    if (beat_ == burst.beats) {
      written_.push_back(burst.address);
      bursts_.pop_front();
      beat_ = 0;
    }
  }

  std::uint32_t bus_bytes_;
  Random* random_;
  std::deque<Burst> bursts_;           // whose beats are to come
  std::deque<std::uint32_t> written_;  // addresses of bursts that wait for their response
  std::uint32_t beat_ = 0;
  bool answers_ = false;
  std::optional<Burst> shown_;  // the address that waits
  bool waits_ = false;          // a beat was shown and not accepted
  std::vector<std::uint8_t> waiting_data_;
  std::uint64_t waiting_strobes_ = 0;
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_AXI_WRITE_SLAVE_H_

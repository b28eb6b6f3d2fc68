// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/memory/reference_memory.h"

#include <algorithm>
#include <cmath>

namespace denseshift::sim {

namespace {

std::uint64_t Mix(std::uint64_t x) {
  x = x + 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace

bool ReferenceMemory::Stalled(unsigned channel) const {
  if (p_.refresh_period_cycles != 0) {
    const auto phase = t_ % static_cast<unsigned>(p_.refresh_period_cycles);
    if (phase < static_cast<unsigned>(p_.refresh_cycles))
      return true;
  }
  const auto threshold = static_cast<std::uint64_t>(std::lround(4096 * p_.stall_probability));
  return ((Mix(Mix(p_.seed) + t_) >> (12 * channel)) & 0xFFFU) < threshold;
}

std::uint64_t ReferenceMemory::NextSlot(std::uint64_t slot) const {
  const auto period =
      static_cast<std::uint64_t>(std::lround(1024.0 * p_.bus_bytes / p_.bytes_per_cycle));
  return std::max(slot, t_ == 0 ? 0 : 1024 * (t_ - 1)) + period;
}

ReferenceMemory::Burst ReferenceMemory::MakeBurst(std::uint32_t address,
                                                  unsigned len,
                                                  unsigned id) const {
  const std::uint64_t end =
      address + static_cast<std::uint64_t>(len + 1) * static_cast<unsigned>(p_.bus_bytes);
  return {address, len + 1, id, end <= p_.bytes, t_};
}

void ReferenceMemory::Step(const AxiMasterPins& m) {
  const auto bus_bytes = static_cast<unsigned>(p_.bus_bytes);
  if (pins_.rvalid != 0 && m.rready != 0) {
    pins_.rvalid = 0;
    if (reads_.front().beats_done == reads_.front().beats)
      reads_.pop_front();
  }
  if (pins_.bvalid != 0 && m.bready != 0) {
    pins_.bvalid = 0;
    writes_.pop_front();
  }
  if (pins_.wready != 0 && m.wvalid != 0) {
    for (Burst& burst : writes_) {
      if (burst.beats_done == burst.beats)
        continue;
      for (unsigned i = 0; i < bus_bytes && burst.inside; ++i) {
        const std::uint64_t address =
            burst.address + std::uint64_t{burst.beats_done} * bus_bytes + i;
        if ((m.wstrb >> i & 1U) != 0)
          contents_[address] = m.wdata[i];
      }
      burst.last_cycle = t_;
      ++burst.beats_done;
      break;
    }
    write_slot_ = NextSlot(write_slot_);
  }
  if (pins_.arready != 0 && m.arvalid != 0)
    reads_.push_back(MakeBurst(m.araddr, m.arlen, m.arid));
  if (pins_.awready != 0 && m.awvalid != 0)
    writes_.push_back(MakeBurst(m.awaddr, m.awlen, m.awid));
  ++t_;
  Drive();
}

void ReferenceMemory::Drive() {
  const auto latency = static_cast<unsigned>(p_.latency_cycles);
  const auto bus_bytes = static_cast<unsigned>(p_.bus_bytes);
  const bool read_fits = reads_.size() < static_cast<unsigned>(p_.max_outstanding_reads);
  pins_.arready = read_fits && !Stalled(0) ? 1 : 0;
  const bool write_fits = writes_.size() < static_cast<unsigned>(p_.max_outstanding_writes);
  pins_.awready = write_fits && !Stalled(2) ? 1 : 0;

  if (pins_.rvalid == 0) {
    std::fill_n(pins_.rdata, kMaxBusBytes, std::uint8_t{0xA5});
    pins_.rid = 1;
    pins_.rresp = 3;
    pins_.rlast = 1;
    const bool due = !reads_.empty() && reads_.front().address_cycle + latency <= t_;
    if (due && SlotFree(read_slot_) && !Stalled(1)) {
      Burst& burst = reads_.front();
      for (unsigned i = 0; i < bus_bytes && burst.inside; ++i) {
        pins_.rdata[i] = contents_[burst.address + std::uint64_t{burst.beats_done} * bus_bytes + i];
      }
      pins_.rid = static_cast<std::uint8_t>(burst.id);
      pins_.rresp = burst.inside ? 0 : 3;
      pins_.rlast = ++burst.beats_done == burst.beats ? 1 : 0;
      pins_.rvalid = 1;
      read_slot_ = NextSlot(read_slot_);
    }
  }

  const bool lacks_data = std::any_of(
      writes_.begin(), writes_.end(), [](const Burst& b) { return b.beats_done < b.beats; });
  pins_.wready = lacks_data && SlotFree(write_slot_) && !Stalled(3) ? 1 : 0;

  if (pins_.bvalid == 0) {
    pins_.bid = 1;
    pins_.bresp = 3;
    const bool due = !writes_.empty() && writes_.front().beats_done == writes_.front().beats &&
                     writes_.front().last_cycle + latency <= t_;
    if (due && !Stalled(4)) {
      pins_.bvalid = 1;
      pins_.bid = static_cast<std::uint8_t>(writes_.front().id);
      pins_.bresp = writes_.front().inside ? 0 : 3;
    }
  }
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/axi_memory.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <new>
#include <stdexcept>

namespace denseshift::sim {

namespace {

constexpr std::int64_t kTicks = 1024;  // of the throughput clock in a cycle

enum Channel : unsigned { kAr = 1, kR = 2, kAw = 4, kW = 8, kB = 16, kAll = 31 };

enum Response : std::uint8_t { kOkay = 0, kSlaveError = 2, kDecodeError = 3 };

// What the payload of R and B holds while they are not valid: nothing a master may look at.
constexpr std::uint8_t kHiddenData = 0xA5;

const MemoryParameters& Validated(const MemoryParameters& parameters) {
  parameters.Validate();
  return parameters;
}

// A copy of fixed size for each bus width: no call.
void CopyWord(std::uint8_t* to, const std::uint8_t* from, unsigned bus_bytes) {
  if (bus_bytes == 8) {
    std::memcpy(to, from, 8);
  } else if (bus_bytes == 16) {
    std::memcpy(to, from, 16);
  } else {
    std::memcpy(to, from, 32);
  }
}

// What is on its way at most, in each direction.
constexpr std::uint32_t kSlots = 64;
constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kAddressSpace = std::uint64_t{1} << 32U;

// Beats are copied with the width of the widest bus.
std::uint32_t SlotBytes(const MemoryParameters& parameters) {
  return static_cast<std::uint32_t>(parameters.max_burst_beats * parameters.bus_bytes) +
         kMaxBusBytes;
}

std::uint64_t SplitMix64(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace

AxiMemory::AxiMemory(const MemoryParameters& parameters)
    : parameters_(Validated(parameters)),
      checker_(parameters.bus_bytes, parameters.max_burst_beats),
      // calloc: the system hands out zeroed pages as they are touched. The last word can be copied
      // with the width of the widest bus.
      contents_(
          static_cast<std::uint8_t*>(std::calloc(parameters.bytes + kMaxBusBytes, 1))),  // NOLINT
      beat_period_(std::llround(static_cast<double>(kTicks) * parameters.bus_bytes /
                                parameters.bytes_per_cycle)),
      stall_threshold_(
          static_cast<std::uint64_t>(std::llround(parameters.stall_probability * 4096))) {
  if (contents_ == nullptr)
    throw std::bad_alloc();
  Reset();
}

AxiMemory::AxiMemory(const MemoryParameters& parameters, BurstTarget& target)
    : AxiMemory([&] {
        MemoryParameters smallest = parameters;
        smallest.bytes = kPage;  // of contents that are not used
        return smallest;
      }()) {
  target_ = &target;
  parameters_.bytes = kAddressSpace;
  const std::size_t bytes = std::size_t{kSlots} * SlotBytes(parameters_);
  read_data_.resize(bytes);
  write_data_.resize(bytes);
  write_strobes_.resize(bytes);
}

void AxiMemory::Reset() {
  checker_.Reset();
  is_still_ = false;
  cycle_ = 0;
  refresh_phase_ = 0;
  read_slot_ = 0;
  write_slot_ = 0;
  outstanding_reads_ = 0;
  outstanding_writes_ = 0;
  reads_.count = 0;
  writes_.count = 0;
  responses_.count = 0;
  traffic_ = {};
  pins_ = {};
  HideReadData();
  HideResponse();
  Drive();
}

void AxiMemory::CheckInside(std::uint64_t address, std::size_t bytes) const {
  if (target_ != nullptr)
    throw std::logic_error("the contents of this memory lie elsewhere");
  if (address > parameters_.bytes || bytes > parameters_.bytes - address) {
    throw std::out_of_range(
        fmt::format("{} bytes at address {:#x} are outside the device memory of {} bytes",
                    bytes,
                    address,
                    parameters_.bytes));
  }
}

void AxiMemory::Read(std::uint64_t address, void* data, std::size_t bytes) const {
  CheckInside(address, bytes);
  if (bytes != 0)
    std::memcpy(data, contents_.get() + address, bytes);
}

void AxiMemory::Write(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckInside(address, bytes);
  if (bytes != 0)
    std::memcpy(contents_.get() + address, data, bytes);
}

AxiMemory::Burst AxiMemory::Accept(Direction direction,
                                   std::uint32_t address,
                                   std::uint8_t len,
                                   std::uint8_t id) const {
  Burst burst;
  burst.due = cycle_ + parameters_.latency_cycles;
  burst.address = address;
  burst.beats = len + 1;
  burst.id = id;
  const std::uint64_t end = address + static_cast<std::uint64_t>(burst.beats) *
                                          static_cast<unsigned>(parameters_.bus_bytes);
  if (end > parameters_.bytes)
    burst.response = kDecodeError;
  burst.begin = address;
  burst.count = static_cast<std::uint32_t>(end - address);

  const std::uint64_t number =
      direction == Direction::kRead ? traffic_.read_bursts : traffic_.write_bursts;
  burst.slot = static_cast<std::uint32_t>(number % kSlots);
  for (const Fault& fault : faults_) {
    const bool hit = fault.direction == direction && number >= fault.first &&
                     number <= fault.last && address < fault.end && end > fault.begin;
    if (!hit)
      continue;
    if (fault.kind == FaultKind::kSlaveError)
      burst.response = kSlaveError;
    if (fault.kind == FaultKind::kDecodeError)
      burst.response = kDecodeError;
    if (fault.kind == FaultKind::kNoAnswer)
      burst.answers = false;
    if (fault.kind == FaultKind::kNoData)
      burst.takes_data = false;
  }
  return burst;
}

bool AxiMemory::AddressBlocked(Direction direction, std::uint64_t bursts) const {
  return std::any_of(faults_.begin(), faults_.end(), [=](const Fault& fault) {
    return fault.kind == FaultKind::kNoAddress && fault.direction == direction &&
           bursts >= fault.first;
  });
}

void AxiMemory::AcceptData(const AxiMasterPins& master) {
  Burst& burst = writes_.Front();
  checker_.CheckWriteData(Cycle(), master, burst.beats == 1);
  const auto bus_bytes = static_cast<unsigned>(parameters_.bus_bytes);
  if (IsElsewhere(burst)) {
    TakeElsewhere(burst, master);
  } else if (burst.response == kOkay) {
    std::uint8_t* target = contents_.get() + burst.address;
    if (master.wstrb == 0xFFFFFFFFU >> (32U - bus_bytes)) {
      CopyWord(target, master.wdata, bus_bytes);
    } else {
      for (unsigned i = 0; i < bus_bytes; ++i) {
        if ((master.wstrb >> i & 1U) != 0)
          target[i] = master.wdata[i];
      }
    }
  }
  write_slot_ = std::max(write_slot_, (cycle_ - 1) * kTicks) + beat_period_;
  burst.address += bus_bytes;
  ++traffic_.write_beats;
  if (--burst.beats == 0) {
    burst.due = cycle_ + parameters_.latency_cycles;
    responses_.Push(burst);
    writes_.Pop();
    Burst& sent = responses_.Back();
    if (IsElsewhere(sent) && sent.answers) {
      sent.answers = false;
      target_->StartWrite(DataOf(sent, Direction::kWrite));
    }
  }
}

void AxiMemory::AcceptRead(const AxiMasterPins& master) {
  reads_.Push(Accept(Direction::kRead, master.araddr, master.arlen, master.arid));
  ++traffic_.read_bursts;
  ++outstanding_reads_;
  Burst& burst = reads_.Back();
  if (IsElsewhere(burst) && burst.answers) {
    burst.answers = false;
    target_->StartRead(DataOf(burst, Direction::kRead));
  }
}

// Keeps a beat of a write burst until the burst is complete.
void AxiMemory::TakeElsewhere(Burst& burst, const AxiMasterPins& master) {
  const BurstData data = DataOf(burst, Direction::kWrite);
  const std::uint64_t offset = burst.address - burst.begin;
  const auto bus_bytes = static_cast<unsigned>(parameters_.bus_bytes);
  CopyWord(data.bytes + offset, master.wdata, bus_bytes);
  std::uint8_t* strobes =
      &write_strobes_[std::size_t{burst.slot} * SlotBytes(parameters_) + offset];
  for (unsigned i = 0; i < bus_bytes; ++i)
    strobes[i] = (master.wstrb >> i & 1U) != 0 ? 0xFFU : 0U;
}

BurstData AxiMemory::DataOf(const Burst& burst, Direction direction) {
  const std::size_t at = std::size_t{burst.slot} * SlotBytes(parameters_);
  if (direction == Direction::kRead)
    return {burst.slot, burst.begin, &read_data_[at], nullptr, burst.count};
  return {burst.slot, burst.begin, &write_data_[at], &write_strobes_[at], burst.count};
}

void AxiMemory::AnswerRead(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles) {
  Answer(reads_, slot, response, late_cycles);
  ShowAnswers();
}

void AxiMemory::AnswerWrite(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles) {
  Answer(responses_, slot, response, late_cycles);
  ShowAnswers();
}

void AxiMemory::Answer(Queue& queue, std::uint32_t slot, std::uint8_t response, std::int64_t late) {
  for (unsigned i = 0; i < queue.count; ++i) {
    Burst& burst = queue.bursts[(queue.front + i) % kSlots];
    if (burst.slot != slot)
      continue;
    burst.answers = true;
    burst.response = response;
    burst.due += late;
    return;
  }
}

// What came after the pins of the current cycle were decided, and may show in it.
void AxiMemory::ShowAnswers() {
  if (is_stepping_)
    return;  // they are still to be decided
  const unsigned stalls = Stalls();
  if (pins_.rvalid == 0 && reads_.count != 0 && (stalls & kR) == 0)
    DriveRead();
  if (pins_.bvalid == 0 && responses_.count != 0 && (stalls & kB) == 0)
    DriveResponse();
}

void AxiMemory::Skip(std::uint64_t cycles) {
  const auto skipped = static_cast<std::int64_t>(cycles);
  cycle_ += skipped;
  if (parameters_.refresh_period_cycles != 0) {
    refresh_phase_ =
        static_cast<int>((refresh_phase_ + skipped) % parameters_.refresh_period_cycles);
  }
  Drive();
}

void AxiMemory::TakeHandshakes(const AxiMasterPins& master) {
  if ((pins_.rvalid & master.rready) != 0) {
    ++traffic_.read_beats;
    if (pins_.rlast != 0)
      --outstanding_reads_;
    pins_.rvalid = 0;
  }
  if ((pins_.bvalid & master.bready) != 0) {
    --outstanding_writes_;
    pins_.bvalid = 0;
    HideResponse();
  }
  if ((pins_.wready & master.wvalid) != 0)
    AcceptData(master);
  if ((pins_.arready & master.arvalid) != 0) {
    checker_.CheckReadAddress(Cycle(), master);
    AcceptRead(master);
  }
  if ((pins_.awready & master.awvalid) != 0) {
    checker_.CheckWriteAddress(Cycle(), master);
    writes_.Push(Accept(Direction::kWrite, master.awaddr, master.awlen, master.awid));
    ++traffic_.write_bursts;
    ++outstanding_writes_;
  }
}

void AxiMemory::StepBusy(const AxiMasterPins& master) {
  checker_.CheckStable(Cycle(), master, pins_);
  is_stepping_ = true;
  TakeHandshakes(master);
  is_stepping_ = false;
  ++cycle_;
  const bool refreshes = parameters_.refresh_period_cycles != 0;
  if (refreshes && ++refresh_phase_ == parameters_.refresh_period_cycles)
    refresh_phase_ = 0;
  Drive();
  const bool shown = (master.arvalid | master.awvalid | master.wvalid) != 0;
  const bool owed = (pins_.rvalid | pins_.bvalid) != 0 || reads_.count != 0 || writes_.count != 0 ||
                    responses_.count != 0;
  is_still_ = !shown && !owed && !refreshes && stall_threshold_ == 0 && faults_.empty();
}

unsigned AxiMemory::Stalls() const {
  if (refresh_phase_ < parameters_.refresh_cycles)
    return kAll;
  unsigned stalls = 0;
  if (stall_threshold_ != 0) {
    const std::uint64_t random =
        SplitMix64(SplitMix64(parameters_.seed) + static_cast<std::uint64_t>(cycle_));
    for (unsigned channel = 0; channel < 5; ++channel) {
      const bool stalled = (random >> (12U * channel) & 4095U) < stall_threshold_;
      stalls |= static_cast<unsigned>(stalled) << channel;
    }
  }
  return stalls;
}

void AxiMemory::HideReadData() {
  pins_.rid = 1;
  pins_.rresp = kDecodeError;
  pins_.rlast = 1;
  std::memset(pins_.rdata, kHiddenData, kMaxBusBytes);
  shows_data_ = false;
}

void AxiMemory::HideResponse() {
  pins_.bid = 1;
  pins_.bresp = kDecodeError;
}

void AxiMemory::DriveRead() {
  Burst& burst = reads_.Front();
  if (burst.due > cycle_ || read_slot_ > cycle_ * kTicks || !burst.answers)
    return;
  if (IsElsewhere(burst)) {
    const BurstData data = DataOf(burst, Direction::kRead);
    std::memcpy(pins_.rdata, data.bytes + (burst.address - burst.begin), kMaxBusBytes);
  } else if (burst.response == kOkay) {
    std::memcpy(pins_.rdata, contents_.get() + burst.address, kMaxBusBytes);
  } else {
    std::memset(pins_.rdata, kHiddenData, kMaxBusBytes);
  }
  pins_.rvalid = 1;
  shows_data_ = true;
  pins_.rid = burst.id;
  pins_.rresp = burst.response;
  pins_.rlast = static_cast<std::uint8_t>(burst.beats == 1);
  read_slot_ = std::max(read_slot_, (cycle_ - 1) * kTicks) + beat_period_;
  burst.address += static_cast<unsigned>(parameters_.bus_bytes);
  if (--burst.beats == 0)
    reads_.Pop();
}

void AxiMemory::DriveResponse() {
  const Burst& burst = responses_.Front();
  if (burst.due > cycle_ || !burst.answers)
    return;
  pins_.bvalid = 1;
  pins_.bid = burst.id;
  pins_.bresp = burst.response;
  responses_.Pop();
}

void AxiMemory::Drive() {
  const unsigned stalls = Stalls();
  if (pins_.rvalid == 0 && reads_.count != 0 && (stalls & kR) == 0)
    DriveRead();
  if (pins_.rvalid == 0 && shows_data_)
    HideReadData();
  if (pins_.bvalid == 0 && responses_.count != 0 && (stalls & kB) == 0)
    DriveResponse();
  pins_.arready = static_cast<std::uint8_t>(
      outstanding_reads_ < parameters_.max_outstanding_reads && (stalls & kAr) == 0);
  pins_.awready = static_cast<std::uint8_t>(
      outstanding_writes_ < parameters_.max_outstanding_writes && (stalls & kAw) == 0);
  pins_.wready = static_cast<std::uint8_t>(writes_.count != 0 && write_slot_ <= cycle_ * kTicks &&
                                           (stalls & kW) == 0 && writes_.Front().takes_data);
  if (!faults_.empty()) {
    if (AddressBlocked(Direction::kRead, traffic_.read_bursts))
      pins_.arready = 0;
    if (AddressBlocked(Direction::kWrite, traffic_.write_bursts))
      pins_.awready = 0;
  }
}

}  // namespace denseshift::sim

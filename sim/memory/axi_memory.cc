// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/axi_memory.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "sim/memory/axi_response.h"

namespace denseshift::sim {

namespace {

constexpr std::int64_t kTicks = 1024;  // of the throughput clock in a cycle

// What the payload of R and B holds while they are not valid: nothing a master may look at.
constexpr std::uint8_t kHiddenData = 0xA5;

const MemoryParameters& Validated(const MemoryParameters& parameters) {
  parameters.Validate();
  return parameters;
}

// Of a memory whose target decides what lies inside.
MemoryParameters WholeAddressSpace(const MemoryParameters& parameters) {
  MemoryParameters whole = parameters;
  whole.bytes = std::uint64_t{1} << 32U;
  return whole;
}

// Null: a burst that has been answered already.
void Answer(Burst* burst, std::uint8_t response, std::int64_t late_cycles) {
  if (burst == nullptr)
    return;
  burst->answers = true;
  burst->response = response;
  burst->due += late_cycles;
}

}  // namespace

AxiMemory::AxiMemory(const MemoryParameters& parameters) : AxiMemory(parameters, nullptr) {
}

AxiMemory::AxiMemory(const MemoryParameters& parameters, BurstTarget& target)
    : AxiMemory(WholeAddressSpace(parameters), &target) {
}

AxiMemory::AxiMemory(const MemoryParameters& parameters, BurstTarget* target)
    : parameters_(Validated(parameters)),
      checker_(parameters.bus_bytes, parameters.max_burst_beats),
      stalls_(parameters),
      target_(target),
      buffers_(parameters, target != nullptr ? kMaxBursts : 0),
      contents_(target != nullptr ? 0 : parameters.bytes),
      beat_period_(std::llround(static_cast<double>(kTicks) * parameters.bus_bytes /
                                parameters.bytes_per_cycle)) {
  Reset();
}

void AxiMemory::Reset() {
  checker_.Reset();
  is_still_ = false;
  cycle_ = 0;
  stalls_.Restart();
  read_slot_ = 0;
  write_slot_ = 0;
  outstanding_reads_ = 0;
  outstanding_writes_ = 0;
  reads_.Clear();
  writes_.Clear();
  responses_.Clear();
  traffic_ = {};
  pins_ = {};
  HideReadData();
  HideResponse();
  Drive();
}

void AxiMemory::CheckHasContents() const {
  if (target_ != nullptr)
    throw std::logic_error("the contents of this memory lie elsewhere");
}

void AxiMemory::Read(std::uint64_t address, void* data, std::size_t bytes) const {
  CheckHasContents();
  contents_.Read(address, data, bytes);
}

void AxiMemory::Write(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckHasContents();
  contents_.Write(address, data, bytes);
}

Burst AxiMemory::Accept(Direction direction,
                        std::uint32_t address,
                        std::uint8_t len,
                        std::uint8_t id) const {
  Burst burst;
  burst.due = cycle_ + parameters_.latency_cycles;
  burst.address = burst.begin = address;
  burst.beats = len + 1;
  burst.id = id;
  burst.count = static_cast<std::uint32_t>(burst.beats * parameters_.bus_bytes);
  if (burst.begin + burst.count > parameters_.bytes)
    burst.response = kDecodeError;
  const std::uint64_t number =
      direction == Direction::kRead ? traffic_.read_bursts : traffic_.write_bursts;
  burst.slot = static_cast<std::uint32_t>(number % kMaxBursts);
  faults_.Apply(direction, number, burst);
  return burst;
}

void AxiMemory::AcceptData(const AxiMasterPins& master) {
  Burst& burst = writes_.Front();
  checker_.CheckWriteData(Cycle(), master, burst.beats == 1);
  const auto bus_bytes = static_cast<unsigned>(parameters_.bus_bytes);
  if (IsElsewhere(burst)) {
    buffers_.Keep(burst, master);
  } else if (burst.response == kOkay) {
    contents_.WriteWord(burst.address, master, bus_bytes);
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
      target_->StartWrite(buffers_.Write(sent));
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
    target_->StartRead(buffers_.Read(burst));
  }
}

void AxiMemory::AnswerRead(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles) {
  Answer(reads_.Find(slot), response, late_cycles);
  ShowAnswers();
}

void AxiMemory::AnswerWrite(std::uint32_t slot, std::uint8_t response, std::int64_t late_cycles) {
  Answer(responses_.Find(slot), response, late_cycles);
  ShowAnswers();
}

// What came after the pins of the current cycle were decided, and may show in it.
void AxiMemory::ShowAnswers() {
  if (!is_stepping_)  // else they are still to be decided
    DriveAnswers(stalls_.Stalled(cycle_));
}

void AxiMemory::Skip(std::uint64_t cycles) {
  cycle_ += static_cast<std::int64_t>(cycles);
  stalls_.Skip(cycles);
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
  stalls_.Next();
  Drive();
  const bool shown = (master.arvalid | master.awvalid | master.wvalid) != 0;
  const bool owed = (pins_.rvalid | pins_.bvalid) != 0 || !reads_.IsEmpty() || !writes_.IsEmpty() ||
                    !responses_.IsEmpty();
  is_still_ = !shown && !owed && stalls_.IsEmpty() && faults_.IsEmpty();
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
    std::memcpy(pins_.rdata, buffers_.Beat(burst), kMaxBusBytes);
  } else if (burst.response == kOkay) {
    std::memcpy(pins_.rdata, contents_.Word(burst.address), kMaxBusBytes);
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

void AxiMemory::DriveAnswers(unsigned stalls) {
  if (pins_.rvalid == 0 && !reads_.IsEmpty() && (stalls & kR) == 0)
    DriveRead();
  if (pins_.bvalid == 0 && !responses_.IsEmpty() && (stalls & kB) == 0)
    DriveResponse();
}

void AxiMemory::Drive() {
  const unsigned stalls = stalls_.Stalled(cycle_);
  DriveAnswers(stalls);
  if (pins_.rvalid == 0 && shows_data_)
    HideReadData();
  pins_.arready = static_cast<std::uint8_t>(
      outstanding_reads_ < parameters_.max_outstanding_reads && (stalls & kAr) == 0);
  pins_.awready = static_cast<std::uint8_t>(
      outstanding_writes_ < parameters_.max_outstanding_writes && (stalls & kAw) == 0);
  pins_.wready = static_cast<std::uint8_t>(!writes_.IsEmpty() && write_slot_ <= cycle_ * kTicks &&
                                           (stalls & kW) == 0 && writes_.Front().takes_data);
  if (!faults_.IsEmpty()) {
    if (faults_.BlocksAddress(Direction::kRead, traffic_.read_bursts))
      pins_.arready = 0;
    if (faults_.BlocksAddress(Direction::kWrite, traffic_.write_bursts))
      pins_.awready = 0;
  }
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/registers.h"

#include "golden/cycle/bits.h"

namespace denseshift::golden::cycle {
namespace {

// Offsets in 32-bit words.
enum Offset : std::uint32_t {
  kCtrl = 0,
  kGie = 1,
  kIer = 2,
  kIsr = 3,
  kListAddr = 4,
  kListCount = 5,
  kWatchdog = 6,
  kError = 7,
  kErrorCommand = 8,
  kErrorAddress = 9,
  kCyclesLow = 10,
  kCyclesHigh = 11,
  kId = 16,
  kVersion = 17,
  kCapArray = 18,
  kCapBus = 19,
  kCapActBytes = 20,
  kCapWgtBytes = 21,
  kCapOutBytes = 22,
  kCapParamEntries = 23,
  kCounters = 32,
};

constexpr std::uint32_t kCounterWords = kUnits * kActivities * 2;

std::uint32_t High(std::uint64_t value) {
  return static_cast<std::uint32_t>(value >> 32U);
}

// A register after a write with byte strobes.
std::uint32_t Merge(std::uint32_t old, std::uint32_t data, std::uint32_t strobes) {
  std::uint32_t mask = 0;
  for (unsigned byte = 0; byte < 4; ++byte) {
    if (Bit(strobes, byte))
      mask |= 0xFFU << (8U * byte);
  }
  return (old & ~mask) | (data & mask);
}

}  // namespace

std::uint32_t Registers::CounterValue(std::uint32_t word, const Counters& counters) {
  const std::uint64_t count = counters.count(word / 2);
  return word % 2 == 0 ? static_cast<std::uint32_t>(count) : High(count);
}

std::uint32_t Registers::Capability(std::uint32_t word) const {
  constexpr std::uint32_t kActivationFormats = 1;  // int8
  const Parameters& p = parameters_;
  switch (word) {
    case kId:
      return 0x54465344;
    case kVersion:
      return 0x00010001;
    case kCapArray:
      return p.lanes | p.columns << 8U | p.max_code_bits << 16U | kActivationFormats << 20U |
             p.acc_bits << 24U;
    case kCapBus:
      return p.bus_bytes | p.acc_depth << 16U;
    case kCapActBytes:
      return p.act_bytes;
    case kCapWgtBytes:
      return p.wgt_bytes;
    case kCapOutBytes:
      return p.out_bytes;
    case kCapParamEntries:
      return p.param_entries;
    default:
      return 0;
  }
}

std::uint32_t Registers::Value(const Job& job, const Counters& counters) const {
  const std::uint32_t word = araddr_ >> 2U;
  if (word >= kCounters)
    return word < kCounters + kCounterWords ? CounterValue(word - kCounters, counters) : 0;
  const std::uint32_t running = job.IsRunning() ? 1 : 0;
  switch (word) {
    case kCtrl:
      return running | (done_ ? 2U : 0U) | (running ^ 1U) << 2U | (ready_ ? 8U : 0U);
    case kGie:
      return gie_ ? 1 : 0;
    case kIer:
      return ier_;
    case kIsr:
      return isr_;
    case kListAddr:
      return list_addr_;
    case kListCount:
      return list_count_;
    case kWatchdog:
      return watchdog_;
    case kError:
      return job.error().code | std::uint32_t{job.error().unit} << 8U;
    case kErrorCommand:
      return job.error().index;
    case kErrorAddress:
      return job.error().address;
    case kCyclesLow:
      return static_cast<std::uint32_t>(job.cycles());
    case kCyclesHigh:
      return High(job.cycles());
    default:
      return Capability(word);
  }
}

// All but CTRL's start bit, which the job looks at, and the bits of ISR, which also the job sets.
void Registers::Write(bool start_request, bool done) {
  const bool low = (wstrb_ & 1U) != 0;
  switch (awaddr_ >> 2U) {
    case kCtrl:
      if (start_request && !done)
        done_ = ready_ = false;
      break;
    case kGie:
      gie_ = low ? (wdata_ & 1U) != 0 : gie_;
      break;
    case kIer:
      ier_ = low ? wdata_ & 3U : ier_;
      break;
    case kIsr:
      isr_ ^= low ? wdata_ & 3U : 0;
      break;
    case kListAddr:
      list_addr_ = Merge(list_addr_, wdata_, wstrb_);
      break;
    case kListCount:
      list_count_ = Merge(list_count_, wdata_, wstrb_);
      break;
    case kWatchdog:
      watchdog_ = Merge(watchdog_, wdata_, wstrb_);
      break;
    default:
      break;
  }
}

void Registers::Move(const HostInputs& host, bool start_request, bool done) {
  const std::uint8_t enabled = ier_;  // that of the cycle, should it be written now
  if (read_ && (araddr_ >> 2U) == kCtrl)
    done_ = ready_ = false;
  if (IsWriting()) {
    Write(start_request, done);
    bvalid_ = true;
    aw_held_ = w_held_ = false;
  } else {
    if (bvalid_ && host.bready)
      bvalid_ = false;
    if (!aw_held_ && host.awvalid) {
      aw_held_ = true;
      awaddr_ = host.awaddr & 0xFFFU;
    }
    if (!w_held_ && host.wvalid) {
      w_held_ = true;
      wdata_ = host.wdata;
      wstrb_ = host.wstrb & 0xFU;
    }
  }
  const bool accepts = !read_ && !rvalid_ && host.arvalid;
  rvalid_ = read_ || (rvalid_ && !host.rready);
  read_ = accepts;
  if (accepts)
    araddr_ = host.araddr & 0xFFFU;
  if (done) {
    done_ = ready_ = true;
    isr_ |= enabled;
  }
}

void Registers::ShowOutputs(HostOutputs& out) const {
  out.rdata = rdata_;
  out.awready = !aw_held_;
  out.wready = !w_held_;
  out.bvalid = bvalid_;
  out.arready = !read_ && !rvalid_;
  out.rvalid = rvalid_;
  out.irq = gie_ && (isr_ & ier_) != 0;
}

void Registers::ListState(StateList& list) const {
  list.Add("regs.aw_held", aw_held_, 1);
  list.Add("regs.w_held", w_held_, 1);
  list.Add("regs.bvalid", bvalid_, 1);
  list.Add("regs.read", read_, 1);
  list.Add("regs.rvalid", rvalid_, 1);
  list.Add("regs.awaddr", awaddr_, 12);
  list.Add("regs.wdata", wdata_, 32);
  list.Add("regs.wstrb", wstrb_, 4);
  list.Add("regs.araddr", araddr_, 12);
  list.Add("regs.rdata", rdata_, 32);
  list.Add("regs.gie", gie_, 1);
  list.Add("regs.ier", ier_, 2);
  list.Add("regs.isr", isr_, 2);
  list.Add("regs.done", done_, 1);
  list.Add("regs.ready", ready_, 1);
  list.Add("regs.list_addr", list_addr_, 32);
  list.Add("regs.list_count", list_count_, 32);
  list.Add("regs.watchdog", watchdog_, 32);
}

}  // namespace denseshift::golden::cycle

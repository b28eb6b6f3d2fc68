// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/clocked_body.h"

#include <algorithm>
#include <utility>

#include "driver/registers.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "sim/systemc/cycles.h"
#include "sim/systemc/identity.h"
#include "sim/systemc/now.h"

namespace denseshift::systemc {

namespace registers = driver::registers;
using sc_core::sc_time;

namespace {

// How far to run ahead at most while nothing else happens, in cycles: sc_start(time) shall not
// find the module far behind its end.
constexpr double kMaxAhead = 100;

std::unique_ptr<sim::PinDevice> MakeDevice(const AcceleratorOptions& options,
                                           sim::BurstTarget& contents) {
  if (options.body == BodyKind::kRtl)
    return std::make_unique<sim::VerilatedDevice>(
        options.device, options.bus, contents, options.source_root);
  return std::make_unique<sim::ModelDevice>(options.device, options.bus, &contents);
}

std::uint8_t AxiResponse(tlm::tlm_response_status status) {
  constexpr std::uint8_t kSlaveError = 2;
  constexpr std::uint8_t kDecodeError = 3;
  if (status == tlm::TLM_OK_RESPONSE)
    return 0;
  return status == tlm::TLM_ADDRESS_ERROR_RESPONSE ? kDecodeError : kSlaveError;
}

MemoryBurst ToMemoryBurst(const sim::BurstData& burst, bool is_write) {
  const bool is_partial = is_write && std::any_of(burst.strobes,
                                                  burst.strobes + burst.count,
                                                  [](std::uint8_t strobe) { return strobe == 0; });
  return {is_write, burst.address, burst.bytes, is_partial ? burst.strobes : nullptr, burst.count};
}

}  // namespace

ClockedBody::ClockedBody(const sc_core::sc_module_name& name,
                         const AcceleratorOptions& options,
                         MemoryPort& memory)
    : Body(name),
      options_(options),
      memory_(memory),
      device_(MakeDevice(options, *this)),
      period_(options.clock_period),
      to_end_(sc_time::from_value(options.clock_period.value() / 2)),
      next_(period_ - to_end_) {
  SC_HAS_PROCESS(ClockedBody);
  SC_THREAD(Run);
}

std::uint32_t ClockedBody::Access(const RegisterAccess& access) {
  while (access_.has_value())  // of a process that was killed
    sc_core::wait(access_ends_);
  access_from_ = Now();
  access_ = access;
  is_shown_ = false;
  access_begins_.notify(sc_core::SC_ZERO_TIME);
  sc_core::wait(access_ends_);
  return value_;
}

std::optional<std::uint32_t> ClockedBody::Peek(std::uint32_t offset) const {
  return IdentityRegister(options_.device, offset);
}

void ClockedBody::Run() {
  for (;;) {
    if (!may_run_ && !access_.has_value() && device_->memory().IsQuiet())
      SleepUntilAccess();
    if (MustWait())
      WaitUntil(next_);
    Step();
    const bool ends = access_.has_value() && AccessEnded();
    const bool raised = device_->pins().irq != 0;
    if (!requests_.empty()) {
      WaitUntil(stepped_);
      SendRequests();
    }
    if (!ends && raised == is_raised_)
      continue;
    WaitUntil(stepped_ + to_end_);
    is_raised_ = raised;
    interrupt->write(raised);
    if (ends) {
      access_.reset();
      access_ends_.notify(sc_core::SC_ZERO_TIME);
    }
  }
}

// Lets the clock stand up to the next access; the cycles count.
void ClockedBody::SleepUntilAccess() {
  sc_core::wait(access_begins_);
  const sc_time now = Now();
  if (now <= next_)
    return;
  const std::uint64_t cycles = CyclesOf(now - next_, period_);
  device_->Skip(cycles);
  next_ += sc_time::from_value(cycles * period_.value());
}

// Whether anything that the coming cycle depends on may not have happened yet.
bool ClockedBody::MustWait() const {
  const sc_time now = Now();
  if (next_ <= now)
    return false;
  const sc_time ahead = next_ - now;
  if (options_.style == TimingStyle::kLooselyTimed &&
      ahead <= tlm::tlm_global_quantum::instance().get())
    return false;
  return sc_core::sc_pending_activity_at_current_time() || ahead > period_ * kMaxAhead ||
         ahead >= sc_core::sc_time_to_pending_activity();
}

void ClockedBody::Step() {
  stepped_ = next_;
  next_ += period_;
  if (access_.has_value() && !is_shown_ && access_from_ + (period_ - to_end_) <= stepped_)
    ShowAccess();
  device_->Follow(&host_);
}

void ClockedBody::ShowAccess() {
  is_shown_ = true;
  if (access_->is_write) {
    host_.awaddr = access_->offset;
    host_.awvalid = 1;
    host_.wdata = access_->value;
    host_.wstrb = access_->strobes;
    host_.wvalid = 1;
    host_.bready = 1;
    may_run_ |= access_->offset == registers::kCtrl;
    last_cycles_.reset();
  } else {
    host_.araddr = access_->offset;
    host_.arvalid = 1;
    host_.rready = 1;
  }
}

// Moves the access on by the handshakes of the last cycle. Returns whether that was its last.
bool ClockedBody::AccessEnded() {
  if (!is_shown_)
    return false;
  const sim::DevicePins& pins = device_->pins();
  if (access_->is_write) {
    if (pins.awready != 0)
      host_.awvalid = 0;
    if (pins.wready != 0)
      host_.wvalid = 0;
    if (pins.bvalid == 0)
      return false;
    host_.awvalid = host_.wvalid = host_.bready = 0;
    value_ = 0;
    return true;
  }
  if (pins.arready != 0)
    host_.arvalid = 0;
  if (pins.rvalid == 0)
    return false;
  host_.arvalid = host_.rready = 0;
  value_ = pins.rdata;
  LookForEnd(value_);
  return true;
}

// What a host reads tells whether a job runs: bit ap_idle, or CYCLES that stand still.
void ClockedBody::LookForEnd(std::uint32_t value) {
  if (access_->offset == registers::kCtrl && (value & registers::kCtrlIdle) != 0)
    may_run_ = false;
  if (access_->offset != registers::kCyclesLo)
    return;
  if (last_cycles_ == value)
    may_run_ = false;
  last_cycles_ = value;
}

void ClockedBody::StartRead(const sim::BurstData& burst) {
  Start({burst, false});
}

void ClockedBody::StartWrite(const sim::BurstData& burst) {
  Start({burst, true});
}

void ClockedBody::Start(const Request& request) {
  if (options_.style == TimingStyle::kApproximatelyTimed) {
    requests_.push_back(request);
    return;
  }
  const sc_time from = std::max(stepped_, Now());
  sc_time delay = from - Now();
  const tlm::tlm_response_status status =
      memory_.Transport(ToMemoryBurst(request.burst, request.is_write), delay);
  // A target may have taken the delay away without waiting for it.
  AnswerBurst(request, status, std::max(Now() + delay, from) - from);
}

void ClockedBody::SendRequests() {
  const sc_time from = stepped_;
  std::vector<Request> requests;
  requests.swap(requests_);
  for (const Request& request : requests) {
    memory_.Send(ToMemoryBurst(request.burst, request.is_write),
                 [this, request, from](tlm::tlm_response_status status) {
                   AnswerBurst(request, status, Now() - from);
                 });
  }
}

void ClockedBody::AnswerBurst(const Request& request,
                              tlm::tlm_response_status status,
                              const sc_time& late) {
  const auto cycles = static_cast<std::int64_t>(CyclesOf(late, period_));
  if (request.is_write) {
    device_->memory().AnswerWrite(request.burst.slot, AxiResponse(status), cycles);
  } else {
    device_->memory().AnswerRead(request.burst.slot, AxiResponse(status), cycles);
  }
}

}  // namespace denseshift::systemc

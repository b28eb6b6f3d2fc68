// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/host.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "sim/systemc/now.h"
#include "sim/systemc/platform/address_map.h"

namespace denseshift::systemc {
namespace {

constexpr int kStackBytes = 4 << 20;  // drivers and what checks their results

}  // namespace

Host::Host(const sc_core::sc_module_name& name, unsigned thread_count) : sc_core::sc_module(name) {
  sc_core::sc_spawn_options options;
  options.set_stack_size(kStackBytes);
  for (unsigned i = 0; i < thread_count; ++i) {
    threads_.push_back(std::make_unique<Thread>());
    Thread& thread = *threads_.back();
    sc_core::sc_spawn(
        [this, &thread] { RunThread(thread); }, fmt::format("thread_{}", i).c_str(), &options);
  }
  SC_HAS_PROCESS(Host);
  SC_THREAD(TakeInterrupts);
}

void Host::RunThread(Thread& thread) {
  for (;;) {
    while (!thread.program)
      sc_core::wait(thread.starts);
    try {
      thread.program();
    } catch (const sc_core::sc_unwind_exception&) {  // by which the kernel ends a thread
      throw;
    } catch (const std::exception&) {
      thread.error = std::current_exception();
    }
    thread.program = nullptr;
    if (--running_ == 0)
      sc_core::sc_pause();
  }
}

void Host::Run(std::vector<Program> programs) {
  if (programs.size() > threads_.size()) {
    throw std::invalid_argument(
        fmt::format("{} programs for a host of {} threads", programs.size(), threads_.size()));
  }
  for (const std::unique_ptr<Thread>& thread : threads_) {
    if (thread->program)
      throw std::logic_error("a program of an earlier run still waits on the host");
  }
  running_ = 0;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    if (!programs[i])
      continue;
    threads_[i]->error = nullptr;
    threads_[i]->program = std::move(programs[i]);
    threads_[i]->starts.notify(sc_core::SC_ZERO_TIME);
    ++running_;
  }
  if (running_ == 0)
    return;
  sc_core::sc_start();
  for (const std::unique_ptr<Thread>& thread : threads_) {
    if (thread->error != nullptr)
      std::rethrow_exception(std::exchange(thread->error, nullptr));
  }
  if (running_ != 0) {
    throw std::runtime_error(
        fmt::format("the simulation has ended at {} while {} programs of the host wait for it",
                    Now().to_string(),
                    running_));
  }
}

void Host::Access(std::uint64_t address, std::uint32_t& value, tlm::tlm_command command) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
  payload.set_data_length(sizeof(value));
  payload.set_streaming_width(sizeof(value));
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  bus->b_transport(payload, delay);
  if (delay != sc_core::SC_ZERO_TIME)
    sc_core::wait(delay);
  if (payload.is_response_error()) {
    throw std::runtime_error(fmt::format("the {} of register {:#x} was answered with {}",
                                         command == tlm::TLM_READ_COMMAND ? "read" : "write",
                                         address,
                                         payload.get_response_string()));
  }
}

std::uint32_t Host::Read(std::uint64_t address) {
  std::uint32_t value = 0;
  Access(address, value, tlm::TLM_READ_COMMAND);
  return value;
}

void Host::Write(std::uint64_t address, std::uint32_t value) {
  Access(address, value, tlm::TLM_WRITE_COMMAND);
}

void Host::AccessMemory(std::uint64_t address,
                        std::uint8_t* data,
                        std::size_t bytes,
                        tlm::tlm_command command) {
  constexpr std::size_t kMost = std::size_t{1} << 30U;  // that a length can tell
  for (std::size_t done = 0; done < bytes;) {
    const auto count = static_cast<unsigned>(std::min(bytes - done, kMost));
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address + done);
    payload.set_data_ptr(data + done);
    payload.set_data_length(count);
    payload.set_streaming_width(count);
    if (bus->transport_dbg(payload) != count) {
      throw std::out_of_range(
          fmt::format("{} bytes at address {:#x} are outside the device memory", bytes, address));
    }
    done += count;
  }
}

void Host::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  AccessMemory(address, static_cast<std::uint8_t*>(data), bytes, tlm::TLM_READ_COMMAND);
}

void Host::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  // A write leaves its data alone.
  auto* source = static_cast<std::uint8_t*>(const_cast<void*>(data));  // NOLINT
  AccessMemory(address, source, bytes, tlm::TLM_WRITE_COMMAND);
}

void Host::EnableInterrupt(unsigned line) {
  Write(kInterruptBase + kEnable, Read(kInterruptBase + kEnable) | 1U << line);
}

bool Host::WaitForInterrupt(unsigned line, const sc_core::sc_time& limit) {
  Thread& thread = *threads_.at(line);
  const sc_core::sc_time end = Now() + limit;
  while (!thread.has_interrupt && Now() < end)
    sc_core::wait(end - Now(), thread.interrupted);
  return std::exchange(thread.has_interrupt, false);
}

// The handler: masks what has come, so that the line falls, and wakes who waits for it.
void Host::TakeInterrupts() {
  for (;;) {
    while (!interrupt.read())
      sc_core::wait(interrupt.posedge_event());
    const std::uint32_t enabled = Read(kInterruptBase + kEnable);
    const std::uint32_t pending = Read(kInterruptBase + kPending) & enabled;
    if (pending == 0) {
      // The line falls two delta cycles after its cause; if another comes in between it stays, and
      // no event tells.
      sc_core::wait(sc_core::SC_ZERO_TIME);
      continue;
    }
    Write(kInterruptBase + kEnable, enabled & ~pending);
    for (unsigned i = 0; i < threads_.size(); ++i) {
      if ((pending >> i & 1U) == 0)
        continue;
      threads_[i]->has_interrupt = true;
      threads_[i]->interrupted.notify(sc_core::SC_ZERO_TIME);
      ++interrupts_taken_;
    }
  }
}

}  // namespace denseshift::systemc

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/platform.h"

#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/systemc/platform/address_map.h"

namespace denseshift::systemc {
namespace {

constexpr std::uint64_t kPage = 4096;

const PlatformOptions& Checked(const PlatformOptions& options) {
  if (options.accelerators == 0 || options.accelerators > kMaxAccelerators) {
    throw std::invalid_argument(fmt::format("a platform of {} accelerators; 1..{} are allowed",
                                            options.accelerators,
                                            kMaxAccelerators));
  }
  const std::uint64_t least = options.accelerators * kPage;
  if (options.memory.bytes < least || options.memory.bytes > kRegistersBase) {
    throw std::invalid_argument(fmt::format(
        "a platform's memory of {} bytes; {}, a page for each accelerator, up to {:#x}, "
        "where its registers begin, are allowed",
        options.memory.bytes,
        least,
        kRegistersBase));
  }
  return options;
}

}  // namespace

std::vector<AddressRange> Platform::Ranges() const {
  std::vector<AddressRange> ranges = {{0, options_.memory.bytes},
                                      {kInterruptBase, kInterruptBytes}};
  for (unsigned i = 0; i < options_.accelerators; ++i)
    ranges.push_back({kRegistersBase + i * kRegistersBytes, kRegistersBytes});
  return ranges;
}

// An accelerator's share of the memory, in whole pages.
std::uint64_t Platform::PartBytes() const {
  return options_.memory.bytes / options_.accelerators / kPage * kPage;
}

std::vector<AddressWindow> Platform::Windows() const {
  std::vector<AddressWindow> windows = {{}};  // the host sees all
  for (unsigned i = 0; i < options_.accelerators; ++i)
    windows.push_back({i * PartBytes(), PartBytes()});
  return windows;
}

Platform::Platform(const sc_core::sc_module_name& name, const PlatformOptions& options)
    : sc_core::sc_module(name),
      options_(Checked(options)),
      host_("host", options.accelerators),
      router_("router", Windows(), Ranges()),
      memory_("memory", options.memory),
      interrupts_("interrupts", options.accelerators),
      interrupt_("interrupt"),
      lines_("lines", options.accelerators) {
  Connect(host_.bus, router_.initiators[0], "host_monitor");
  for (unsigned i = 0; i < options.accelerators; ++i) {
    accelerators_.push_back(std::make_unique<Accelerator>(fmt::format("accelerator_{}", i).c_str(),
                                                          options.accelerator));
    Accelerator& accelerator = *accelerators_.back();
    Connect(accelerator.memory, router_.initiators[1 + i], fmt::format("bus_monitor_{}", i));
    Connect(router_.targets[2 + i], accelerator.registers, fmt::format("register_monitor_{}", i));
    accelerator.interrupt.bind(lines_[i]);
    interrupts_.lines[i].bind(lines_[i]);

    TlmDeviceOptions device;
    device.index = i;
    device.memory_bytes = PartBytes();
    device.memory_base = i * PartBytes();
    device.clock_period = options.accelerator.clock_period;
    device.interrupts = options.interrupts;
    devices_.push_back(std::make_unique<TlmDevice>(host_, device));
  }
  Connect(router_.targets[0], memory_.socket, "memory_monitor");
  Connect(router_.targets[1], interrupts_.socket, "interrupt_monitor");
  interrupts_.interrupt.bind(interrupt_);
  host_.interrupt.bind(interrupt_);
}

template <typename Initiator, typename Target>
void Platform::Connect(Initiator& initiator, Target& target, const std::string& name) {
  if (!options_.monitors) {
    initiator.bind(target);
    return;
  }
  monitors_.push_back(std::make_unique<Monitor>(name.c_str()));
  initiator.bind(monitors_.back()->target);
  monitors_.back()->initiator.bind(target);
}

void Platform::Run(std::vector<Program> programs) {
  std::vector<Host::Program> bound;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    bound.emplace_back([this, i, program = std::move(programs[i])] { program(*devices_.at(i)); });
  }
  host_.Run(std::move(bound));
}

}  // namespace denseshift::systemc

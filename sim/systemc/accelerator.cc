// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/accelerator.h"

#include <fmt/format.h>
#include <stdexcept>

#include "sim/systemc/clocked_body.h"
#include "sim/systemc/functional_body.h"
#include "sim/systemc/memory_port.h"
#include "sim/systemc/register_port.h"

namespace denseshift::systemc {
namespace {

const AcceleratorOptions& Checked(const AcceleratorOptions& options) {
  options.device.Validate();
  sim::MemoryParameters bus = options.bus;
  bus.bytes = sim::MemoryParameters{}.bytes;  // those given do not count
  bus.Validate();
  if (options.device.bus_bytes != options.bus.bus_bytes) {
    throw std::invalid_argument(fmt::format("the device's bus has {} bytes and the memory's {}",
                                            options.device.bus_bytes,
                                            options.bus.bus_bytes));
  }
  if (options.clock_period.value() < 2) {
    throw std::invalid_argument(fmt::format("a clock period of {}; at least two steps of {} needed",
                                            options.clock_period.to_string(),
                                            sc_core::sc_get_time_resolution().to_string()));
  }
  return options;
}

std::unique_ptr<Body> MakeBody(const AcceleratorOptions& options, MemoryPort& memory) {
  if (options.body == BodyKind::kFunctional)
    return std::make_unique<FunctionalBody>("body", options, memory);
  return std::make_unique<ClockedBody>("body", options, memory);
}

}  // namespace

Accelerator::Accelerator(const sc_core::sc_module_name& name, const AcceleratorOptions& options)
    : sc_core::sc_module(name),
      memory_port_(std::make_unique<MemoryPort>("memory_port", Checked(options).style)),
      body_(MakeBody(options, *memory_port_)),
      register_port_(std::make_unique<RegisterPort>("register_port", *body_)) {
  registers.bind(register_port_->socket);
  memory_port_->socket.bind(memory);
  body_->interrupt.bind(interrupt);
}

Accelerator::~Accelerator() = default;

}  // namespace denseshift::systemc

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_PIN_CHECK_H_
#define DENSESHIFT_SIM_LOCKSTEP_PIN_CHECK_H_

#include <cstddef>
#include <optional>
#include <string>

#include "sim/lockstep/signal.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// The first output pin, of units "axi" and "axil", in which RTL and model differ. What travels with
// a valid counts only while that is 1; those of the host only if `host`.
[[nodiscard]] std::optional<Signal> DifferentPin(const DevicePins& rtl,
                                                 const DevicePins& model,
                                                 bool host);

// Whether a signal is one of these pins.
[[nodiscard]] bool IsPin(const Signal& signal);

// The unit that drives an output pin: "store" for "wdata".
[[nodiscard]] std::string UnitOfPin(const Signal& pin);

// Number of pins that DifferentPin compares.
[[nodiscard]] std::size_t ComparedPins();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_PIN_CHECK_H_

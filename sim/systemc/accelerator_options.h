// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_OPTIONS_H_
#define DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_OPTIONS_H_

#include <string>

#include <systemc>

#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::systemc {

// What computes; docs/systemc.md "Bodies".
enum class BodyKind { kFunctional, kModel, kRtl };

// How transactions are exchanged; docs/systemc.md "Styles".
enum class TimingStyle { kLooselyTimed, kApproximatelyTimed };

struct AcceleratorOptions {
  sim::DeviceParameters device;
  sim::MemoryParameters bus;  // timing of the memory bus; `bytes` is not looked at
  BodyKind body = BodyKind::kFunctional;
  TimingStyle style = TimingStyle::kLooselyTimed;
  sc_core::sc_time clock_period{10, sc_core::SC_NS};
  // Where the RTL lies; empty: environment variable DENSESHIFT_ROOT, else the source tree that this
  // was built from. Users of the package give DENSESHIFT_PACKAGE_SOURCES.
  std::string source_root;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_ACCELERATOR_OPTIONS_H_

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_DEVICE_CAPABILITIES_H_
#define DENSESHIFT_SIM_DEVICE_CAPABILITIES_H_

#include "driver/capabilities.h"
#include "sim/device_parameters.h"

namespace denseshift::sim {

// What a device with these parameters reports in its registers.
inline driver::Capabilities CapabilitiesOf(const DeviceParameters& parameters) {
  driver::Capabilities capabilities;
  capabilities.lanes = parameters.lanes;
  capabilities.columns = parameters.columns;
  capabilities.max_code_bits = parameters.max_code_bits;
  capabilities.accumulator_bits = parameters.acc_bits;
  capabilities.accumulator_depth = parameters.acc_depth;
  capabilities.bus_bytes = parameters.bus_bytes;
  capabilities.act_bytes = parameters.act_bytes;
  capabilities.wgt_bytes = parameters.wgt_bytes;
  capabilities.out_bytes = parameters.out_bytes;
  capabilities.param_entries = parameters.param_entries;
  return capabilities;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_DEVICE_CAPABILITIES_H_

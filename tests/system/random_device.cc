// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/system/random_device.h"

#include "sim/device_capabilities.h"
#include "tests/driver/random_network.h"

namespace denseshift::testing {

sim::Config DrawConfig(Draw& draw) {
  sim::Config config;
  sim::DeviceParameters& device = config.device;
  device.lanes = 1 << draw(2, 5);
  device.columns = 1 << draw(2, 5);
  device.bus_bytes = 8 << draw(0, 2);
  device.acc_depth = 1 << draw(4, 9);
  device.act_bytes = 1 << draw(12, 17);
  device.wgt_bytes = 1 << draw(11, 16);
  device.out_bytes = 1 << draw(11, 16);
  device.param_entries = 1 << draw(3, 8);
  sim::MemoryParameters& memory = config.memory;
  memory.bus_bytes = device.bus_bytes;
  memory.latency_cycles = draw(0, 1) == 0 ? draw(2, 60) : draw(2, 300);
  memory.bytes_per_cycle = device.bus_bytes * draw(1, 16) / 16.0;
  memory.max_outstanding_reads = draw(1, 16);
  memory.max_outstanding_writes = draw(1, 16);
  return config;
}

driver::Network DrawNetwork(Draw& draw, const sim::Config& config) {
  driver::testing::NetworkBuilder builder(static_cast<std::uint32_t>(draw(1, 1 << 30)),
                                          sim::CapabilitiesOf(config.device));
  int tensor = builder.Input(draw(1, 32), draw(1, 32), draw(1, 64));
  const int layers = draw(1, 3);
  for (int i = 0; i < layers; ++i)
    tensor = builder.RandomLayer(tensor);
  return builder.Finish();
}

}  // namespace denseshift::testing

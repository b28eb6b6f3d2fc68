// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/system/random_case.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/compiler/compile.h"
#include "sim/functional/functional_device.h"
#include "tests/driver/random_network.h"

namespace denseshift::testing {

namespace {

using driver::testing::NetworkBuilder;

Build MakeBuild(const std::string& name,
                int lanes,
                int columns,
                int bus_bytes,
                int buffer_bytes,
                int acc_bits) {
  sim::DeviceParameters p;
  p.lanes = lanes;
  p.columns = columns;
  p.bus_bytes = bus_bytes;
  p.act_bytes = 2 * buffer_bytes;
  p.wgt_bytes = buffer_bytes;
  p.out_bytes = buffer_bytes;
  p.acc_bits = acc_bits;
  p.acc_depth = 64;
  p.param_entries = 16;
  return {name, p};
}

// A window of up to 7x7 that fits an image of the given size.
driver::Window DrawWindow(NetworkBuilder& builder, const driver::Tensor& in) {
  driver::Window w;
  const bool dilated = builder.Pick(0, 4) == 0;
  do {
    w.kernel_h = builder.Pick(1, 7);
    w.kernel_w = builder.Pick(0, 2) == 0 ? builder.Pick(1, 7) : w.kernel_h;
    w.dilation_h = dilated ? builder.Pick(1, 3) : 1;
    w.dilation_w = dilated ? builder.Pick(1, 3) : 1;
    w.stride_h = builder.Pick(1, 3);
    w.stride_w = builder.Pick(1, 3);
    const int reach_h = (w.kernel_h - 1) * w.dilation_h;
    const int reach_w = (w.kernel_w - 1) * w.dilation_w;
    w.pad_top = builder.Pick(0, reach_h);
    w.pad_bottom = builder.Pick(0, reach_h);
    w.pad_left = builder.Pick(0, reach_w);
    w.pad_right = builder.Pick(0, reach_w);
    if (builder.Pick(0, 2) == 0) {
      w.pad_top = w.pad_bottom = w.pad_left = w.pad_right = 0;
    }
  } while (in.height + w.pad_top + w.pad_bottom <= (w.kernel_h - 1) * w.dilation_h ||
           in.width + w.pad_left + w.pad_right <= (w.kernel_w - 1) * w.dilation_w);
  return w;
}

driver::Network DrawNetwork(NetworkBuilder& builder, int max_code_bits) {
  int tensor = builder.Input(builder.Pick(1, 16),
                             builder.Pick(1, 20),
                             builder.Pick(0, 3) == 0 ? builder.Pick(1, 4) : builder.Pick(1, 40));
  const int layers = builder.Pick(0, 4) == 0 ? builder.Pick(2, 3) : 1;
  for (int i = 0; i < layers; ++i) {
    if (builder.Pick(0, 9) < 3) {
      tensor = builder.RandomLayer(tensor);
    } else {
      const driver::Window window = DrawWindow(builder, builder.tensor(tensor));
      tensor = builder.Conv(tensor, window, builder.Pick(1, 48), builder.Pick(2, max_code_bits));
    }
  }
  return builder.Finish();
}

sim::MemoryParameters DrawMemory(NetworkBuilder& builder, int bus_bytes) {
  sim::MemoryParameters memory;
  memory.bus_bytes = bus_bytes;
  memory.bytes = std::uint64_t{16} << 20U;
  memory.latency_cycles = builder.Pick(0, 1) == 0 ? builder.Pick(1, 20) : builder.Pick(1, 200);
  memory.bytes_per_cycle = builder.Pick(0, 2) == 0 ? bus_bytes / 4.0 : bus_bytes;
  memory.max_outstanding_reads = builder.Pick(1, 16);
  memory.max_outstanding_writes = builder.Pick(1, 8);
  memory.stall_probability = builder.Pick(0, 1) == 0 ? 0.0 : builder.Pick(1, 6) / 10.0;
  memory.seed = static_cast<std::uint64_t>(builder.Pick(1, 1 << 30));
  if (builder.Pick(0, 3) == 0) {
    memory.refresh_period_cycles = builder.Pick(2, 400);
    memory.refresh_cycles = builder.Pick(1, memory.refresh_period_cycles / 2);
  }
  return memory;
}

}  // namespace

const std::vector<Build>& Builds() {
  static const std::vector<Build> kBuilds = {
      MakeBuild("4x4 bus 64", 4, 4, 8, 8192, 32),
      MakeBuild("8x8 bus 128", 8, 8, 16, 8192, 32),
      MakeBuild("16x16 bus 64", 16, 16, 8, 16384, 32),
      MakeBuild("16x16 bus 128", 16, 16, 16, 16384, 24),
      MakeBuild("16x16 bus 256", 16, 16, 32, 16384, 32),
      MakeBuild("32x16 bus 128", 32, 16, 16, 16384, 28),
  };
  return kBuilds;
}

RandomCase MakeRandomCase(std::uint32_t seed) {
  RandomCase result;
  result.build = seed % Builds().size();
  sim::FunctionalDevice probe(Builds()[result.build].parameters, 4096);
  const driver::Capabilities capabilities = driver::ReadCapabilities(probe);
  for (std::uint32_t attempt = 0; attempt < 50; ++attempt) {
    NetworkBuilder builder(seed * 64 + attempt, capabilities);
    result.network = DrawNetwork(builder, capabilities.max_code_bits);
    driver::CompileOptions options;
    options.batch = builder.Pick(0, 2) == 0 ? builder.Pick(2, 3) : 1;
    result.memory = DrawMemory(builder, capabilities.bus_bytes);
    options.memory_bytes = result.memory.bytes;
    try {
      result.program = driver::Compile(result.network, capabilities, options);
    } catch (const std::invalid_argument&) {
      continue;
    }
    for (int i = 0; i < options.batch; ++i) {
      result.images.push_back(builder.RandomImage());
    }
    return result;
  }
  throw std::runtime_error(fmt::format("seed {}: no layer that fits in 50 draws", seed));
}

std::string Describe(const RandomCase& random_case) {
  std::string text =
      fmt::format("{}, batch {}, latency {}, {} bytes per cycle, stalls {}, refresh {} of {}",
                  Builds()[random_case.build].name,
                  random_case.images.size(),
                  random_case.memory.latency_cycles,
                  random_case.memory.bytes_per_cycle,
                  random_case.memory.stall_probability,
                  random_case.memory.refresh_cycles,
                  random_case.memory.refresh_period_cycles);
  for (const driver::Layer& layer : random_case.network.layers) {
    const auto& tensors = random_case.network.tensors;
    const driver::Tensor& in = tensors[static_cast<std::size_t>(layer.inputs[0])];
    const driver::Tensor& out = tensors[static_cast<std::size_t>(layer.output)];
    const driver::Window& w = layer.window;
    text += fmt::format(
        "; {} {}x{}x{} -> {}x{}x{} kernel {}x{} stride {},{} dilation {},{} pads {},{},{},{} bits "
        "{}",
        layer.onnx_type,
        in.height,
        in.width,
        in.channels,
        out.height,
        out.width,
        out.channels,
        w.kernel_h,
        w.kernel_w,
        w.stride_h,
        w.stride_w,
        w.dilation_h,
        w.dilation_w,
        w.pad_top,
        w.pad_left,
        w.pad_bottom,
        w.pad_right,
        layer.code_bits);
  }
  return text;
}

std::uint32_t FromEnvironment(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

}  // namespace denseshift::testing

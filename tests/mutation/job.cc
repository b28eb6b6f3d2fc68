// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/job.h"

#include <fmt/format.h>
#include <random>
#include <stdexcept>

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/registers.h"
#include "driver/runtime.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace registers = driver::registers;
using driver::testing::NetworkBuilder;

namespace {

driver::Window SquareWindow(int kernel, int stride, int pad) {
  driver::Window window;
  window.kernel_h = window.kernel_w = kernel;
  window.stride_h = window.stride_w = stride;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = pad;
  return window;
}

// A window that fits an image.
driver::Window DrawWindow(NetworkBuilder& builder, const driver::Tensor& in) {
  driver::Window w;
  do {
    w.kernel_h = builder.Pick(1, 4);
    w.kernel_w = builder.Pick(1, 4);
    w.dilation_h = builder.Pick(0, 3) == 0 ? builder.Pick(2, 3) : 1;
    w.dilation_w = builder.Pick(0, 3) == 0 ? builder.Pick(2, 3) : 1;
    w.stride_h = builder.Pick(1, 3);
    w.stride_w = builder.Pick(1, 3);
    w.pad_top = builder.Pick(0, (w.kernel_h - 1) * w.dilation_h);
    w.pad_bottom = builder.Pick(0, (w.kernel_h - 1) * w.dilation_h);
    w.pad_left = builder.Pick(0, (w.kernel_w - 1) * w.dilation_w);
    w.pad_right = builder.Pick(0, (w.kernel_w - 1) * w.dilation_w);
  } while (in.height + w.pad_top + w.pad_bottom <= (w.kernel_h - 1) * w.dilation_h ||
           in.width + w.pad_left + w.pad_right <= (w.kernel_w - 1) * w.dilation_w);
  return w;
}

int DrawLayer(NetworkBuilder& builder, int tensor, int max_code_bits) {
  const driver::Tensor in = builder.tensor(tensor);
  switch (builder.Pick(0, 6)) {
    case 0:
      return builder.MaxPool(tensor, DrawWindow(builder, in));
    case 1:
      return builder.AveragePool(tensor, DrawWindow(builder, in), builder.Pick(0, 1) == 0);
    case 2: {
      const int a = builder.Conv(tensor, SquareWindow(1, 1, 0), in.channels, 2);
      return builder.Add(a, tensor);
    }
    case 3:
      return builder.Gemm(tensor, builder.Pick(1, 12), builder.Pick(2, max_code_bits));
    default:
      return builder.Conv(
          tensor, DrawWindow(builder, in), builder.Pick(1, 12), builder.Pick(2, max_code_bits));
  }
}

}  // namespace

LayerJob SmallJob(Recorder& device) {
  const driver::Capabilities capabilities = driver::ReadCapabilities(device);
  NetworkBuilder builder(5, capabilities);
  const int conv = builder.Conv(builder.Input(7, 7, 5), SquareWindow(3, 1, 1), 6, 4);
  const int sum = builder.Add(conv, builder.Conv(conv, SquareWindow(1, 1, 0), 6, 3));
  builder.MaxPool(sum, SquareWindow(2, 2, 0));
  driver::CompileOptions options;
  options.memory_bytes = device.MemoryBytes();
  return {driver::Compile(builder.Finish(), capabilities, options), {builder.RandomImage()}};
}

LayerJob RandomJob(Recorder& device, std::uint32_t seed) {
  const driver::Capabilities capabilities = driver::ReadCapabilities(device);
  constexpr std::uint32_t kDraws = 50;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    NetworkBuilder builder(seed * kDraws + draw, capabilities);
    int tensor = builder.Input(builder.Pick(1, 7), builder.Pick(1, 9), builder.Pick(1, 11));
    for (int layers = builder.Pick(1, 2); layers > 0; --layers)
      tensor = DrawLayer(builder, tensor, capabilities.max_code_bits);
    driver::CompileOptions options;
    options.batch = builder.Pick(1, 2);
    options.memory_bytes = device.MemoryBytes();
    LayerJob job;
    try {
      job.program = driver::Compile(builder.Finish(), capabilities, options);
    } catch (const std::invalid_argument&) {
      continue;  // does not fit the buffers
    }
    for (int i = 0; i < options.batch; ++i)
      job.images.push_back(builder.RandomImage());
    return job;
  }
  throw std::runtime_error(fmt::format("seed {}: no layer that fits in {} draws", seed, kDraws));
}

void RunJob(Recorder& device, const LayerJob& job, std::uint32_t watchdog) {
  driver::RuntimeOptions options;
  options.watchdog = watchdog;
  driver::Runtime runtime(device, job.program, options);
  try {
    static_cast<void>(runtime.Run(job.images));
  } catch (const driver::JobError&) {
    // What the device does with a job that goes wrong is recorded like the rest.
  }
  ReadStatus(device);
}

void ReadStatus(Recorder& device) {
  for (std::uint32_t offset = registers::kError; offset <= registers::kCyclesHi; offset += 4)
    static_cast<void>(device.ReadRegister(offset));
  for (std::uint32_t unit = 0; unit < registers::kUnitNames.size(); ++unit) {
    for (std::uint32_t counter = 0; counter < registers::kCounterNames.size(); ++counter) {
      static_cast<void>(device.ReadRegister(registers::Counter(unit, counter)));
      static_cast<void>(device.ReadRegister(registers::Counter(unit, counter) + 4));
    }
  }
  static_cast<void>(device.ReadRegister(registers::kIsr));
  static_cast<void>(device.ReadRegister(registers::kCtrl));
}

void RunList(Recorder& device,
             const CommandList& list,
             std::uint32_t watchdog,
             std::uint64_t limit_cycles,
             std::uint32_t address) {
  if (!list.empty())
    device.WriteMemory(address, list.data(), list.size() * driver::kCommandBytes);
  device.WriteRegister(registers::kCmdAddr, address);
  device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
  device.WriteRegister(registers::kWatchdog, watchdog);
  device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
  if (!device.RunUntilIdle(limit_cycles))
    device.Reset();
  for (const std::uint32_t offset : {registers::kError,
                                     registers::kErrorCommand,
                                     registers::kErrorAddress,
                                     registers::kCyclesLo})
    static_cast<void>(device.ReadRegister(offset));
}

void FillMemory(Recorder& device, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint32_t> words(MutationMemory().bytes / 4);
  for (std::uint32_t& word : words)
    word = static_cast<std::uint32_t>(random());
  for (std::size_t i = kParameterSets / 4; i < 2 * kParameterSets / 4; i += 2) {
    words[i] = static_cast<std::uint32_t>(random() % 4096) - 2048;           // bias
    words[i + 1] = static_cast<std::uint32_t>((14 + random() % 8) << 16U) |  // shift
                   static_cast<std::uint32_t>(16384 + random() % 49152);     // multiplier
  }
  device.WriteMemory(0, words.data(), words.size() * 4);
}

}  // namespace denseshift::testing

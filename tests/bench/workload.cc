// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/workload.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>
#include <utility>

#include <benchmark/benchmark.h>

#include "driver/compiler/compile.h"
#include "sim/rtl/model_cache.h"
#include "sim/source_root.h"

namespace denseshift::bench {

namespace {

constexpr int kSize = 32;      // rows and columns of the image
constexpr int kChannels = 64;  // in and out
constexpr std::uint64_t kTileCycles = 256;

driver::Tensor MakeTensor(const char* name) {
  driver::Tensor tensor;
  tensor.name = name;
  tensor.height = kSize;
  tensor.width = kSize;
  tensor.channels = kChannels;
  return tensor;
}

driver::Network OneConvolution(int code_bits) {
  std::mt19937 rng(1);
  driver::Network network;
  network.name = "bench";
  network.tensors = {MakeTensor("in"), MakeTensor("out")};
  driver::Layer layer;
  layer.name = "conv";
  layer.onnx_type = "Conv";
  layer.inputs = {0};
  layer.output = 1;
  layer.window.kernel_h = layer.window.kernel_w = 3;
  layer.window.pad_top = layer.window.pad_left = 1;
  layer.window.pad_bottom = layer.window.pad_right = 1;
  layer.code_bits = code_bits;
  layer.codes.resize(std::size_t{kChannels} * 9 * kChannels);
  for (std::uint8_t& code : layer.codes) {
    code = static_cast<std::uint8_t>(rng() % (1U << static_cast<unsigned>(code_bits)));
  }
  layer.bias.assign(kChannels, 0);
  layer.scale.assign(kChannels, {40000, 28});
  network.layers = {layer};
  network.output = 1;
  return network;
}

// Rows of codes written at once: as ds_compute derives them.
int GroupRows(const sim::DeviceParameters& p) {
  return std::clamp(p.bus_bytes * 8 / (2 * p.columns), 1, p.lanes);
}

sim::ModelRequest ArrayRequest(const sim::Config& config) {
  sim::ModelRequest request;
  request.root = sim::SourceRoot();
  request.top = "ds_array";
  request.parameters = {{"Lanes", config.device.lanes},
                        {"Columns", config.device.columns},
                        {"GroupRows", GroupRows(config.device)}};
  request.shim = sim::SourceRoot() / "tests/bench/shim/ds_array.cc";
  return request;
}

}  // namespace

double ProcessorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Accelerator::Accelerator(std::unique_ptr<driver::Device> device, const sim::Config& config)
    : device_(std::move(device)), image_(std::size_t{kSize} * kSize * kChannels) {
  const driver::Network network = OneConvolution(config.device.max_code_bits);
  runtime_ = std::make_unique<driver::Runtime>(
      *device_,
      driver::Compile(network, driver::ReadCapabilities(*device_), {1, config.memory.bytes}));
  macs_ = network.layers[0].Macs(network.tensors);
  std::mt19937 rng(2);
  for (std::int8_t& value : image_)
    value = static_cast<std::int8_t>(rng());
}

Accelerator::Job Accelerator::Run() {
  Job job;
  const std::uint64_t cycles = device_->Cycles();
  const double start = ProcessorSeconds();
  const auto wall_start = std::chrono::steady_clock::now();
  benchmark::DoNotOptimize(runtime_->Run({image_}));
  job.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_start).count();
  job.seconds = ProcessorSeconds() - start;
  job.cycles = device_->Cycles() - cycles;
  job.macs = macs_;
  return job;
}

BareArray::BareArray(const sim::Config& config)
    : object_(sim::CachedModel(ArrayRequest(config))),
      abi_(reinterpret_cast<ArrayAbiFunction>(object_.Symbol(kArrayAbiSymbol))()),
      array_(abi_->create()) {
}

BareArray::~BareArray() {
  abi_->destroy(array_);
}

double BareArray::Run(std::uint64_t cycles) {
  const double start = ProcessorSeconds();
  benchmark::DoNotOptimize(abi_->run(array_, cycles, kTileCycles, groups_));
  return ProcessorSeconds() - start;
}

}  // namespace denseshift::bench

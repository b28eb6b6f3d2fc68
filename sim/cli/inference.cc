// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/inference.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include "driver/registers.h"
#include "sim/cli/progress_bar.h"
#include "sim/functional/functional_device.h"
#include "sim/lockstep/lockstep_device.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "sim/systemc/accelerator_options.h"
#include "sim/systemc/platform/systemc_device.h"
#include "sim/watchdog.h"

namespace denseshift::sim {

namespace registers = driver::registers;

namespace {

using Clock = std::chrono::steady_clock;

void AddCounters(driver::Device& device, UnitCounters& counters) {
  for (std::uint32_t unit = 0; unit < counters.size(); ++unit) {
    for (std::uint32_t k = 0; k < counters[unit].size(); ++k) {
      const std::uint32_t offset = registers::Counter(unit, k);
      counters[unit][k] +=
          device.ReadRegister(offset) | std::uint64_t{device.ReadRegister(offset + 4)} << 32U;
    }
  }
}

std::unique_ptr<driver::Device> MakeSystemc(const Config& config, systemc::BodyKind body) {
  return std::make_unique<systemc::SystemcDevice>(config.device, config.memory, body);
}

std::unique_ptr<driver::Device> MakeDevice(const InferenceOptions& options) {
  const Config& config = options.config;
  switch (options.device) {
    case DeviceKind::kFunctional:
      return std::make_unique<FunctionalDevice>(config.device, config.memory.bytes);
    case DeviceKind::kModel:
      return std::make_unique<ModelDevice>(config.device, config.memory);
    case DeviceKind::kSystemcFunctional:
      return MakeSystemc(config, systemc::BodyKind::kFunctional);
    case DeviceKind::kSystemcModel:
      return MakeSystemc(config, systemc::BodyKind::kModel);
    case DeviceKind::kSystemcRtl:
      return MakeSystemc(config, systemc::BodyKind::kRtl);
    case DeviceKind::kRtl:
      break;
  }
  return std::make_unique<VerilatedDevice>(config.device, config.memory, options.trace);
}

// One device and its share of the images.
class Worker {
 public:
  Worker(const driver::Program& program, const InferenceOptions& options)
      : lockstep_(options.lockstep ? MakeLockstep(options) : nullptr),
        device_(options.lockstep ? nullptr : MakeDevice(options)),
        runtime_(device(), program, RuntimeOptionsFor(options.config.memory)) {
    result_.layer_cycles.resize(program.layers.size());
    if (options.network != nullptr)
      check_.emplace(*options.network);
  }

  // Runs images first .. last - 1; ends early once `stop` is set, and sets it at a difference.
  void Run(const std::vector<driver::Image>& images,
           std::size_t first,
           std::size_t last,
           std::atomic<bool>& stop,
           ProgressBar& progress) {
    const auto batch = static_cast<std::size_t>(runtime_.program().batch);
    for (std::size_t i = first; i < last && !stop; i += batch) {
      const std::size_t count = std::min(batch, last - i);
      RunJob({images.begin() + static_cast<std::ptrdiff_t>(i),
              images.begin() + static_cast<std::ptrdiff_t>(i + count)});
      if (check_.has_value())
        Check(images, i, count);
      if (result_.difference.has_value())
        stop = true;
      progress.Advance(count);
    }
    result_.simulated_cycles = device().Cycles();
    if (lockstep_ != nullptr) {
      lockstep_->Finish();
      result_.compared_cycles = lockstep_->Cycles();
      result_.compared_signals = lockstep_->ComparedSignals();
    }
  }

  InferenceResult& result() { return result_; }

 private:
  void RunJob(const std::vector<driver::Image>& images) {
    const Clock::time_point start = Clock::now();
    std::vector<driver::Image> outputs = RunOnDevice(images);
    result_.simulation_seconds += std::chrono::duration<double>(Clock::now() - start).count();
    std::move(outputs.begin(), outputs.end(), std::back_inserter(result_.outputs));
    result_.cycles += runtime_.JobCycles();
    const std::vector<std::uint64_t> layer_cycles = runtime_.LayerCycles();
    for (std::size_t i = 0; i < layer_cycles.size(); ++i)
      result_.layer_cycles[i] += layer_cycles[i];
    AddCounters(device(), result_.counters);
  }

  // A difference in lock-step goes before what it has led to.
  std::vector<driver::Image> RunOnDevice(const std::vector<driver::Image>& images) {
    try {
      return runtime_.Run(images);
    } catch (const std::exception&) {
      if (lockstep_ != nullptr)
        lockstep_->Finish();
      throw;
    }
  }

  void Check(const std::vector<driver::Image>& images, std::size_t first, std::size_t count) {
    for (std::size_t n = 0; n < count && !result_.difference.has_value(); ++n) {
      result_.difference = check_->Check(first + n, images[first + n], [&](std::size_t tensor) {
        return runtime_.ReadTensor(tensor, static_cast<int>(n));
      });
      if (!result_.difference.has_value())
        ++result_.checked_images;
    }
  }

  static std::unique_ptr<LockstepDevice> MakeLockstep(const InferenceOptions& options) {
    LockstepDevice::Options lockstep;
    lockstep.trace = options.trace;
    auto device = std::make_unique<LockstepDevice>(
        options.config.device, options.config.memory, std::move(lockstep));
    if (options.flip.has_value())
      device->Inject(*options.flip);
    return device;
  }

  driver::Device& device() {
    return lockstep_ != nullptr ? static_cast<driver::Device&>(*lockstep_) : *device_;
  }

  std::unique_ptr<LockstepDevice> lockstep_;  // one of the two
  std::unique_ptr<driver::Device> device_;
  driver::Runtime runtime_;
  std::optional<LayerCheck> check_;
  InferenceResult result_;
};

void Merge(InferenceResult& from, InferenceResult& into) {
  std::move(from.outputs.begin(), from.outputs.end(), std::back_inserter(into.outputs));
  into.cycles += from.cycles;
  into.layer_cycles.resize(from.layer_cycles.size());
  for (std::size_t i = 0; i < from.layer_cycles.size(); ++i) {
    into.layer_cycles[i] += from.layer_cycles[i];
  }
  for (std::size_t unit = 0; unit < into.counters.size(); ++unit) {
    for (std::size_t k = 0; k < into.counters[unit].size(); ++k) {
      into.counters[unit][k] += from.counters[unit][k];
    }
  }
  into.simulated_cycles += from.simulated_cycles;
  into.simulation_seconds = std::max(into.simulation_seconds, from.simulation_seconds);
  into.compared_cycles += from.compared_cycles;
  into.compared_signals = from.compared_signals;
  into.checked_images += from.checked_images;
  if (!into.difference.has_value())
    into.difference = std::move(from.difference);
}

}  // namespace

InferenceResult Infer(const driver::Program& program,
                      const std::vector<driver::Image>& images,
                      const InferenceOptions& options) {
  const auto batch = static_cast<std::size_t>(program.batch);
  const std::size_t jobs = (images.size() + batch - 1) / batch;
  const std::size_t threads = std::min(static_cast<std::size_t>(options.threads), jobs);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t t = 0; t < threads; ++t) {
    workers.push_back(std::make_unique<Worker>(program, options));
  }

  std::vector<std::exception_ptr> errors(threads);
  std::atomic<bool> stop = false;
  {
    ProgressBar progress("running", images.size());
    const auto run = [&](std::size_t t) {
      try {
        const std::size_t first = jobs * t / threads * batch;
        const std::size_t last = std::min(images.size(), jobs * (t + 1) / threads * batch);
        workers[t]->Run(images, first, last, stop, progress);
      } catch (...) {
        errors[t] = std::current_exception();
        stop = true;
      }
    };
    std::vector<std::thread> others;
    for (std::size_t t = 1; t < threads; ++t)
      others.emplace_back(run, t);
    run(0);
    for (std::thread& other : others)
      other.join();
  }
  for (const std::exception_ptr& error : errors) {
    if (error != nullptr)
      std::rethrow_exception(error);
  }
  InferenceResult result;
  for (const std::unique_ptr<Worker>& worker : workers)
    Merge(worker->result(), result);
  return result;
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/run_command.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "sim/cli/from_file.h"
#include "sim/cli/job.h"
#include "sim/cli/lockstep_finding.h"
#include "sim/cli/replay.h"
#include "sim/cli/report.h"
#include "sim/cli/standard_output.h"
#include "sim/lockstep/lockstep_device.h"

namespace denseshift::sim {

namespace {

std::vector<int> Predictions(const driver::Tensor& output,
                             const std::vector<driver::Image>& images) {
  std::vector<int> predictions;
  if (output.height != 1 || output.width != 1)
    return predictions;
  for (const driver::Image& image : images)
    predictions.push_back(LargestIndex(image));
  return predictions;
}

// Saves both tensors in the current folder and returns the message about the difference.
std::string SaveDifference(const std::string& network, const LayerDifference& difference) {
  std::string name = fmt::format("{}_{}_image{}", network, difference.layer, difference.image);
  std::replace_if(
      name.begin(),
      name.end(),
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '_' && c != '-' && c != '.'; },
      '_');
  const std::string expected = name + "_expected.npy";
  const std::string actual = name + "_actual.npy";
  WriteNpy(expected, TensorToArray(difference.expected_tensor));
  WriteNpy(actual, TensorToArray(difference.actual_tensor));
  return fmt::format("{}; see {} and {}", difference.Description(), actual, expected);
}

int Threads(const RunArguments& arguments) {
  if (arguments.threads != 0)
    return arguments.threads;
  return arguments.device == DeviceKind::kFunctional ? 2 : 1;
}

CheckMode Check(const RunArguments& arguments) {
  return arguments.check.value_or(arguments.device == DeviceKind::kRtl ? CheckMode::kLockstep
                                                                       : CheckMode::kLayer);
}

bool IsSystemc(DeviceKind device) {
  return device == DeviceKind::kSystemcFunctional || device == DeviceKind::kSystemcModel ||
         device == DeviceKind::kSystemcRtl;
}

void CheckArguments(const RunArguments& arguments) {
  const bool is_rtl = arguments.device == DeviceKind::kRtl;
  if (Check(arguments) == CheckMode::kLockstep && !is_rtl)
    throw std::invalid_argument("--check lockstep needs --device rtl");
  if (!arguments.trace.file.empty() && !is_rtl)
    throw std::invalid_argument("--trace needs --device rtl: other devices have no waveform");
  if (!arguments.trace.file.empty() && Threads(arguments) != 1)
    throw std::invalid_argument("--trace needs --threads 1");
  if (IsSystemc(arguments.device) && Threads(arguments) != 1)
    throw std::invalid_argument("--device systemc needs --threads 1: a process has one simulation");
  if (arguments.inject_fault.empty())
    return;
  if (Check(arguments) != CheckMode::kLockstep)
    throw std::invalid_argument("--inject-fault needs --check lockstep");
  if (Threads(arguments) != 1)
    throw std::invalid_argument("--inject-fault needs --threads 1");
}

// The bit flip of --inject-fault; one drawn at random is from all bits and all cycles of the run.
std::optional<BitFlip> FlipOf(const RunArguments& arguments,
                              const Config& config,
                              const driver::Program& program,
                              const std::vector<driver::Image>& images) {
  if (arguments.inject_fault.empty())
    return std::nullopt;
  const std::optional<std::uint64_t> seed = RandomSeed(arguments.inject_fault);
  if (!seed.has_value())
    return ParseBitFlip(arguments.inject_fault);
  InferenceOptions options;
  options.device = DeviceKind::kModel;
  options.config = config;
  const std::uint64_t cycles = Infer(program, images, options).simulated_cycles;
  const LockstepDevice device(config.device, config.memory);
  return RandomFlip(StateBits(device.RtlState()), cycles, *seed);
}

const char* DeviceName(DeviceKind device) {
  switch (device) {
    case DeviceKind::kRtl:
      return "rtl";
    case DeviceKind::kModel:
      return "model";
    case DeviceKind::kSystemcFunctional:
      return "systemc:functional";
    case DeviceKind::kSystemcModel:
      return "systemc:model";
    case DeviceKind::kSystemcRtl:
      return "systemc:rtl";
    case DeviceKind::kFunctional:
      break;
  }
  return "functional";
}

std::vector<int> LoadLabels(const RunArguments& arguments,
                            std::size_t images,
                            const driver::Tensor& output) {
  if (arguments.labels.empty())
    return {};
  std::vector<int> labels = FromFile(arguments.labels, [&](const NpyArray& array) {
    return MakeLabels(array, images, output.channels);
  });
  if (output.height != 1 || output.width != 1) {
    throw std::invalid_argument("--labels: the network's output is not one vector of classes");
  }
  return labels;
}

// Tells everything about a difference in lock-step.
[[noreturn]] void Report(const LockstepDifference& difference,
                         const RunArguments& arguments,
                         const RunReport& report,
                         const std::vector<driver::Image>& images) {
  if (Threads(arguments) > 1) {
    throw std::runtime_error(fmt::format(
        "{}\nthe images were shared among {} devices; with --threads 1 the report names "
        "the layer, shows the cycles before and says how to replay them",
        difference.what(),
        Threads(arguments)));
  }
  const LockstepFinding finding =
      Investigate(difference, *report.program, images, *report.config, report.flip);
  const std::string replay = WriteReplay(arguments, report.flip, finding);
  if (arguments.json)
    WriteStandardOutput(ToJson(report, finding, replay));
  throw std::runtime_error(
      fmt::format("{}\nto see the cycles around it:\n  {}\n", finding.Text(), replay));
}

// The same for a layer's result.
[[noreturn]] void Report(const LayerDifference& difference,
                         const RunArguments& arguments,
                         const RunReport& report) {
  const std::string message = SaveDifference(report.program->name, difference);
  if (arguments.json)
    WriteStandardOutput(ToJson(report));
  throw std::runtime_error(message);
}

}  // namespace

void RunCommand(const RunArguments& arguments) {
  CheckArguments(arguments);
  const Config config = LoadConfig(arguments.config);
  const Job job = LoadJob(arguments, config);
  std::vector<driver::Image> images = LoadImages(arguments, job);

  RunReport report;
  report.labels = LoadLabels(arguments, images.size(), job.output());
  KeepFirst(arguments, images);
  if (!report.labels.empty())
    report.labels.resize(images.size());

  InferenceOptions options;
  options.device = arguments.device;
  options.config = config;
  options.trace = arguments.trace;
  options.threads = Threads(arguments);
  options.lockstep = Check(arguments) == CheckMode::kLockstep;
  options.flip = FlipOf(arguments, config, job.program, images);
  if (Check(arguments) != CheckMode::kOff && job.network.has_value())
    options.network = &*job.network;

  report.device = DeviceName(arguments.device);
  report.has_time = arguments.device != DeviceKind::kFunctional;
  report.checks_layers = options.network != nullptr;
  report.lockstep = options.lockstep;
  report.flip = options.flip;
  report.config = &config;
  report.program = &job.program;
  report.images = images.size();
  try {
    report.result = Infer(job.program, images, options);
  } catch (const LockstepDifference& difference) {
    Report(difference, arguments, report, images);
  }
  report.predictions = Predictions(job.output(), report.result.outputs);
  if (report.result.difference.has_value())
    Report(*report.result.difference, arguments, report);
  if (!arguments.output.empty()) {
    WriteNpy(arguments.output, ImagesToArray(report.result.outputs, job.output()));
  }
  WriteStandardOutput(arguments.json ? ToJson(report) : ToText(report));
}

}  // namespace denseshift::sim

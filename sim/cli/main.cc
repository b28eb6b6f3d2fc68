// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// denseshift: runs, estimates, inspects, compiles and exports DenseShift networks.

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <new>
#include <string>

#include "driver/network/export.h"
#include "driver/program/program_file.h"
#include "sim/atomic_file.h"
#include "sim/cli/campaign_command.h"
#include "sim/cli/estimate_command.h"
#include "sim/cli/inspect_command.h"
#include "sim/cli/load_network.h"
#include "sim/cli/merge_command.h"
#include "sim/cli/one_of.h"
#include "sim/cli/run_command.h"
#include "sim/cli/standard_output.h"
#include "sim/estimate/compile_for.h"
#include "sim/keep_memory.h"
#include "sim/rtl/model_cache.h"

namespace denseshift::sim {

namespace {

constexpr const char* kConfigHelp =
    "Shipped name (4x4, 8x8, 16x16, 32x32) or .toml file (default 16x16)";
constexpr const char* kCalibrateHelp =
    "Sample inputs (.npy, float32) for tensors the graph does not quantize";

// Arguments of `build`, `compile` and `export`.
struct OtherArguments {
  std::string network, output, config = "16x16", calibrate;
  int batch = 1;
  bool search = true;
  TraceFormat trace = TraceFormat::kNone;
};

void AddJob(CLI::App& command, JobArguments& a) {
  command.add_option("network", a.network, "ONNX file, or program file from 'compile'")
      ->required()
      ->type_name("FILE");
  command
      .add_option("--input,-i", a.input, "Images: uint8 or int8 quantized, or float32 real (.npy)")
      ->required()
      ->type_name("FILE");
  command.add_option("--layout", a.layout, "Order in the input file (default auto)")
      ->transform(OneOf<Layout>(
          {{"auto", Layout::kAuto}, {"nhwc", Layout::kNhwc}, {"nchw", Layout::kNchw}}))
      ->type_name("auto|nhwc|nchw");
  command.add_option("--calibrate", a.calibrate, kCalibrateHelp)->type_name("FILE");
  command.add_option("--count,-n", a.count, "Run only the first N images")
      ->check(CLI::Range(1, 1000000000).description(""))
      ->type_name("N");
  command.add_option("--batch,-b", a.batch, "Images of one job (default 1)")
      ->check(CLI::Range(1, 65536).description(""))
      ->type_name("N");
  command.add_option("--config,-c", a.config, kConfigHelp)->type_name("NAME|FILE");
}

void AddRunDevice(CLI::App& run, RunArguments& a) {
  run.add_option(
         "--device,-d",
         a.device,
         "rtl (default): the Verilated RTL; model: the cycle model; functional: no clock, fast; "
         "systemc: a TLM-2.0 platform")
      ->transform(OneOf<DeviceKind>({{"rtl", DeviceKind::kRtl},
                                     {"model", DeviceKind::kModel},
                                     {"functional", DeviceKind::kFunctional},
                                     {"systemc", DeviceKind::kSystemcFunctional},
                                     {"systemc:functional", DeviceKind::kSystemcFunctional},
                                     {"systemc:model", DeviceKind::kSystemcModel},
                                     {"systemc:rtl", DeviceKind::kSystemcRtl}}))
      ->type_name("rtl|model|functional|systemc[:functional|model|rtl]");
  run.add_option("--threads", a.threads, "Devices that share the images (default 1, functional 2)")
      ->check(CLI::Range(1, 64).description(""))
      ->type_name("N");
  run.add_option(
         "--check",
         a.check,
         "lockstep (default for rtl): compare every clock cycle with the cycle model; layer "
         "(default for others): compare every layer with the golden model; off")
      ->transform(OneOf<CheckMode>({{"lockstep", CheckMode::kLockstep},
                                    {"layer", CheckMode::kLayer},
                                    {"off", CheckMode::kOff}}))
      ->type_name("lockstep|layer|off");
  run.add_option("--inject-fault",
                 a.inject_fault,
                 "Flip one bit of the RTL, to see it found; random:SEED draws one")
      ->type_name("UNIT.SIGNAL[bit]@CYCLE");
}

void AddRunOutputs(CLI::App& run, RunArguments& a) {
  run.add_option("--output,-o", a.output, "Write the network's quantized outputs (.npy)")
      ->type_name("FILE");
  run.add_flag("--json", a.json, "Print one JSON object instead of tables");
  CLI::Option* trace =
      run.add_option("--trace", a.trace.file, "Write a waveform (.fst or .vcd)")->type_name("FILE");
  run.add_option("--trace-from", a.trace.from, "First clock cycle of the waveform (default 0)")
      ->needs(trace)
      ->type_name("CYCLE");
  run.add_option("--trace-to", a.trace.to, "Clock cycle before which it ends (default: never)")
      ->needs(trace)
      ->type_name("CYCLE");
  run.add_option("--trace-scope", a.trace.unit, "Only the signals of one unit (docs/timing.md)")
      ->needs(trace)
      ->type_name("UNIT");
}

void AddRun(CLI::App& app, RunArguments& a) {
  CLI::App* run =
      app.add_subcommand("run", "Run a network on a device and report results and cycles");
  AddJob(*run, a);
  run->add_option("--labels,-l", a.labels, "Class numbers (.npy), for the accuracy")
      ->type_name("FILE");
  AddRunDevice(*run, a);
  AddRunOutputs(*run, a);
  run->callback([&a] { RunCommand(a); });
}

void AddCampaign(CLI::App& app, CampaignArguments& a) {
  CLI::App* campaign = app.add_subcommand(
      "campaign", "Flip bits of the RTL, one in each run, and count what the lock-step finds");
  AddJob(*campaign, a);
  campaign->add_option("--faults", a.flips, "How many (default 500)")
      ->check(CLI::Range(1, 100000000).description(""))
      ->type_name("N");
  campaign->add_option("--seed", a.seed, "Draws bits and cycles (default 1)")->type_name("N");
  campaign->add_flag("--registers", a.registers_only, "Flip-flops only, no bits of memories");
  campaign->add_option("--processes", a.processes, "Runs at the same time (default 2)")
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
  campaign->add_flag("--json", a.json, "Print one JSON object with every flip instead of a table");
  campaign->callback([&a] { CampaignCommand(a); });
}

void AddInspect(CLI::App& app, InspectArguments& a) {
  CLI::App* inspect = app.add_subcommand("inspect", "Show the layers of a network or program");
  inspect->add_option("file", a.file, "ONNX or program file")->required();
  inspect->add_option("--calibrate", a.calibrate, kCalibrateHelp);
  inspect->add_flag("--commands", a.commands, "List every command of a program");
  inspect->callback([&a] { InspectCommand(a); });
}

void AddBuild(CLI::App& app, OtherArguments& a) {
  CLI::App* build =
      app.add_subcommand("build", "Build the RTL simulator of a configuration ahead of use");
  build->add_option("config", a.config, kConfigHelp)->required();
  build
      ->add_option("--trace", a.trace, "Also one that writes waveforms: none (default), fst or vcd")
      ->transform(OneOf<TraceFormat>(
          {{"none", TraceFormat::kNone}, {"fst", TraceFormat::kFst}, {"vcd", TraceFormat::kVcd}}));
  build->callback([&a] {
    ModelRequest request = TopRequest(LoadConfig(a.config).device);
    WriteStandardOutput(CachedModel(request).string() + "\n");
    if (a.trace == TraceFormat::kNone)
      return;
    request.trace = a.trace;
    WriteStandardOutput(CachedModel(request).string() + "\n");
  });
}

void AddCompile(CLI::App& app, OtherArguments& a) {
  CLI::App* compile = app.add_subcommand("compile", "Compile a network to a program file");
  compile->add_option("network", a.network, "ONNX file")->required();
  compile->add_option("--output,-o", a.output, "Program file")->required();
  compile->add_option("--config,-c", a.config, kConfigHelp);
  compile->add_option("--batch,-b", a.batch, "Images of one job (default 1)")
      ->check(CLI::Range(1, 65536));
  compile->add_option("--calibrate", a.calibrate, kCalibrateHelp);
  compile->add_flag_callback(
      "--no-search",
      [&a] { a.search = false; },
      "Do not search for the fastest program of a small network");
  compile->callback([&a] {
    const Config config = LoadConfig(a.config);
    const driver::Network network = LoadNetwork(a.network, config, a.calibrate);
    driver::SaveProgram(CompileFor(config, network, a.batch, a.search), a.output);
  });
}

void AddExport(CLI::App& app, OtherArguments& a) {
  CLI::App* exact = app.add_subcommand(
      "export",
      "Write a network as an ONNX graph that gives the hardware's integers in any runtime");
  exact->add_option("network", a.network, "ONNX file")->required();
  exact->add_option("--output,-o", a.output, "ONNX file to write")->required();
  exact->add_option("--calibrate", a.calibrate, kCalibrateHelp);
  exact->callback([&a] {
    const driver::Network network = LoadNetwork(a.network, Config(), a.calibrate);
    WriteFileAtomically(a.output, [&](const std::filesystem::path& file) {
      driver::ExportExactOnnx(network, file);
    });
  });
}

void ParseAndRun(int argc, char** argv, CLI::App& app) {
  RunArguments run;
  run.program = argv[0];
  EstimateArguments estimate;
  MergeArguments merge;
  CampaignArguments campaign;
  InspectArguments inspect;
  OtherArguments build;
  OtherArguments compile;
  OtherArguments exact;
  AddRun(app, run);
  AddEstimate(app, estimate);
  AddMerge(app, merge);
  AddCampaign(app, campaign);
  AddInspect(app, inspect);
  AddBuild(app, build);
  AddCompile(app, compile);
  AddExport(app, exact);
  app.parse(argc, argv);
}

// The exit code: 0, 1 for what went wrong, or CLI11's for a mistake in the arguments.
int Main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a write then fails with EPIPE
  CLI::App app("DenseShift accelerator: power-of-two neural networks on simulated hardware");
  app.name("denseshift");
  app.require_subcommand(1);
  try {
    ParseAndRun(argc, argv, app);
    return 0;
  } catch (const CLI::ParseError& e) {
    return app.exit(e);
  } catch (const ReaderGone&) {
    return 1;
  }
}

}  // namespace

}  // namespace denseshift::sim

int main(int argc, char** argv) {
  denseshift::sim::KeepMemory();
  try {
    return denseshift::sim::Main(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("denseshift: error: out of memory\n", stderr);
  } catch (const std::exception& e) {
    std::fputs("denseshift: error: ", stderr);
    std::fputs(e.what(), stderr);
    std::fputs("\n", stderr);
  }
  return 1;
}

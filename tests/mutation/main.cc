// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Runs mutants of the RTL against the cycle model. scripts/mutate makes the netlists and calls
// this.
//
// Usage: ds_mutation parameters | stimuli | run NETLIST...

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/rtl/model_cache.h"
#include "sim/rtl/model_request.h"
#include "sim/source_root.h"
#include "tests/mutation/campaign.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {
namespace {

struct RunOptions {
  std::vector<std::string> netlists;
  std::size_t processes = 1;
  unsigned limit_seconds = 600;
  std::size_t after = 0;
  std::size_t cycles = std::numeric_limits<std::size_t>::max();
};

std::vector<unsigned> ReadNumbers(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in)
    throw std::runtime_error(fmt::format("cannot read {}", file.string()));
  std::vector<unsigned> numbers;
  for (unsigned number = 0; in >> number;)
    numbers.push_back(number);
  return numbers;
}

void PrintParameters() {
  for (const auto& [name, value] : sim::TopRequest(MutationDevice()).parameters)
    fmt::print("{} {}\n", name, value);
}

void PrintStimuli() {
  std::size_t cycles = 0;
  for (const Trace& trace : AllStimuli()) {
    fmt::print("{:8} {}\n", trace.cycles.size(), trace.name);
    cycles += trace.cycles.size();
  }
  fmt::print("{:8} all\n", cycles);
}

// Those stimuli that end within the first `cycles` of all.
std::size_t StimuliWithin(const std::vector<Trace>& traces, std::size_t cycles) {
  std::size_t sum = 0;
  const auto end = std::find_if(traces.begin(), traces.end(), [&](const Trace& trace) {
    sum += trace.cycles.size();
    return sum > cycles;
  });
  return static_cast<std::size_t>(end - traces.begin());
}

std::vector<Trace> ChosenStimuli(const RunOptions& options) {
  std::vector<Trace> traces = AllStimuli();
  const auto at = [&](std::size_t cycles) {
    return traces.begin() + static_cast<std::ptrdiff_t>(StimuliWithin(traces, cycles));
  };
  traces.erase(at(options.cycles), traces.end());
  traces.erase(traces.begin(), at(options.after));
  return traces;
}

// Each netlist is a folder with netlist.v, netlist.f that names it, and selected.txt, the numbers
// of the mutants to run; results.csv is written beside them.
void RunNetlist(const std::filesystem::path& folder,
                const std::vector<Trace>& traces,
                const RunOptions& options) {
  sim::ModelRequest request;
  request.root = folder;
  request.list = "netlist.f";
  request.shim = sim::SourceRoot() / "tests/mutation/shim/mutated_ds_top.cc";
  const MutatedModel model(sim::CachedModel(request), MutationDevice());
  const Campaign campaign(model, traces);
  std::ofstream out(folder / "results.csv");
  out << "mutant,killed_by,stimulus,cycle,what\n";
  for (const MutantResult& result : campaign.Run(ReadNumbers(folder / "selected.txt"),
                                                 options.processes,
                                                 std::chrono::seconds(options.limit_seconds))) {
    out << fmt::format("{},{},{},{},\"{}\"\n",
                       result.mutant,
                       result.kind,
                       result.stimulus,
                       result.cycle,
                       result.what);
  }
  if (!out.flush())
    throw std::runtime_error(fmt::format("cannot write to {}", folder.string()));
}

int Main(int argc, char** argv) {
  CLI::App app("Mutants of the RTL against the cycle model");
  app.require_subcommand(1);
  RunOptions options;
  app.add_subcommand("parameters", "print the parameters of ds_top")->callback(PrintParameters);
  app.add_subcommand("stimuli", "print all stimuli and their cycles")->callback(PrintStimuli);
  CLI::App* run = app.add_subcommand("run", "run the mutants of netlists");
  run->add_option("netlists", options.netlists, "folders")->required();
  run->add_option("--processes", options.processes, "at the same time");
  run->add_option("--limit", options.limit_seconds, "seconds a mutant may take");
  run->add_option("--cycles", options.cycles, "use the first stimuli, up to so many cycles in all");
  run->add_option("--after", options.after, "but leave out the first, up to so many cycles in all");
  run->callback([&options] {
    const std::vector<Trace> traces = ChosenStimuli(options);
    for (const std::string& folder : options.netlists)
      RunNetlist(folder, traces, options);
  });
  CLI11_PARSE(app, argc, argv);
  return 0;
}

}  // namespace
}  // namespace denseshift::testing

int main(int argc, char** argv) {
  try {
    return denseshift::testing::Main(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "ds_mutation: {}\n", error.what());
    return 1;
  }
}

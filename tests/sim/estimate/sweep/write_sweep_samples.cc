// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Writes pages of sweeps and the JSON they show, for the test in a browser: FOLDER/NAME.html and
// FOLDER/NAME.json.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/atomic_file.h"
#include "sim/estimate/sweep/sweep_html.h"
#include "sim/estimate/sweep/sweep_output.h"
#include "tests/sim/estimate/sweep/sample_sweeps.h"

namespace denseshift::sim {
namespace {

void WriteSample(const std::filesystem::path& folder,
                 const std::string& name,
                 const SweepResult& result) {
  WriteSweepHtml(folder / (name + ".html"), result);
  std::string json;
  WriteSweepJson(result, [&](std::string_view piece) { json += piece; });
  WriteFileAtomically(folder / (name + ".json"), json);
}

void WriteSamples(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  WriteSample(folder, "one", RandomSweep(1, false, 1));
  WriteSample(folder, "two", RandomSweep(2, false, 2));
  WriteSample(folder, "hostile", HostileSweep());
  WriteSample(folder, "failed", FailedSweep());
  WriteSample(folder, "many", RandomSweep(2000, true, 3));
  WriteSample(folder, "large", RandomSweep(10000, false, 4));
}

}  // namespace
}  // namespace denseshift::sim

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: ds_sweep_samples FOLDER\n");
    return 2;
  }
  try {
    denseshift::sim::WriteSamples(argv[1]);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}

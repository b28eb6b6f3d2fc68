// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Writes pages of estimates and the JSON they show, for the test in a browser: FOLDER/NAME.html and
// FOLDER/NAME.json.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "sim/atomic_file.h"
#include "sim/estimate/report/estimate_html.h"
#include "sim/estimate/report/estimate_json.h"
#include "tests/sim/estimate/report/sample_estimates.h"

namespace denseshift::sim {
namespace {

void WriteSample(const std::filesystem::path& folder,
                 const std::string& name,
                 const NetworkEstimate& estimate) {
  WriteHtml(folder / (name + ".html"), estimate);
  WriteFileAtomically(folder / (name + ".json"), EstimateJson(estimate));
}

void WriteSamples(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  WriteSample(folder, "small", SmallEstimate());
  WriteSample(folder, "one", RandomEstimate(1, 0, 1));
  WriteSample(folder, "usual", RandomEstimate(21, 2000, 2));
  WriteSample(folder, "hostile", HostileEstimate());
  WriteSample(folder, "thousand", RandomEstimate(1000, 20000, 3));
}

}  // namespace
}  // namespace denseshift::sim

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: ds_estimate_samples FOLDER\n");
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

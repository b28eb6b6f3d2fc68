// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/sweep_inputs.h"

#include "sim/sha256.h"

namespace denseshift::sim {

std::string InputsDigest(const WorkloadArguments& workload, const std::filesystem::path& config) {
  Sha256 digest;
  // Messages have the name of the file, and they are output too.
  digest.Add("file", workload.file);
  digest.AddFile("workload", workload.file);
  if (!workload.calibrate.empty())
    digest.AddFile("calibrate", workload.calibrate);
  digest.Add("bits", std::to_string(workload.bits));
  digest.Add("gemm", workload.gemm ? "1" : "0");
  digest.Add("batch", std::to_string(workload.batch));
  digest.Add("search", workload.search ? "1" : "0");
  for (const std::string& layer : workload.layers)
    digest.Add("layer", layer);
  digest.AddFile("config", config);
  return digest.Finish();
}

}  // namespace denseshift::sim

// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_MODEL_REQUEST_H_
#define DENSESHIFT_SIM_RTL_MODEL_REQUEST_H_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/device_parameters.h"

namespace denseshift::sim {

enum class TraceFormat { kNone = 0, kVcd = 1, kFst = 2 };

// What to build a Verilated model from; all of it is part of the cache key.
struct ModelRequest {
  std::filesystem::path root;                // holds the file list; its entries are relative to it
  std::filesystem::path list = "rtl/rtl.f";  // RTL sources, one a line, in dependency order
  std::string top = "ds_top";
  std::vector<std::pair<std::string, int>> parameters;  // of the top module
  std::filesystem::path support;  // source tree of what shims include; empty: SourceRoot()
  std::filesystem::path shim;     // C++ source that exports the model's functions
  TraceFormat trace = TraceFormat::kNone;

  // Assertions on, and random values for state without reset and for don't-cares. Slower.
  bool checked = false;

  // The source tree of what shims include.
  [[nodiscard]] std::filesystem::path Support() const;

  // "ds_top Lanes=16 Columns=16", for messages.
  [[nodiscard]] std::string Description() const;
};

// The request for the ds_top of this repository, or of another source tree.
[[nodiscard]] ModelRequest TopRequest(const DeviceParameters& parameters,
                                      const std::filesystem::path& root = {});

// The RTL files of a request in order, without comments, relative to its root.
// Throws std::runtime_error if the list cannot be read or is empty.
[[nodiscard]] std::vector<std::string> SourceFiles(const ModelRequest& request);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_MODEL_REQUEST_H_
